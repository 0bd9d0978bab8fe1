import { type Instant, type Stated, withOffset } from '../../kernel/instant.ts';
import type { ExhibitSource } from '../interaction/detail.actions.ts';
import type { Gap } from '../interaction/gaps.ts';
import { BY_PERSON, lateByMin } from '../interaction/late.ts';
import type { Person } from '../interaction/reading.ts';
import { type Stamp, stampsAround } from '../ledger/anchor.ts';
import type { PointCite } from '../point/point.store.ts';
import type { ExhibitPair } from '../procedure/pairs.store.ts';
import { staysWithUs } from './apart.ts';
import { batesOf } from './bundle.ts';
import { dayOf } from './chronology.dates.ts';
import type { Chronology, ChronologyEntry, ChronologyPair } from './chronology.ts';
import { printedFacts } from './contents.facts.ts';
import { printedPoints } from './contents.points.ts';
import { statedOf } from './contents.stated.ts';
import { gapLines } from './gaps-document.ts';
import type { Gathered } from './gather.actions.ts';
import type { Matters } from './matters.actions.ts';
import type { ToldFacts } from './told-facts.ts';

type Plan = {
  readonly head: { readonly note: string; readonly size: number };
  readonly gathered: Gathered;
  readonly zone: string;
  readonly party: string;
  readonly workspace: string;
  readonly createdAt: Instant;
  readonly vkey: string;
  readonly numbers: ReadonlyMap<string, number>;
  /** The interactions whose native files are in the bundle. */
  readonly exhibited: ReadonlySet<string>;
  /** Whether a person picked them, or all are in. */
  readonly isPicked: boolean;
  readonly pairs: readonly ExhibitPair[];
  /** What outside authorities said about when, in the order of the log. */
  readonly stamps: readonly (Stamp & { readonly stampedAt: Instant })[];
  /** Null where our own record of the matter was not asked for. */
  readonly matters: Matters | null;
  /** What was stated for the chronology. */
  readonly facts: ToldFacts;
  /** What the record itself shows to be missing. */
  readonly gaps: readonly Gap[];
};

const DAY_MIN = 24 * 60;
const TIMES = [
  ['sent', 'Sent, as stated by the sender'],
  ['received', 'Received, as stated by a mail server'],
  ['exported', 'File written, as stated by the file system'],
  ['recorded', 'Recorded here'],
] as const;

/** The words of the printed part: page 1, the exhibits that were picked, then everything in order of time. */
export function chronologyOf(plan: Plan): Chronology {
  const { gathered, exhibited } = plan;
  const filed = gathered.sources.filter((source) => source.isFiled);
  const entries = filed.map((source) => entryOf(plan, source));
  const times = filed.map((source) => source.at);
  const pairs = pairsShown(plan);
  const withheld = filed.length - exhibited.size;
  const counts: [string, number][] = [
    ['Records', filed.length],
    ['With their native file', exhibited.size],
    ['Received from them', filed.filter((source) => source.direction === 'inbound').length],
    ['Sent by us', filed.filter((source) => source.direction === 'outbound').length],
    ['Attachments', filed.reduce((sum, source) => sum + source.attachments.length, 0)],
  ];
  return {
    title: 'Chronology of correspondence',
    workspace: plan.workspace,
    party: plan.party,
    zone: plan.zone,
    createdAt: plan.createdAt,
    period: { from: times[0] ?? null, to: times.at(-1) ?? null },
    counts: counts.map(([label, count]) => ({ label, value: String(count) })),
    missing: missingOf(plan, withheld),
    howToCheck: [
      'Integrity: “evenkeel bundle verify FILE.zip --log-key KEY” on any machine, without network; README.txt shows the same by hand with sha256sum and openssl. Ask for the key by another road than this bundle.',
      timeBounds(plan),
      'Completeness: every number of this client’s stream is accounted for in the bundle as exhibit, kept back or erased. What was never filed under this client is outside this proof.',
    ],
    checkpoint: plan.head.note,
    vkey: plan.vkey,
    exhibits: plan.isPicked
      ? besideEachOther(
          entries.filter((entry) => entry.bates !== null),
          pairs,
        )
      : [],
    entries,
    pairs,
    points: plan.matters ? printedPoints(plan.matters, (cite) => citeSource(plan, cite)) : [],
    facts: printedFacts(plan),
  };
}

function keptApartLine(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? 'One fact that was stated rests on a record that is kept back; it is not printed.'
    : `${count} facts that were stated rest on records that are kept back; they are not printed.`;
}

/** The pairs of which both records are in this bundle, by their places in the log; a pair with nothing to read is none. */
function pairsShown({ pairs, gathered, exhibited }: Plan): readonly ChronologyPair[] {
  const places = new Map(
    gathered.sources.flatMap(({ id, recordId, isFiled }) =>
      isFiled ? [[id, gathered.recorded.get(recordId)!.index] as const] : [],
    ),
  );
  return pairs
    .filter(({ first, second }) => exhibited.has(first) && exhibited.has(second))
    .map(({ first, second, replies }, i) => ({
      ...{ number: i + 1, first: places.get(first)!, second: places.get(second)! },
      replies: replies.flatMap((id) => places.get(id) ?? []),
    }));
}

/** The letter right behind the record it puts in writing; the rest as it was. */
function besideEachOther(
  entries: readonly ChronologyEntry[],
  pairs: readonly ChronologyPair[],
): readonly ChronologyEntry[] {
  const byIndex = new Map(entries.map((entry) => [entry.index, entry]));
  const behind = Map.groupBy(pairs, ({ first }) => first);
  const moved = new Set(pairs.map(({ second }) => second));
  const placed = new Set<ChronologyEntry>();
  const place = (entry: ChronologyEntry | undefined) => {
    if (!entry || placed.has(entry)) return;
    placed.add(entry);
    for (const { second } of behind.get(entry.index) ?? []) place(byIndex.get(second));
  };
  for (const entry of entries) if (!moved.has(entry.index)) place(entry);
  for (const entry of entries) place(entry);
  return [...placed];
}

/** Where quoted words stand; null where they stay with us, or were taken out. */
function citeSource(
  { gathered, numbers, exhibited }: Plan,
  { interactionId, at, quote }: PointCite,
): string | null {
  if (!mayBeTold(gathered, interactionId, quote)) return null;
  const number = exhibited.has(interactionId) ? numbers.get(interactionId) : undefined;
  const day = at === null ? 'no time stated' : dayOf(at);
  return `${number === undefined ? 'not an exhibit' : batesOf(number)}, ${day}`;
}

function mayBeTold(gathered: Gathered, interactionId: string, quote: string): boolean {
  const copy = gathered.apart.copies.get(interactionId);
  if (copy && !copy.redaction.words.includes(quote)) return false;
  return !staysWithUs(gathered, interactionId);
}

function missingOf(
  { gathered: { sources, stream }, matters, facts, gaps }: Plan,
  withheld: number,
): string[] {
  const erased = stream.entries.filter((entry) => entry.fact === 'erased').length;
  const unfiled = sources.filter((source) => !source.isFiled).length;
  const undated = sources.filter((source) => source.isFiled && !source.times.sent).length;
  const own = stream.entries.filter(
    ({ fact, kind }) =>
      fact !== 'erased' && !kind.startsWith('interaction.') && !kind.startsWith('chronology.'),
  );
  const lines = [
    withheld > 0
      ? `${withheld} records are listed without their content: they were not picked as exhibits, or were kept back.`
      : '',
    erased > 0 ? `${erased} records were erased; their places in the log remain.` : '',
    unfiled > 0
      ? `${unfiled} records were once filed under this client and are not any more; their content is kept back.`
      : '',
    undated > 0
      ? `${undated} records state no readable time of sending; they stand at the best other time known.`
      : '',
    keptApartLine(facts.keptApart),
    own.length > 0
      ? `${own.length} entries are our own record of the matter (points, promises, agreements, boundaries); they are no correspondence. ${matters ? 'The points are printed here, the rest stands in the folder openings/.' : 'They are not printed here.'}`
      : '',
    ...gapLines(gaps),
    'Messages, calls and meetings outside the channels that were brought into this record.',
  ];
  return lines.filter((line) => line !== '');
}

function entryOf(plan: Plan, source: ExhibitSource): ChronologyEntry {
  const number = plan.numbers.get(source.id);
  const isShown = plan.exhibited.has(source.id);
  const { times } = source;
  const best = times.sent ?? times.received ?? times.exported;
  return {
    bates: number === undefined || !isShown ? null : batesOf(number),
    at: best && best.offsetMin !== null ? readable(source, best) : null,
    atUtc: source.at,
    zoneShown: plan.zone === 'UTC' ? '' : inZone(source.at, plan.zone),
    kind: source.kind,
    direction: source.direction,
    ...sidesOf(plan, source, isShown),
    subject: isShown ? (source.subject ?? '') : '(content kept back)',
    text: isShown ? source.text : '',
    attachments: isShown
      ? source.attachments.map(({ name, sizeBytes, sha256 }) => ({
          name: name ?? '(no name)',
          sizeBytes,
          sha256,
        }))
      : [],
    // The hash of what is kept back would let a guess at its content be tested.
    sha256: isShown ? source.sha256 : '',
    index: plan.gathered.recorded.get(source.recordId)!.index,
    issues: isShown ? source.issues.map((issue) => issue.message) : [],
    sources: [
      ...TIMES.flatMap(([key, label]) =>
        times[key] ? [`${labelOf(times[key], label)}: ${statedText(source, times[key])}`] : [],
      ),
      ...boundsOf(plan, source),
    ],
    lateBy: lateBy(source),
    stated: statedOf(plan, source),
  };
}

function timeBounds({ stamps }: Plan): string {
  const stated = 'The other times below are what senders, servers, files and this program stated.';
  if (stamps.length === 0)
    return 'Time bounds: none: no outside anchor. The times below are what senders, servers, files and this program stated.';
  return `Time bounds: by time-stamps of outside authorities (RFC 3161), which lie in the folder time/. They count for whoever trusts these authorities: “evenkeel bundle verify FILE.zip --tsa-roots FILE”, or “openssl ts -verify”. ${stated}`;
}

/** Between which two stamps its line in the log was written; said plainly where one is not there. */
function boundsOf({ stamps, gathered }: Plan, { recordId }: ExhibitSource): string[] {
  if (stamps.length === 0) return [];
  const { before, after } = stampsAround(stamps, gathered.recorded.get(recordId)!.index);
  const [from, until] = [before?.stampedAt ?? 'no stamp before it', after?.stampedAt ?? 'no stamp after it'];
  return [`Recorded, as stamped outside: not earlier than ${from}, not later than ${until}`];
}

function people(list: readonly Person[]): string {
  return list
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : (name ?? address ?? '')))
    .join(', ');
}

/** The zone that they stated themselves is printed; where our own clocks stand is nobody's business. */
function readable({ direction, times }: ExhibitSource, stated: Stated): string {
  const isTheirs = direction === 'inbound' && stated === times.sent && stated.source !== BY_PERSON;
  return isTheirs && stated.offsetMin !== null ? withOffset(stated.at, stated.offsetMin) : stated.at;
}

/** Who wrote to whom. Of what is kept back our own side is told by the name that stands on the bundle. */
function sidesOf(
  { workspace }: Plan,
  { direction, participants }: ExhibitSource,
  isShown: boolean,
): { from: string; to: string } {
  const from = people(participants.from);
  const to = people([...participants.to, ...participants.cc]);
  if (isShown) return { from, to };
  return direction === 'inbound' ? { from, to: workspace } : { from: workspace, to };
}

function statedText(source: ExhibitSource, stated: Stated): string {
  const { at, offsetMin, certainty } = stated;
  const text = offsetMin === null ? `${at} (zone not stated)` : readable(source, stated);
  return certainty === 'guessed' ? `${text}, uncertain` : text;
}

/** A time that no bytes speak for. */
function labelOf({ source }: Stated, label: string): string {
  return source === BY_PERSON ? 'Happened, as stated by the person who entered it' : label;
}

/** How much later than it happened something was entered here, in whole days. */
function lateBy({ times }: ExhibitSource): string | null {
  const minutes = lateByMin(times);
  if (minutes === null) return null;
  const days = Math.floor(minutes / DAY_MIN);
  return days === 1 ? '1 day' : `${days} days`;
}

function inZone(at: Instant, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return `${format.format(new Date(at))} (${zone})`;
}
