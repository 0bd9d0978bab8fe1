import { concat, equalBytes, fromHex } from '../src/bytes.ts';
import { inside, readDer } from '../src/der.ts';

/** An RSA public key. */
export type RsaKey = { readonly modulus: bigint; readonly exponent: bigint; readonly bytes: number };

/** DigestInfo up to the hash itself, by the name of the hash. */
const HASH_HEADS: Readonly<Record<string, string>> = {
  'SHA-256': '3031300d060960864801650304020105000420',
  'SHA-384': '3041300d060960864801650304020205000430',
  'SHA-512': '3051300d060960864801650304020305000440',
};

/** @throws ProofError `malformed-der` @source RFC 8017 §A.1.1 */
export function readRsaKey(der: Uint8Array): RsaKey {
  const [modulus, exponent] = inside(readDer(der));
  const digits = modulus!.body[0] === 0 ? modulus!.body.subarray(1) : modulus!.body;
  return { modulus: numberOf(digits), exponent: numberOf(exponent!.body), bytes: digits.length };
}

/**
 * Checks a signature by PKCS #1 v1.5: the whole padded block is made anew and compared, so nothing in it is parsed.
 *
 * @source RFC 8017 §8.2.2
 */
export function isRsaSignature(
  key: RsaKey,
  hashName: string,
  hash: Uint8Array,
  signature: Uint8Array,
): boolean {
  const head = HASH_HEADS[hashName];
  if (head === undefined || signature.length !== key.bytes) return false;
  const value = numberOf(signature);
  if (value >= key.modulus || key.exponent < 3n || key.exponent > 0xffffffffn) return false;
  const info = concat(fromHex(head), hash);
  const padding = key.bytes - info.length - 3;
  if (padding < 8) return false;
  const block = concat(Uint8Array.of(0, 1), new Uint8Array(padding).fill(0xff), Uint8Array.of(0), info);
  return equalBytes(bytesOf(power(value, key.exponent, key.modulus), key.bytes), block);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function numberOf(bytes: Uint8Array): bigint {
  let hex = '0x0';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return BigInt(hex);
}

function bytesOf(number: bigint, length: number): Uint8Array {
  return fromHex(number.toString(16).padStart(2 * length, '0'));
}
