import { decodeLeaf } from '@evenkeel/proof/leaf';
import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import {
  attachmentOf,
  type ExhibitSource,
  firstOriginal,
  loadExhibitSources,
} from '../interaction/detail.actions.ts';
import type { Attached } from '../interaction/interaction.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import { type Ledger, prepareFacts } from '../ledger/ledger.actions.ts';
import { entriesById } from '../ledger/ledger.store.ts';
import { partyStream } from '../ledger/ledger.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { insertObjects, loadObjects, objectOf } from '../vault/vault.store.ts';
import type { SealedObject } from '../vault/vault.ts';
import { redactedCopy } from './redacted-copy.ts';
import { projectRedactions, redactionsInUse } from './redaction.store.ts';
import {
  COPY_TYPE,
  decideRemains,
  MOST_TEXT,
  type Redaction,
  type RedactionFact,
  type RedactionId,
  type RedactionRefusal,
  type RedactionWish,
  type Remains,
  takenWords,
} from './redaction.ts';

type Left = { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array };
/** Everything about a copy but its place in the log. */
type Draft = {
  readonly source: ExhibitSource;
  readonly remains: Remains;
  readonly files: readonly Left[];
  readonly filesTaken: number;
  readonly record: string;
  readonly bytes: Uint8Array;
};

/** What a copy would say, before it is made. */
export async function previewRedaction(
  ledger: Ledger,
  wish: RedactionWish,
): Promise<Outcome<{ readonly text: string; readonly places: number }, RedactionRefusal>> {
  const draft = await draftOf(ledger, wish);
  if (!draft.ok) return draft;
  const { bytes, remains } = draft.value;
  return accept({ text: Buffer.from(bytes).toString('utf8'), places: remains.places });
}

/**
 * Makes a copy of a record with words taken out, as a record of its own in the client's stream. The record itself stays as
 * it came. An earlier copy for the same readers is withdrawn by it.
 */
export async function redact(
  ledger: Ledger,
  sealer: Sealer,
  actor: Actor,
  wish: RedactionWish,
): Promise<Outcome<{ readonly id: RedactionId; readonly places: number }, RedactionRefusal>> {
  const draft = await draftOf(ledger, wish);
  if (!draft.ok) return draft;
  const done = await deciding(ledger, actor, `party:${wish.party}`, async (book) => {
    const id = await record(ledger, book, wish, draft.value);
    return accept<{ id: RedactionId; places: number }>({ id, places: draft.value.remains.places });
  });
  if (done.ok) await sealer.seal();
  return done as Outcome<{ id: RedactionId; places: number }, RedactionRefusal>;
}

/** Takes a copy back: bundles made from now on hold the record itself again. */
export async function withdrawRedaction(
  ledger: Ledger,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Outcome<{ readonly id: string }, RedactionRefusal>> {
  const { db, workspaceId } = ledger;
  const [known] = await redactionsInUse(db, workspaceId, { id });
  if (!known) return refuse('redaction-unknown');
  return deciding(ledger, actor, `party:${known.partyId}`, async (book) => {
    const [found] = await redactionsInUse(book.tx, workspaceId, { id });
    if (!found) return refuse('redaction-unknown');
    if (reason.trim() === '') return refuse('reason-missing');
    await book.record(partyStream(found.partyId), [withdrawal(found, reason.trim())], projectRedactions);
    return accept({ id });
  });
}

/** The copies of a record that stand, as a page shows them: what was taken out is not among it. */
export async function copiesOfRecord({ db, workspaceId }: Ledger, interaction: string) {
  const copies = await redactionsInUse(db, workspaceId, { interaction });
  return copies.map(({ slot: _slot, recordId: _record, taken: _taken, people: _people, ...copy }) => copy);
}

async function draftOf(ledger: Ledger, wish: RedactionWish): Promise<Outcome<Draft, RedactionRefusal>> {
  const { db, workspaceId } = ledger;
  if (!(await loadParty(db, workspaceId, wish.party))) return refuse('party-unknown');
  const [source] = await loadExhibitSources(db, workspaceId, wish.party, [wish.interaction], MOST_TEXT + 1);
  if (!source?.isFiled) return refuse('interaction-unknown');
  const known = source.attachments.map((file) => file.sha256);
  const unknown = wish.files.find((file) => !known.includes(file));
  if (unknown !== undefined) return refuse('file-unknown', { sha256: unknown });
  const filesTaken = known.filter((file) => !wish.files.includes(file)).length;
  const remains = decideRemains(source, wish, filesTaken > 0);
  if (!remains.ok) return remains;
  const files = await filesLeft(ledger, source, wish.files);
  const taken = takenWords([{ taken: remains.value.words }]);
  if (taken.isIn(wish.reason)) return refuse('words-in-reason');
  const told = files.find(({ name, bytes }) => taken.isIn(name) || taken.isIn(textIn(bytes)));
  if (told) return refuse('words-in-file', { name: told.name });
  const [entry] = await entriesById(db, workspaceId, [source.recordId]);
  const commitment = Buffer.from(decodeLeaf(entry!.leaf).commit).toString('hex');
  const listed = files.map((file) => ({ ...file, ...measured(file.bytes) }));
  const about = { source, remains: remains.value, filesTaken, record: commitment };
  const bytes = redactedCopy({ ...about, people: wish.people, reason: wish.reason, files: listed });
  return accept({ ...about, files, bytes });
}

/** What can be read in a file without opening its format; a picture or a packed paper is looked at by a person. */
function textIn(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

async function filesLeft(
  ledger: Ledger,
  source: ExhibitSource,
  left: readonly string[],
): Promise<readonly Left[]> {
  const original = await firstOriginal(ledger, source.id);
  const files: Left[] = [];
  for (const seen of source.attachments.filter((file) => left.includes(file.sha256))) {
    const found = original && (await attachmentOf(ledger, source.id, original, seen.sha256));
    if (found) files.push({ name: seen.name ?? 'file', mediaType: seen.mediaType, bytes: found.bytes });
  }
  return files;
}

function measured(bytes: Uint8Array) {
  return { sizeBytes: bytes.length, sha256: Buffer.from(sha256(bytes)).toString('hex') };
}

async function record(ledger: Ledger, book: Book, wish: RedactionWish, draft: Draft): Promise<RedactionId> {
  const { workspaceId, vault } = ledger;
  const { party, interaction } = wish;
  const stream = partyStream(party);
  const standing = await redactionsInUse(book.tx, workspaceId, { party, interaction });
  const before = standing.filter(({ use }) => use === wish.use);
  await book.record(
    stream,
    before.map((one) => withdrawal(one, 'another copy takes its place')),
    projectRedactions,
  );
  const copy = await vault.sealObject(draft.bytes, sha256(draft.bytes));
  const files: SealedObject[] = [];
  for (const { bytes } of draft.files) files.push(await vault.sealObject(bytes, sha256(bytes)));
  const objects = [copy, ...files];
  await insertObjects(book.tx, workspaceId, objects);
  const id = ledger.newId() as RedactionId;
  const fact = await factOf(ledger, book, id, wish, draft, copy, files);
  const [entry] = await prepareFacts(
    ledger,
    [{ fact, stream, actor: book.actor, objects: objects.map(({ commitment }) => commitment) }],
    book.tx,
  );
  book.add([entry!]);
  const { id: recordId, recordedAt } = entry!;
  await projectRedactions(book.tx, workspaceId, [{ recordId, recordedAt, actor: book.actor, fact }]);
  const { words, subject, text } = draft.remains;
  const taken: RedactionFact = {
    ...{ kind: 'exhibit.words-taken', redaction: id, party, interaction, words, people: wish.people },
    ...{ subject, text },
  };
  await book.record(stream, [taken], projectRedactions);
  return id;
}

async function factOf(
  { workspaceId }: Ledger,
  { tx }: Book,
  id: RedactionId,
  { party, interaction, use, reason }: RedactionWish,
  { source, remains, record, bytes, files, filesTaken }: Draft,
  copy: SealedObject,
  sealed: readonly SealedObject[],
): Promise<RedactionFact> {
  const objects = await loadObjects(tx, workspaceId, [source.slot]);
  const left = files.map(
    (file, i): Attached => ({
      ...{ name: file.name, mediaType: file.mediaType },
      ...{ ...measured(file.bytes), slot: sealed[i]!.slot as number },
    }),
  );
  return {
    ...{ kind: 'exhibit.redacted', id, party, interaction, record },
    object: Buffer.from(objectOf(objects, source.slot).commitment).toString('hex'),
    ...{ use, reason: reason.trim(), places: remains.places, filesTaken },
    ...{ slot: copy.slot as number, mediaType: COPY_TYPE, ...measured(bytes), files: left },
  };
}

function withdrawal({ id, partyId, interactionId }: Redaction, reason: string): RedactionFact {
  const about = { redaction: id, party: partyId, interaction: interactionId };
  return { kind: 'exhibit.redaction-withdrawn', ...about, reason };
}
