import { openHead } from '@evenkeel/proof/verify-heads';
import { Halt } from '../../kernel/outcome.ts';
import { append, type Ledger, sealFacts } from './ledger.actions.ts';
import { LOCAL_OWNER, WORKSPACE_STREAM } from './ledger.ts';
import { compareHead } from './ots.actions.ts';
import { rotateKey } from './rotate.actions.ts';
import type { Sealer } from './sealer.actions.ts';

/** The record was put back from a backup. What was signed after the backup is named, where its head was at hand. */
type Restored = {
  readonly kind: 'log.restored';
  readonly backupOf: string;
  /** How many entries the backup held. */
  readonly size: number;
  /** The last head that was signed before, as far as it is known. */
  readonly lastHead: string | null;
  /** How many entries it counts that are not here; null when no head was at hand, so that nobody knows. */
  readonly lost: number | null;
};

/**
 * Goes on after a restore, under a new key: so the old one never signs two histories. Heads that left the house before
 * the backup still fit; those that left after it do not, and the line says which, when the last of them is handed in.
 *
 * @param lastHead The signed note in DATA/log/checkpoint of the folder that was lost, or the last that somebody else holds
 * @throws Halt `last-head-unusable`
 */
export async function goOnRestored(
  ledger: Ledger,
  sealer: Sealer,
  { backupOf, lastHead }: { readonly backupOf: string; readonly lastHead: string | null },
): Promise<{ readonly size: number; readonly lost: number | null; readonly vkey: string }> {
  const { size } = await sealer.seal();
  const lost = lastHead === null ? null : await lostSince(ledger, sealer, lastHead, size);
  const fact: Restored = { kind: 'log.restored', backupOf, size, lastHead, lost };
  const pending = await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor: LOCAL_OWNER }]);
  await ledger.db.transaction().execute((tx) => append(tx, ledger, pending));
  ledger.wake();
  await rotateKey(ledger, sealer, LOCAL_OWNER, `restored from the backup of ${backupOf}`);
  return { size, lost, vkey: sealer.key.vkey };
}

async function lostSince(ledger: Ledger, sealer: Sealer, lastHead: string, size: number): Promise<number> {
  const compared = await compareHead(ledger, sealer, lastHead);
  if (!compared.ok || compared.value.agrees === false) {
    throw new Halt(
      'last-head-unusable',
      'The last head that was handed in is not one of this record: another key signed it, or it tells of another history. Nothing was restored. Take log/checkpoint of the folder that was lost, or leave it away.',
    );
  }
  const head = await openHead(lastHead, sealer.keys.known());
  return Math.max(0, head.size - size);
}
