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

const TEXT_LIMIT = 60_000;

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
  /** What lies beside the original of an interaction, by its id. */
  readonly files: ReadonlyMap<string, readonly AttachedFile[]>;
};

export async function gather(ledger: Ledger, party: string, size: number): Promise<Gathered> {
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
  const apart = await withoutPrejudice(db, workspaceId, party);
  return {
    leaves,
    withoutPrejudice: { interactions: new Set(apart.interactions), records: new Set(apart.records) },
    stream: { name, key, entries },
    recorded: new Map(recorded.map((entry) => [entry.id, entry])),
    sources,
    files: Map.groupBy(await attachedTo(db, workspaceId, interactions), ({ interactionId }) => interactionId),
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
