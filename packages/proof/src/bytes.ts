import { ProofError } from './proof-error.ts';

/** A synchronous SHA-256: any bytes in, a fresh array of 32 bytes out. It must not keep or change its argument. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** The same hash of many bytes, as a promise. */
export type Sha256Large = (bytes: Uint8Array) => Promise<Uint8Array>;

/** The same hash, written into another array at a byte of it: of millions of hashes none needs an array of its own. */
export type Sha256Into = (bytes: Uint8Array, into: Uint8Array, at: number) => void;

export function intoOf(sha256: Sha256): Sha256Into {
  return (bytes, into, at) => into.set(sha256(bytes), at);
}

export const HASH_BYTES = 32;

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUE = valuesOf(BASE64);
const HEX_VALUE = valuesOf('0123456789abcdef');
const NOTHING = 255;
const HEX_PIECE = 1024;

/** Calling the encoder takes longer than copying a name of a file, and a bundle has many. */
const SHORT_TEXT = 200;
const encoder = new TextEncoder();
// Without `ignoreBOM` a leading byte order mark is dropped, and the text is no longer the bytes that were signed.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const HEX = utf8('0123456789abcdef');

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let hex = '';
  // In pieces of one make: a text that is joined digit by digit is a tree of texts in memory.
  for (let from = 0; from < bytes.length; from += HEX_PIECE) {
    const digits = new Uint8Array(2 * Math.min(HEX_PIECE, bytes.length - from));
    for (let i = 0; i < digits.length; i += 2) {
      const byte = bytes[from + i / 2]!;
      digits[i] = HEX[byte >> 4]!;
      digits[i + 1] = HEX[byte & 15]!;
    }
    hex += String.fromCharCode.apply(null, digits as unknown as number[]);
  }
  return hex;
}

/**
 * Reads lower-case hexadecimal of an even length; upper case is refused so that each value has one spelling.
 *
 * @throws ProofError `bad-encoding`
 */
export function fromHex(hex: string): Uint8Array {
  if (hex.length % 2 !== 0) throw new ProofError('bad-encoding', 'The hexadecimal text has an odd length.');
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = valueAt(HEX_VALUE, hex, i * 2);
    const low = valueAt(HEX_VALUE, hex, i * 2 + 1);
    if (high === NOTHING || low === NOTHING)
      throw new ProofError('bad-encoding', 'Not lower-case hexadecimal.');
    bytes[i] = high * 16 + low;
  }
  return bytes;
}

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += BASE64[group >> 18]! + BASE64[(group >> 12) & 63]!;
    text += left > 1 ? BASE64[(group >> 6) & 63]! : '=';
    text += left > 2 ? BASE64[group & 63]! : '=';
  }
  return text;
}

/**
 * Reads standard base64, canonical only: padding present, no white space, unused bits zero.
 *
 * @throws ProofError `bad-encoding`
 * @source RFC 4648 §3.5
 */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw new ProofError('bad-encoding', 'The base64 text is cut short.');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let pending = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < digits; i++) {
    const value = valueAt(BASE64_VALUE, text, i);
    if (value === NOTHING) throw new ProofError('bad-encoding', 'Not standard base64.');
    pending = ((pending << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (pending >> bits) & 255;
    }
  }
  if ((pending & ((1 << bits) - 1)) !== 0) throw new ProofError('bad-encoding', 'Not canonical base64.');
  return bytes;
}

/** The UTF-8 bytes of a text. A lone surrogate has none, and becomes U+FFFD: check `isWellFormed` where that matters. */
export function utf8(text: string): Uint8Array {
  if (text.length > SHORT_TEXT) return encoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return encoder.encode(text);
    bytes[i] = unit;
  }
  return bytes;
}

/**
 * Whether all of it is UTF-8. A bundle has ten thousands of small texts, and calling the decoder costs more than this.
 *
 * @source RFC 3629 §4
 */
export function isUtf8(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue;
    const end = i + sequenceLength(bytes[i]!, bytes[i + 1] ?? 0);
    if (end === i || end > bytes.length) return false;
    while (++i < end) if (!isContinuation(bytes[i]!)) return false;
    i--;
  }
  return true;
}

/**
 * How many bytes a character beyond ASCII has, by its first two; 0 where none begins so: overlong, a surrogate, beyond
 * U+10FFFF.
 */
function sequenceLength(first: number, second: number): number {
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 2;
  const isShorter = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const isNoCharacter = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f);
  if (isShorter || isNoCharacter) return 0;
  return first < 0xf0 ? 3 : 4;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/**
 * The text of UTF-8 bytes, every byte kept: a byte order mark stays.
 *
 * @throws ProofError `bad-encoding`
 */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ProofError('bad-encoding', 'Not valid UTF-8.');
  }
}

/** All parts in one new array. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Compares public values: the time it takes tells where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A safe integer as 8 bytes, big-endian. */
export function u64be(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  writeU64be(bytes, 0, value);
  return bytes;
}

/** Writes a safe integer as 8 bytes, big-endian. Halves are taken by division: `>>` would cut at 32 bits. */
export function writeU64be(into: Uint8Array, at: number, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new ProofError('bad-size', `${value} is no count.`);
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  view.setUint32(at, Math.floor(value / 0x1_0000_0000));
  view.setUint32(at + 4, value % 0x1_0000_0000);
}

function valuesOf(digits: string): Uint8Array {
  const values = new Uint8Array(128).fill(255);
  for (let i = 0; i < digits.length; i++) values[digits.charCodeAt(i)] = i;
  return values;
}

function valueAt(values: Uint8Array, text: string, at: number): number {
  return values[text.charCodeAt(at)] ?? NOTHING;
}
