import { createHmac } from 'node:crypto';
import type { Chance } from '../../kernel/chance.ts';
import { open, seal } from './cipher.ts';
import type { Keys } from './keys.store.ts';

const SALT_BYTES = 32;

/** What a row keeps of a password or a token: a salt, and the text under a key that is used for this one text. */
export function sealSecret(keys: Keys, chance: Chance, purpose: string, text: string): Uint8Array {
  const salt = Uint8Array.from(chance.bytes(SALT_BYTES));
  return Buffer.concat([salt, ...seal(keyOf(keys, purpose, salt), Buffer.from(text))]);
}

/** @throws BrokenPromise `object-damaged` when it is not what was sealed for this purpose */
export function openSecret(keys: Keys, purpose: string, sealed: Uint8Array): string {
  const salt = sealed.subarray(0, SALT_BYTES);
  return Buffer.from(open(keyOf(keys, purpose, salt), sealed.subarray(SALT_BYTES))).toString('utf8');
}

function keyOf(keys: Keys, purpose: string, salt: Uint8Array): Uint8Array {
  return createHmac('sha256', keys.derive(purpose)).update(salt).digest();
}
