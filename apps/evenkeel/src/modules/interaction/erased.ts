import { createHmac, createSecretKey } from 'node:crypto';
import type { Ledger } from '../ledger/ledger.actions.ts';

/**
 * Digests under a key of ours: without the key nobody can try whether some words were erased here.
 *
 * @param digests SHA-256, 32 bytes each
 */
export function erasedDigests(
  { vault }: Pick<Ledger, 'vault'>,
  digests: readonly Uint8Array[],
): readonly Uint8Array[] {
  const key = createSecretKey(vault.keys.derive('erased'));
  return digests.map((digest) => createHmac('sha256', key).update(digest).digest());
}
