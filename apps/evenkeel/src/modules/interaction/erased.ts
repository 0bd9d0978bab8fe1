import { createHmac } from 'node:crypto';
import type { Ledger } from '../ledger/ledger.actions.ts';

/**
 * A digest under a key of ours: without the key nobody can try whether some words were erased here.
 *
 * @param digest SHA-256, 32 bytes
 */
export function erasedDigest({ vault }: Pick<Ledger, 'vault'>, digest: Uint8Array): Uint8Array {
  return createHmac('sha256', vault.keys.derive('erased')).update(digest).digest();
}
