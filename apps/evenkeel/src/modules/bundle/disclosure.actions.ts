import { type Mail, readMail } from '@evenkeel/records/mail';
import { filesInside } from '@evenkeel/records/nested';
import { giveWay } from '../../kernel/give-way.ts';
import type { Stated } from '../../kernel/instant.ts';
import { sha256Stream } from '../../kernel/sha256.ts';
import { type ExhibitSource, loadUnshownWords } from '../interaction/detail.actions.ts';
import type { InteractionFact } from '../interaction/interaction.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { ReadEntry } from '../ledger/ledger.ts';
import { openEntries } from '../ledger/read.actions.ts';
import type { Naming } from '../party/our-name.actions.ts';
import { foreignNames } from '../party/our-name.ts';
import { loadObjects, objectOf } from '../vault/vault.store.ts';
import type { SealedObject, SlotId } from '../vault/vault.ts';
import { type Disclosing, type DisclosingItem, disclosing, distinct, foldersIn } from './disclosure.ts';
import { readFileOf } from './disclosure-file.ts';
import { readMailHead, type Side } from './disclosure-mail.ts';
import { filesOf } from './exhibits.actions.ts';
import { type Gathered, TEXT_LIMIT } from './gather.actions.ts';

const AT_ONCE = 50;
const HEADER_BYTES = 256 * 1024;

/**
 * Looks into every native file that a bundle would hold, and lists what says more of us than the party knows: names of
 * ours, where and with what a picture was taken, who wrote a paper, through which machines a mail went, our zone, our
 * folders. Files of theirs are looked at for our names, and for what our own servers wrote on them.
 */
export async function findDisclosing(
  ledger: Ledger,
  gathered: Gathered,
  exhibited: readonly ExhibitSource[],
  naming: Naming,
): Promise<readonly DisclosingItem[]> {
  const items: DisclosingItem[] = [];
  for (let at = 0; at < exhibited.length; at += AT_ONCE) {
    const some = exhibited.slice(at, at + AT_ONCE);
    const looking = await lookingAt(ledger, gathered, some, naming);
    for (const source of some) items.push(...(await lookInto(looking, source)));
    await giveWay();
  }
  return items;
}

type Looking = {
  readonly ledger: Ledger;
  readonly gathered: Gathered;
  readonly naming: Naming;
  readonly objects: ReadonlyMap<SlotId, SealedObject>;
  readonly lines: ReadonlyMap<string, ReadEntry>;
  /** What their originals say and their words as printed do not; of a copy nothing. */
  readonly unshown: ReadonlyMap<string, string>;
};

async function lookingAt(
  ledger: Ledger,
  gathered: Gathered,
  sources: readonly ExhibitSource[],
  naming: Naming,
): Promise<Looking> {
  const slots = sources.flatMap((source) => [
    source.slot,
    ...filesOf(gathered, source).map(({ slot }) => slot),
  ]);
  const entries = sources.map(({ recordId }) => gathered.recorded.get(recordId)!);
  const whole = sources.flatMap(({ id }) => (gathered.apart.copies.has(id) ? [] : [id]));
  const [objects, opened, unshown] = await Promise.all([
    loadObjects(ledger.db, ledger.workspaceId, slots),
    openEntries(ledger.vault, entries),
    loadUnshownWords(ledger.db, ledger.workspaceId, whole, TEXT_LIMIT),
  ]);
  const lines = new Map(opened.map((entry) => [entry.id, entry]));
  return { ledger, gathered, naming, objects, lines, unshown };
}

async function lookInto(looking: Looking, source: ExhibitSource): Promise<readonly DisclosingItem[]> {
  const found = distinct([
    ...(await inFiles(looking, source)),
    ...inLine(looking.lines.get(source.recordId)),
    ...foldersIn(source.text, null),
    ...foldersIn(looking.unshown.get(source.id) ?? '', null),
  ]);
  if (found.length === 0) return [];
  const { id: interactionId, at, direction, subject } = source;
  return [{ interactionId, at, direction, subject, found }];
}

async function inFiles(looking: Looking, source: ExhibitSource): Promise<readonly Disclosing[]> {
  const side: Side = source.direction === 'inbound' ? 'theirs' : 'ours';
  const bytes = await bytesIn(looking, source.slot);
  if (bytes === null) return [];
  const isMail = source.mediaType.startsWith('message/rfc822');
  const own = isMail ? await inMail(bytes, source, side) : await readFileOf(bytes, source.mediaType, null);
  const beside: Disclosing[] = [];
  for (const file of filesOf(looking.gathered, source)) {
    const inside = await bytesIn(looking, file.slot);
    if (inside) beside.push(...(await readFileOf(inside, file.mediaType, file.name)));
  }
  const found = [...own, ...beside];
  return [...found, ...namesIn(looking, source, isMail ? headOf(bytes) : '', found)];
}

async function bytesIn({ ledger, objects }: Looking, slot: SlotId): Promise<Uint8Array | null> {
  const bytes = await ledger.vault.openObject(objectOf(objects, slot));
  return bytes === 'erased' ? null : bytes;
}

async function inMail(
  bytes: Uint8Array,
  { attachments }: ExhibitSource,
  side: Side,
): Promise<readonly Disclosing[]> {
  const head = readMailHead(bytes, side);
  if (side === 'theirs') return head;
  const mail = readMail(bytes, { hash: sha256Stream });
  const inside = attachments.length === 0 ? [] : await inAttachments(bytes, mail);
  return [...head, ...foldersIn(mail.html ?? '', 'HTML'), ...inside];
}

async function inAttachments(bytes: Uint8Array, mail: Mail): Promise<readonly Disclosing[]> {
  const found: Disclosing[] = [];
  for (const { name, mediaType, bytes: file } of filesInside(bytes, mail)) {
    const isLetter = mediaType === 'message/rfc822';
    found.push(...(await (isLetter ? inLetter(file()) : readFileOf(file(), mediaType, name ?? ''))));
  }
  return found;
}

/** A letter that was forwarded whole may be anybody's: its way here is read, and the files in it. */
async function inLetter(bytes: Uint8Array): Promise<readonly Disclosing[]> {
  const inside = await inAttachments(bytes, readMail(bytes, { hash: sha256Stream }));
  return [...readMailHead(bytes, 'theirs'), ...inside];
}

function headOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, HEADER_BYTES)).toString('utf8');
  const end = head.search(/\r?\n\r?\n/);
  return end < 0 ? head : head.slice(0, end);
}

/** Names of ours anywhere in it: headers, words, names of files, and what was found in them. */
function namesIn(
  { naming: { known, ours }, unshown }: Looking,
  { id, participants, subject, text, attachments }: ExhibitSource,
  head: string,
  found: readonly Disclosing[],
): readonly Disclosing[] {
  if (!known) return [];
  const everything = [
    ...[head, subject ?? '', text, unshown.get(id) ?? '', JSON.stringify(participants)],
    ...attachments.map(({ name }) => name ?? ''),
    ...found.map(({ where, says }) => `${where ?? ''} ${says}`),
  ].join('\n');
  return foreignNames(everything, known, ours).map((name) => disclosing('name', null, name));
}

type Recorded = Extract<
  InteractionFact,
  { kind: 'interaction.recorded' | 'interaction.noted' | 'interaction.exported' }
>;

/** What the sealed line of the log says, which goes with the file: the folder it lay in, and our clock. */
function inLine(entry: ReadEntry | undefined): readonly Disclosing[] {
  if (!entry || entry.fact === 'erased') return [];
  // A copy with words taken out has no place that it lay in.
  if (entry.kind === 'exhibit.redacted') return [];
  const fact = entry.fact as Recorded;
  const { container } = fact.origin;
  const [at, zone] = clockIn(fact);
  const offset = at?.offsetMin ?? 0;
  return [
    ...(container.includes('/') ? [disclosing('folder', 'log', container)] : []),
    ...(offset === 0 ? [] : [disclosing('zone', 'log', offsetText(offset))]),
    ...(zone === null || zone === 'UTC' ? [] : [disclosing('zone', 'log', zone)]),
  ];
}

/** The clock and the zone of ours that a line names. */
function clockIn(fact: Recorded): readonly [Stated | undefined, string | null] {
  if (fact.kind === 'interaction.noted') return [fact.at, fact.zone];
  if (fact.kind === 'interaction.exported') return [undefined, fact.zone?.name ?? null];
  return [fact.pasted?.at, null];
}

function offsetText(minutes: number): string {
  const all = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(all / 60))}:${two(all % 60)}`;
}
