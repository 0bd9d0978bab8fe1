import type { Attestation } from '@evenkeel/proof/open-timestamps';
import { lastAnchors, newestAnchors, silences } from './anchor.store.ts';
import type { Ledger } from './ledger.actions.ts';
import { readHead } from './ledger.store.ts';
import { factsOf } from './ledger.ts';
import { openEntries } from './read.actions.ts';
import { type KeyRotated, rotationEntries } from './rotate.actions.ts';
import type { Sealer } from './sealer.actions.ts';

const LOOKED_AT = 100;
const BLOCKS_SHOWN = 5;
/** What a witness answers when the log that he saw is not this one. */
const OTHER_HISTORY: readonly (string | null)[] = ['witness-saw-more', 'witness-saw-another'];

/** How far the log is held by others, who did not answer, and which keys have signed it. */
export async function trustOf(ledger: Ledger, sealer: Sealer) {
  const { db, workspaceId, vault } = ledger;
  const { size } = await readHead(db, workspaceId);
  const last = [...(await lastAnchors(db, workspaceId))].map(([name, one]) => ({ name, ...one }));
  const newest = await newestAnchors(db, workspaceId, LOOKED_AT);
  const rotated = factsOf<KeyRotated>(
    await openEntries(vault, await rotationEntries(ledger, sealer, size)),
    'log.key-rotated',
  );
  const [furthest] = last.toSorted((a, b) => b.size - a.size);
  return {
    origin: sealer.key.origin,
    vkey: sealer.key.vkey,
    size,
    heldOutside: furthest ? { size: furthest.size, by: furthest.name, at: furthest.recordedAt } : null,
    last,
    silent: await silences(db, workspaceId),
    blocks: newest
      .filter(({ kind }) => kind === 'block')
      .slice(0, BLOCKS_SHOWN)
      .map((one) => ({
        size: one.size,
        recordedAt: one.recordedAt,
        attestations: one.said as Attestation[],
      })),
    otherHistory: newest
      .filter(({ refusedAs }) => OTHER_HISTORY.includes(refusedAs))
      .map(({ authority, said, recordedAt }) => ({
        ...{ name: authority, recordedAt },
        size: (said as { size: number | null }).size,
      })),
    keyChanges: rotated.map(({ index, fact: { from, because }, recordedAt }) => ({
      ...{ index, from, because },
      at: recordedAt,
    })),
  };
}
