import { type Rotation, signRotation } from '@evenkeel/proof/rotation';
import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { append, type Ledger, sealFacts } from './ledger.actions.ts';
import { entriesByIndex } from './ledger.store.ts';
import { type Entry, factsOf, WORKSPACE_STREAM } from './ledger.ts';
import { openEntries } from './read.actions.ts';
import type { Sealer } from './sealer.actions.ts';

const ROTATED = 'log.key-rotated';

/** The log goes on under another key; `because` is what a person says of it. */
export type KeyRotated = Rotation & { readonly kind: typeof ROTATED; readonly because: string };

const SEED_BYTES = 32;

type RotationRefusal = 'reason-missing' | 'bundle-unfinished';
type Rotated = { readonly from: string; readonly to: string; readonly index: number };

/**
 * Hands the log over to a new key. Both keys sign a statement that holds the last head of the old one; it is the last line
 * that a head of the old key can lead to. Whoever was given the old key follows it to the new one. Refused while a bundle is
 * being made.
 */
export async function rotateKey(
  ledger: Ledger,
  sealer: Sealer,
  actor: Actor,
  because: string,
): Promise<Outcome<Rotated, RotationRefusal>> {
  if (because.trim() === '') return refuse('reason-missing');
  const rotated = await sealer.inUse.change(() => rotate(ledger, sealer, actor, because));
  // Both heads of a bundle are signed by one key.
  return rotated === null ? refuse('bundle-unfinished') : accept(rotated);
}

async function rotate(ledger: Ledger, sealer: Sealer, actor: Actor, because: string): Promise<Rotated> {
  const { keys } = sealer;
  const head = await sealer.seal();
  const old = keys.keyAt(head.size);
  const next = await keys.prepare(ledger.chance.bytes(SEED_BYTES));
  const names = { from: old.vkey, to: next.vkey, checkpoint: head.note };
  const rotation = await signRotation(names, [old.signer, next.signer]);
  const fact: KeyRotated = { kind: ROTATED, ...rotation, because: because.trim() };
  const pending = await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor, leafKind: 'key' }]);
  const index = await ledger.db.transaction().execute(async (tx) => {
    const [entry] = await append(tx, ledger, pending);
    await keys.takeOver(next.vkey, entry!.index);
    return entry!.index;
  });
  ledger.wake();
  await sealer.seal();
  return { from: old.vkey, to: next.vkey, index };
}

/** The lines by which the key changed, up to a head. */
export function rotationEntries(ledger: Ledger, { keys }: Sealer, size: number): Promise<readonly Entry[]> {
  const indexes = keys.known().flatMap(({ until }) => (until !== null && until < size ? [until] : []));
  return entriesByIndex(ledger.db, ledger.workspaceId, indexes);
}

/**
 * Compares the key file with the record when a folder is opened: a change that was cut off before it was recorded never
 * was, and a record that was put back from before a change goes on under the key of then.
 */
export async function settleKeys({ db, workspaceId, vault }: Ledger, { keys }: Sealer): Promise<void> {
  await keys.settle(async (vkey, since) => {
    const entries = await openEntries(vault, await entriesByIndex(db, workspaceId, [since]));
    return factsOf<KeyRotated>(entries, ROTATED).some(({ fact }) => fact.to === vkey);
  });
}
