import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveOpening } from '@evenkeel/proof/leaf';
import { sha256 } from '../../src/kernel/sha256.ts';
import { chunkNonce } from '../../src/modules/vault/vault.ts';

const NONCE = chunkNonce(0, true);
const R = 0xe1n << 120n;

/**
 * Makes 32 bytes of AES-GCM ciphertext with one tag that is right under two keys: the cipher alone does not say which
 * of two texts was sealed.
 *
 * @source Dodis, Grubbs, Ristenpart, Woodage: Fast Message Franking (2018), section 3
 */
export function twoKeyCiphertext(firstSecret: Uint8Array, secondSecret: Uint8Array) {
  const keys = [firstSecret, secondSecret].map((secret) => deriveOpening(sha256, secret).cek);
  const [a, b] = keys.map(partsOf) as [Parts, Parts];
  const first = numberOf(randomBytes(16));
  const lengths = 32n * 8n;
  const wanted = a.mask ^ b.mask ^ times(lengths, a.h ^ b.h) ^ times(first, power(a.h, 3) ^ power(b.h, 3));
  const second = times(wanted, inverse(power(a.h, 2) ^ power(b.h, 2)));
  const body = Buffer.concat([bytesOf(first), bytesOf(second)]);
  const tag = bytesOf(
    times(first, power(a.h, 3)) ^ times(second, power(a.h, 2)) ^ times(lengths, a.h) ^ a.mask,
  );
  const sealed = Buffer.concat([body, tag]);
  const openWith = (key: Uint8Array): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', key, NONCE);
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  };
  return { sealed, openWith, opens: keys.map((key) => ({ key, plain: openWith(key) })) };
}

type Parts = { readonly h: bigint; readonly mask: bigint };

/** What GCM makes of a key: the factor of its hash, and what the hash is masked with. */
function partsOf(key: Uint8Array): Parts {
  const block = (counter: Uint8Array): bigint =>
    numberOf(createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(counter));
  return { h: block(Buffer.alloc(16)), mask: block(Buffer.concat([NONCE, Buffer.of(0, 0, 0, 1)])) };
}

/** Multiplies in GF(2^128) in GCM's bit order. */
function times(x: bigint, y: bigint): bigint {
  let product = 0n;
  let shifted = y;
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((x >> bit) & 1n) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ R : shifted >> 1n;
  }
  return product;
}

function power(x: bigint, exponent: number): bigint {
  let result = x;
  for (let i = 1; i < exponent; i++) result = times(result, x);
  return result;
}

/** x^(2^128 - 2) */
function inverse(x: bigint): bigint {
  let result = 1n << 127n;
  let square = x;
  for (let bit = 1; bit < 128; bit++) {
    square = times(square, square);
    result = times(result, square);
  }
  return result;
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function bytesOf(number: bigint): Buffer {
  return Buffer.from(number.toString(16).padStart(32, '0'), 'hex');
}
