import { concat, HASH_BYTES, type Sha256 } from './bytes.ts';
import { ProofError } from './proof-error.ts';

const BLOCK_BYTES = 64;

/** A key ready for use: its inner and outer block are made once. */
export type HmacKey = { readonly inner: Uint8Array; readonly outer: Uint8Array };

/** Prepares a key of any length. */
export function hmacKey(sha256: Sha256, key: Uint8Array): HmacKey {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  // A loop: `map` on a typed array takes ten times as long, and every slot needs this.
  const inner = new Uint8Array(BLOCK_BYTES);
  const outer = new Uint8Array(BLOCK_BYTES);
  for (let i = 0; i < BLOCK_BYTES; i++) {
    inner[i] = block[i]! ^ 0x36;
    outer[i] = block[i]! ^ 0x5c;
  }
  return { inner, outer };
}

/**
 * HMAC-SHA-256.
 *
 * @returns 32 bytes.
 * @source RFC 2104 §2
 */
export function hmac(sha256: Sha256, key: HmacKey, message: Uint8Array): Uint8Array {
  return sha256(concat(key.outer, sha256(concat(key.inner, message))));
}

/**
 * HKDF-Extract with SHA-256.
 *
 * @source RFC 5869 §2.2
 */
export function hkdfExtract(sha256: Sha256, salt: Uint8Array, secret: Uint8Array): Uint8Array {
  return hmac(sha256, hmacKey(sha256, salt), secret);
}

/**
 * HKDF-Expand with SHA-256.
 *
 * @param prk A uniformly random key; a fresh 32-byte secret is one, so slots need no extract step.
 * @param length Bytes wanted, at most 8,160.
 * @throws ProofError `bad-size` beyond that.
 * @source RFC 5869 §2.3
 */
export function hkdfExpand(sha256: Sha256, prk: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  if (length > 255 * HASH_BYTES) throw new ProofError('bad-size', 'HKDF gives at most 8,160 bytes.');
  const key = hmacKey(sha256, prk);
  const out = new Uint8Array(length);
  let previous: Uint8Array = new Uint8Array(0);
  for (let at = 0, count = 1; at < length; at += HASH_BYTES, count++) {
    previous = hmac(sha256, key, concat(previous, info, Uint8Array.of(count)));
    out.set(previous.subarray(0, Math.min(HASH_BYTES, length - at)), at);
  }
  return out;
}
