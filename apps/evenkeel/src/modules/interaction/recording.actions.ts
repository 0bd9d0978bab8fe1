import type { RecordId } from '../../kernel/brand.ts';
import { giveWay } from '../../kernel/give-way.ts';
import type { Stated } from '../../kernel/instant.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { append, type Ledger, type NewFact, prepareFacts } from '../ledger/ledger.actions.ts';
import {
  type Actor,
  type PendingEntry,
  partyStream,
  sourceStream,
  WORKSPACE_STREAM,
} from '../ledger/ledger.ts';
import { projectParties, type RecordedPartyFact } from '../party/party.actions.ts';
import type { Identifier, PartyFact, PartyId } from '../party/party.ts';
import { projectSources } from '../source/source.actions.ts';
import type { ContainerSeen, RecordedSourceFact, RunId, SourceFact, SourceId } from '../source/source.ts';
import { insertObjects } from '../vault/vault.store.ts';
import type { SealedObject } from '../vault/vault.ts';
import { analyseAhead } from './ahead.ts';
import { projectInteractions, searchableOf } from './interaction.store.ts';
import type {
  Direction,
  InteractionFact,
  InteractionId,
  InteractionKind,
  Origin,
  Pasted,
  RecordedInteractionFact,
} from './interaction.ts';
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
  readonly parties: readonly PartyId[];
  /** The interaction these bytes are another form of; null when they are the first. */
  readonly formOf: InteractionId | null;
  readonly id: InteractionId;
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
  readonly readings: ReadonlyMap<RecordId, Reading>;
};

/** After so many originals others have their turn. */
const SEALED_IN_A_ROW = 32;

/** Seals everything and makes it durable; afterwards one commit names it. */
export async function prepareRecording(ledger: Ledger, recording: Recording): Promise<Prepared> {
  const { source, actor, items } = recording;
  const objects: SealedObject[] = [];
  for (const [i, item] of items.entries()) {
    if (i % SEALED_IN_A_ROW === SEALED_IN_A_ROW - 1) await giveWay();
    objects.push(await ledger.vault.sealObject(item.bytes, Buffer.from(item.reading.sha256, 'hex')));
  }

  const partyEntries = await prepareFacts(
    ledger,
    recording.parties.map((fact) => ({ fact, stream: WORKSPACE_STREAM, actor })),
  );
  const itemFacts = items.map((item, i) => itemFact(ledger, source, item, objects[i]!));
  const itemEntries = await prepareFacts(
    ledger,
    itemFacts.map(
      (fact, i): NewFact => ({
        fact,
        stream: sourceStream(source),
        actor,
        objects: [objects[i]!.commitment],
      }),
    ),
  );
  const filed = items.flatMap((item, i) =>
    item.formOf ? [] : item.parties.map((party) => filing(item.id, party, itemEntries[i]!)),
  );
  const filedEntries = await prepareFacts(
    ledger,
    filed.map((fact) => ({ fact, stream: partyStream(fact.party), actor })),
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
  );
  await ledger.vault.flush();

  return {
    entries: [...partyEntries, ...itemEntries, ...filedEntries, ...sourceEntries],
    objects: [...objects, ...framed.flatMap(({ object }) => object ?? [])],
    partyFacts: recorded(partyEntries, recording.parties),
    interactionFacts: [...recorded(itemEntries, itemFacts), ...recorded(filedEntries, filed)],
    sourceFacts: recorded(sourceEntries, sourceFacts),
    readings: new Map(itemEntries.map((entry, i) => [entry.id, items[i]!.reading])),
  };
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

function itemFact(ledger: Ledger, source: SourceId, item: NewItem, object: SealedObject): InteractionFact {
  const { id, origin, mediaType } = item;
  const original = { slot: object.slot as number, original: ledger.newId() as RecordId };
  if (item.formOf)
    return { kind: 'interaction.also-seen', id: item.formOf, source, origin, mediaType, ...original };
  const { interactionKind, direction, exported, pasted } = item;
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
  const { workspaceId } = ledger;
  await ledger.db.transaction().execute(async (tx) => {
    await insertObjects(tx, workspaceId, prepared.objects);
    await projectSources(
      tx,
      workspaceId,
      prepared.sourceFacts.filter((f) => f.fact.kind === 'source.opened'),
    );
    await projectParties(tx, workspaceId, prepared.partyFacts);
    await projectInteractions(tx, workspaceId, prepared.interactionFacts, (id) => prepared.readings.get(id)!);
    await projectSources(
      tx,
      workspaceId,
      prepared.sourceFacts.filter((f) => f.fact.kind !== 'source.opened'),
    );
    await append(tx, ledger, prepared.entries);
  });
  analyseAhead(ledger, recordedIn(prepared));
  ledger.wake();
}

function recordedIn({ interactionFacts, readings }: Prepared) {
  return interactionFacts
    .filter(({ fact }) => fact.kind === 'interaction.recorded')
    .map(({ recordId }) => ({ recordId, searchable: searchableOf(readings.get(recordId)!) }));
}

const NAME_LENGTH = 200;

/** A contact for an address nobody is known by yet. */
export function contactFact(id: PartyId, address: string, name: string | null): PartyFact {
  const identifier: Identifier = { kind: 'address', value: address, label: name, confidence: 'seen' };
  return {
    kind: 'party.added',
    id,
    name: name?.trim().slice(0, NAME_LENGTH).toWellFormed() || address,
    state: 'contact',
    identifiers: [identifier],
  };
}
