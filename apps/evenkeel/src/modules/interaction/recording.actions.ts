import type { Actor, RecordId } from '../../kernel/brand.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import { giveWay } from '../../kernel/give-way.ts';
import type { Stated } from '../../kernel/instant.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import { append, type Ledger, type NewFact, prepareFacts } from '../ledger/ledger.actions.ts';
import {
  type PendingEntry,
  partyStream,
  type Stream,
  sourceStream,
  WORKSPACE_STREAM,
} from '../ledger/ledger.ts';
import { projectParties, type RecordedPartyFact } from '../party/party.actions.ts';
import { type Identifier, identifierOf, type PartyFact, type PartyId } from '../party/party.ts';
import { projectSources } from '../source/source.actions.ts';
import type { ContainerSeen, RecordedSourceFact, RunId, SourceFact, SourceId } from '../source/source.ts';
import { insertObjects } from '../vault/vault.store.ts';
import type { SealedObject } from '../vault/vault.ts';
import { analyseAhead } from './ahead.ts';
import type { Attaching, FileType } from './attached.ts';
import type { Exported } from './exported.ts';
import { projectInteractions, searchableOf } from './interaction.store.ts';
import {
  type Attached,
  type Direction,
  type InteractionFact,
  type InteractionId,
  type InteractionKind,
  type Noted,
  type Origin,
  type Pasted,
  RECORDED_KINDS,
  type RecordedInteractionFact,
} from './interaction.ts';
import { projectPrivileges } from './privilege.store.ts';
import type { PrivilegeFact, PrivilegeWish } from './privilege.ts';
import { decideMarking } from './privilege.ts';
import type { ReadExport } from './reader.ts';
import type { Reading } from './reading.ts';

/** One thing that is new to the record. */
export type NewItem = {
  readonly bytes: Uint8Array;
  readonly reading: Reading;
  readonly interactionKind: InteractionKind;
  readonly direction: Direction | null;
  readonly origin: Origin;
  readonly mediaType: string;
  readonly exported: Stated | null;
  readonly pasted: Pasted | null;
  /** What a person stated, when it was recorded by hand; what bytes say of themselves needs none. */
  readonly byHand: NotedItem | null;
  /** What is kept of an entry of an export; nothing for everything else. */
  readonly exportedAs?: { readonly exported: Exported; readonly files: ReadExport['files'] } | null;
  readonly parties: readonly PartyId[];
  /** Said when it is written or brought in: it stays with us. */
  readonly privilege?: PrivilegeWish | null;
  /** The interaction these bytes are another form of; null when they are the first. */
  readonly formOf: InteractionId | null;
  readonly id: InteractionId;
};

/** Something recorded by hand: what was stated, and the bytes that lie beside its original. */
export type NotedItem = {
  readonly noted: Noted;
  /** The readable form, where the original is something else. */
  readonly words: Uint8Array | null;
  readonly files: readonly (Attaching & FileType)[];
};

/** What is written together, or not at all. */
export type Recording = {
  readonly source: SourceId;
  readonly actor: Actor;
  readonly parties: readonly PartyFact[];
  readonly items: readonly NewItem[];
  readonly facts: readonly SourceFact[];
  /** Files that were read to their end, with what of them is kept beside the items. */
  readonly containers?: readonly {
    readonly run: RunId;
    readonly seen: ContainerSeen;
    readonly frame: Uint8Array | null;
  }[];
};

export type Prepared = {
  readonly entries: readonly PendingEntry[];
  readonly objects: readonly SealedObject[];
  readonly partyFacts: readonly RecordedPartyFact[];
  readonly interactionFacts: readonly RecordedInteractionFact[];
  readonly sourceFacts: readonly RecordedSourceFact[];
  readonly privilegeFacts: readonly Recorded<PrivilegeFact>[];
  readonly readings: ReadonlyMap<RecordId, Reading>;
  /** The bytes of entries of exports. */
  readonly originals: ReadonlyMap<RecordId, Uint8Array>;
};

/**
 * Seals everything and makes it durable; afterwards one commit names it.
 *
 * @param db the caller's transaction when there is one
 */
export async function prepareRecording(
  ledger: Ledger,
  recording: Recording,
  db: Db | Tx = ledger.db,
): Promise<Prepared> {
  const { source, actor, items } = recording;
  const sealed: SealedItem[] = [];
  for (const item of items) {
    await giveWay();
    sealed.push(await sealItem(ledger, item));
  }

  const partyEntries = await prepareFacts(
    ledger,
    recording.parties.map((fact) => ({ fact, stream: WORKSPACE_STREAM, actor })),
    db,
  );
  const itemFacts = items.map((item, i) => itemFact(ledger, source, item, sealed[i]!));
  const itemEntries = await prepareFacts(
    ledger,
    itemFacts.map(
      (fact, i): NewFact => ({
        fact,
        stream: sourceStream(source),
        actor,
        objects: objectsOf(sealed[i]!).map(({ commitment }) => commitment),
      }),
    ),
    db,
  );
  const filed = items.flatMap((item, i) =>
    item.formOf ? [] : item.parties.map((party) => filing(item.id, party, itemEntries[i]!)),
  );
  const filedEntries = await prepareFacts(
    ledger,
    filed.map((fact) => ({ fact, stream: partyStream(fact.party), actor })),
    db,
  );
  const marked = items.flatMap(markingOf);
  const markedEntries = await prepareFacts(
    ledger,
    marked.map((fact) => ({ fact, stream: streamOf(fact), actor })),
    db,
  );
  const framed = await sealFrames(ledger, recording.containers ?? []);
  const sourceFacts = [...framed.map(({ fact }) => fact), ...recording.facts];
  const sourceEntries = await prepareFacts(
    ledger,
    sourceFacts.map((fact, i) => ({
      fact,
      stream: sourceStream(source),
      actor,
      objects: commitmentsOf(framed[i]?.object),
    })),
    db,
  );
  await ledger.vault.flush();

  return {
    entries: [...partyEntries, ...itemEntries, ...filedEntries, ...markedEntries, ...sourceEntries],
    objects: [...sealed.flatMap(objectsOf), ...framed.flatMap(({ object }) => object ?? [])],
    partyFacts: recorded(partyEntries, recording.parties),
    interactionFacts: [...recorded(itemEntries, itemFacts), ...recorded(filedEntries, filed)],
    sourceFacts: recorded(sourceEntries, sourceFacts),
    privilegeFacts: recorded(markedEntries, marked).map((one) => ({ ...one, actor })),
    readings: new Map(itemEntries.map((entry, i) => [entry.id, items[i]!.reading])),
    originals: new Map(
      itemEntries.flatMap((entry, i) => (items[i]!.exportedAs ? [[entry.id, items[i]!.bytes]] : [])),
    ),
  };
}

/** What is marked when it comes stands in the stream of whom it is filed under. */
function markingOf({ id, parties, privilege, formOf }: NewItem): readonly PrivilegeFact[] {
  return privilege && !formOf
    ? [decideMarking({ interaction: id, party: parties[0] ?? null }, privilege)]
    : [];
}

function streamOf({ party }: PrivilegeFact): Stream {
  return party === null ? WORKSPACE_STREAM : partyStream(party);
}

/** The objects of one item, in the order in which its entry names them. */
type SealedItem = {
  readonly original: SealedObject;
  readonly words: SealedObject | null;
  readonly files: readonly SealedObject[];
};

async function sealItem(
  { vault }: Ledger,
  { bytes, reading, byHand, exportedAs }: NewItem,
): Promise<SealedItem> {
  const original = await vault.sealObject(bytes, Buffer.from(reading.sha256, 'hex'));
  const words = byHand?.words ? await vault.sealObject(byHand.words, sha256(byHand.words)) : null;
  const files: SealedObject[] = [];
  for (const file of byHand?.files ?? exportedAs?.files ?? [])
    files.push(await vault.sealObject(file.bytes, sha256(file.bytes)));
  return { original, words, files };
}

function objectsOf({ original, words, files }: SealedItem): readonly SealedObject[] {
  return [original, ...(words ? [words] : []), ...files];
}

type Framed = { readonly fact: SourceFact; readonly object: SealedObject | null };

async function sealFrames(
  ledger: Ledger,
  containers: NonNullable<Recording['containers']>,
): Promise<readonly Framed[]> {
  const framed: Framed[] = [];
  for (const { run, seen, frame } of containers) {
    const object = frame && (await ledger.vault.sealObject(frame, sha256(frame)));
    framed.push({
      fact: { kind: 'source.container-read', run, ...seen, frame: object && (object.slot as number) },
      object,
    });
  }
  return framed;
}

function commitmentsOf(object: SealedObject | null | undefined): readonly Uint8Array[] {
  return object ? [object.commitment] : [];
}

function recorded<F>(
  entries: readonly PendingEntry[],
  facts: readonly F[],
): { recordId: RecordId; recordedAt: PendingEntry['recordedAt']; fact: F }[] {
  return entries.map((entry, i) => ({ recordId: entry.id, recordedAt: entry.recordedAt, fact: facts[i]! }));
}

function itemFact(ledger: Ledger, source: SourceId, item: NewItem, sealed: SealedItem): InteractionFact {
  const { id, origin, mediaType } = item;
  const original = { slot: sealed.original.slot as number, original: ledger.newId() as RecordId };
  if (item.formOf)
    return { kind: 'interaction.also-seen', id: item.formOf, source, origin, mediaType, ...original };
  const { interactionKind, direction, exported, pasted, byHand } = item;
  if (byHand) {
    const words = sealed.words && attachedFact(wordsFile(byHand.words!), sealed.words);
    const attachments = byHand.files.map((file, i) => attachedFact(file, sealed.files[i]!));
    const about = { id, interactionKind, direction, source, origin, mediaType, words, attachments };
    return { kind: 'interaction.noted', ...about, ...byHand.noted, ...original };
  }
  if (item.exportedAs) {
    const about = { id, interactionKind, direction, source, origin, mediaType, exported };
    const attachments = item.exportedAs.files.map((file, i) => ({
      ...attachedFact(file, sealed.files[i]!),
      file: file.file,
    }));
    return { kind: 'interaction.exported', ...item.exportedAs.exported, ...about, attachments, ...original };
  }
  return {
    kind: 'interaction.recorded',
    id,
    interactionKind,
    direction,
    source,
    origin,
    mediaType,
    exported,
    pasted,
    ...original,
  };
}

function wordsFile(bytes: Uint8Array): Attaching {
  return { name: 'words.txt', mediaType: 'text/plain; charset=utf-8', bytes };
}

function attachedFact({ name, mediaType, bytes }: Attaching, { slot }: SealedObject): Attached {
  const digest = Buffer.from(sha256(bytes)).toString('hex');
  return { name, mediaType, sizeBytes: bytes.length, sha256: digest, slot: slot as number };
}

/** A filing commits to the recorded entry: a bundle can show that it leaves none of them out. */
function filing(
  interaction: InteractionId,
  party: PartyId,
  entry: PendingEntry,
): Extract<InteractionFact, { kind: 'interaction.filed' }> {
  return {
    kind: 'interaction.filed',
    interaction,
    party,
    record: Buffer.from(entry.commitment).toString('hex'),
  };
}

/** Writes rows and entries in one transaction; the ledger's head is locked last. */
export async function commitRecording(ledger: Ledger, prepared: Prepared): Promise<void> {
  await ledger.db.transaction().execute(async (tx) => {
    await projectRecording(tx, ledger, prepared);
    await append(tx, ledger, prepared.entries);
  });
  analyseAhead(ledger, recordedIn(prepared));
  ledger.wake();
}

/** Writes the rows of a recording, in a transaction that goes on. */
export async function projectRecording(tx: Tx, { workspaceId }: Ledger, prepared: Prepared): Promise<void> {
  await insertObjects(tx, workspaceId, prepared.objects);
  await projectSources(
    tx,
    workspaceId,
    prepared.sourceFacts.filter((f) => f.fact.kind === 'source.opened'),
  );
  await projectParties(tx, workspaceId, prepared.partyFacts);
  const { interactionFacts, readings, originals } = prepared;
  await projectInteractions(
    tx,
    workspaceId,
    interactionFacts,
    (id) => readings.get(id)!,
    (id) => originals.get(id)!,
  );
  await projectPrivileges(tx, workspaceId, prepared.privilegeFacts);
  await projectSources(
    tx,
    workspaceId,
    prepared.sourceFacts.filter((f) => f.fact.kind !== 'source.opened'),
  );
}

function recordedIn({ interactionFacts, readings }: Prepared) {
  return interactionFacts
    .filter(({ fact }) => RECORDED_KINDS.includes(fact.kind))
    .map(({ recordId }) => ({ recordId, searchable: searchableOf(readings.get(recordId)!) }));
}

const NAME_LENGTH = 200;

/** A contact for an address nobody is known by yet. */
export function contactFact(id: PartyId, address: string, name: string | null): PartyFact {
  const identifier: Identifier = { ...identifierOf(address, name), confidence: 'seen' };
  return {
    kind: 'party.added',
    id,
    name: name?.trim().slice(0, NAME_LENGTH).toWellFormed() || address,
    state: 'contact',
    identifiers: [identifier],
  };
}
