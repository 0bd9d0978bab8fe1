import { decodeLeaf, LEAF_BYTES, tagMaker } from '@evenkeel/proof/leaf';
import { BrokenPromise } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import {
  type AttachedFile,
  attachedTo,
  type ExhibitSource,
  loadExhibitSources,
} from '../interaction/detail.actions.ts';
import type { InteractionFact } from '../interaction/interaction.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { entriesById, entriesByIndex, leavesBetween, loadStreams } from '../ledger/ledger.store.ts';
import { type Entry, factsOf, partyStream, type ReadEntry } from '../ledger/ledger.ts';
import { openEntries } from '../ledger/read.actions.ts';
import { withoutPrejudice } from '../point/promise-views.actions.ts';
import { apartOf } from './apart.actions.ts';
import { type Apart, copied, filesOfCopy } from './apart.ts';
import type { RedactionUse } from './redaction.ts';

export const TEXT_LIMIT = 60_000;

type Filed = Extract<InteractionFact, { kind: 'interaction.filed' }>;

/** Everything the ledger and the record have about one party, up to a signed head. */
export type Gathered = {
  /** 69 bytes each, up to the head. */
  readonly leaves: Uint8Array;
  /** Secret of the party's tags, and the party's entries in order; the first has number 1. */
  readonly stream: {
    readonly name: string;
    readonly key: Uint8Array;
    readonly entries: readonly ReadEntry[];
  };
  readonly recorded: ReadonlyMap<string, Entry>;
  readonly sources: readonly ExhibitSource[];
  /** What was offered without prejudice: the interactions it stands in, and the entries about it. */
  readonly withoutPrejudice: {
    readonly interactions: ReadonlySet<string>;
    readonly records: ReadonlySet<string>;
  };
  /** What stays with us: privileged records, and words that copies take out of others. */
  readonly apart: Apart;
  /** What lies beside the original of an interaction, by its id. */
  readonly files: ReadonlyMap<string, readonly AttachedFile[]>;
};

export async function gather(
  ledger: Ledger,
  party: string,
  size: number,
  use: RedactionUse = 'everyone',
): Promise<Gathered> {
  const { db, workspaceId, vault } = ledger;
  const rows = await leavesBetween(db, workspaceId, 0, size);
  const leaves = Buffer.concat(rows.map((row) => row.leaves));
  const name = partyStream(party);
  const [head] = await loadStreams(db, workspaceId, [name]);
  const key = head ? await vault.secretOf(head.slot) : new Uint8Array(0);
  if (key === 'erased')
    throw new BrokenPromise(
      'slot-missing',
      'The key of this client was erased; nothing of theirs can be bundled.',
    );
  const indexes = head ? indexesOf(leaves, key, head.length) : [];
  const entries = await openEntries(vault, await entriesByIndex(db, workspaceId, indexes));
  const interactions = [
    ...new Set(factsOf<Filed>(entries, 'interaction.filed').map((entry) => entry.fact.interaction as string)),
  ];
  const sources = await loadExhibitSources(db, workspaceId, party, interactions, TEXT_LIMIT);
  const recorded = await entriesById(
    db,
    workspaceId,
    sources.map((source) => source.recordId),
  );
  const offered = await withoutPrejudice(db, workspaceId, party);
  const byId = new Map<string, Entry>(recorded.map((entry) => [entry.id, entry]));
  const apart = await apartOf(ledger, { party, sources, recorded: byId, entries }, use);
  const files = Map.groupBy(
    await attachedTo(db, workspaceId, interactions),
    ({ interactionId }) => interactionId,
  );
  const copies = [...apart.copies.values()].map(({ redaction }) => redaction);
  const copyRecords = new Set<string>(copies.map(({ recordId }) => recordId));
  const copyEntries = entries.filter(({ id }) => copyRecords.has(id));
  return {
    leaves,
    withoutPrejudice: {
      interactions: new Set(offered.interactions.filter((id) => !apart.privileges.get(id)?.waived)),
      records: new Set(offered.records),
    },
    stream: { name, key, entries },
    recorded: new Map([...byId, ...copyEntries.map((entry) => [entry.id, entry] as const)]),
    sources: sources.map((source) => {
      const copy = apart.copies.get(source.id);
      return copy ? copied(source, copy.redaction, TEXT_LIMIT) : source;
    }),
    files: new Map([...files, ...copies.map((copy) => [copy.interactionId, filesOfCopy(copy)] as const)]),
    apart,
  };
}

/** Where the entries of a stream stand in the ledger, by their tags; numbers beyond the head are not there yet. */
function indexesOf(leaves: Uint8Array, key: Uint8Array, length: number): readonly number[] {
  const tagOf = tagMaker(sha256, key);
  const places = new Map<string, number>();
  for (let index = 0; index * LEAF_BYTES < leaves.length; index++) {
    const leaf = leaves.subarray(index * LEAF_BYTES, (index + 1) * LEAF_BYTES);
    places.set(Buffer.from(decodeLeaf(leaf).tag).toString('latin1'), index);
  }
  return Array.from({ length }, (_, i) => places.get(Buffer.from(tagOf(i + 1)).toString('latin1'))).filter(
    (index) => index !== undefined,
  );
}
