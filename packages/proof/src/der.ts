import { ProofError } from './proof-error.ts';

/** One value of a DER text: `body` is its content, `bytes` all of it, its head included; both are views. */
export type Der = { readonly tag: number; readonly body: Uint8Array; readonly bytes: Uint8Array };

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

const LONG_LENGTH = 0x80;
const MOST_LENGTH_BYTES = 4;

/**
 * Reads one value and nothing behind it.
 *
 * @throws ProofError `malformed-der`
 * @source ITU-T X.690 §10: definite lengths, in the fewest bytes
 */
export function readDer(bytes: Uint8Array): Der {
  const { value, end } = readAt(bytes, 0);
  if (end !== bytes.length) throw malformed('Bytes follow where the value ends.');
  return value;
}

/** The values inside a constructed one, in order. @throws ProofError `malformed-der`, also where there is none */
export function inside(value: Der | undefined): readonly Der[] {
  const { tag, body } = present(value);
  if ((tag & 0x20) === 0) throw malformed('A value that holds others was expected.');
  const values: Der[] = [];
  for (let at = 0; at < body.length; ) {
    const { value, end } = readAt(body, at);
    values.push(value);
    at = end;
  }
  return values;
}

function readAt(bytes: Uint8Array, at: number): { value: Der; end: number } {
  const tag = byteAt(bytes, at);
  if ((tag & 0x1f) === 0x1f) throw malformed('A tag of more than one byte.');
  const first = byteAt(bytes, at + 1);
  let length = first;
  let start = at + 2;
  if (first >= LONG_LENGTH) {
    const count = first - LONG_LENGTH;
    if (count === 0 || count > MOST_LENGTH_BYTES) throw malformed('A length that is not definite.');
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + byteAt(bytes, start + i);
    if (length < LONG_LENGTH || length < 256 ** (count - 1)) throw malformed('A length in too many bytes.');
    start += count;
  }
  const end = start + length;
  if (end > bytes.length) throw malformed('A value is cut short.');
  return { value: { tag, body: bytes.subarray(start, end), bytes: bytes.subarray(at, end) }, end };
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw malformed('A value is cut short.');
  return byte;
}

/** The value, where a stranger left none out. @throws ProofError `malformed-der` */
export function present(value: Der | undefined): Der {
  if (value === undefined) throw malformed('A value is missing.');
  return value;
}

/** The value, when it is of this tag. @throws ProofError `malformed-der` */
export function expectTag(value: Der | undefined, tag: number): Der {
  if (value?.tag !== tag) throw malformed(`A value of type ${tag.toString(16)} was expected.`);
  return value;
}

/** An object identifier in dots. */
export function oidOf(value: Der | undefined): string {
  const { body } = expectTag(value, TAG.oid);
  const arcs: number[] = [];
  let arc = 0;
  for (const [i, byte] of body.entries()) {
    if (arc > Number.MAX_SAFE_INTEGER / 256) throw malformed('An object identifier is too large.');
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) {
      if (i === body.length - 1) throw malformed('An object identifier is cut short.');
      continue;
    }
    arcs.push(arc);
    arc = 0;
  }
  const [head, ...rest] = arcs;
  if (head === undefined) throw malformed('An object identifier is empty.');
  const top = Math.min(2, Math.floor(head / 40));
  return [top, head - top * 40, ...rest].join('.');
}

/** A small whole number, not below zero. */
export function numberOf(value: Der | undefined): number {
  const { body } = expectTag(value, TAG.integer);
  if (body.length === 0 || body.length > 6 || body[0]! >= 0x80) throw malformed('A number is out of range.');
  if (body[0] === 0 && body.length > 1 && body[1]! < 0x80) throw malformed('A number in too many bytes.');
  return body.reduce((sum, byte) => sum * 256 + byte, 0);
}

export function booleanOf(value: Der | undefined): boolean {
  return expectTag(value, TAG.boolean).body[0] === 0xff;
}

/** The bytes of a bit string that fills whole bytes. */
export function bitsOf(value: Der | undefined): Uint8Array {
  const { body } = expectTag(value, TAG.bitString);
  if (body[0] !== 0) throw malformed('A bit string does not fill whole bytes.');
  return body.subarray(1);
}

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/;

/** A UTCTime or GeneralizedTime in milliseconds since 1970; both must be in UTC and name their seconds. */
export function timeOf(value: Der | undefined): number {
  const text = String.fromCharCode(...(value?.body ?? []));
  const isShort = value?.tag === TAG.utcTime;
  if (!isShort && value?.tag !== TAG.generalizedTime) throw malformed('A time was expected.');
  // RFC 5280 §4.1.2.5.1: two digits mean 1950 to 2049.
  const whole = isShort ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const match = TIME.exec(whole);
  if (!match) throw malformed('This is no time in UTC.');
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const milliseconds = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000);
  const at = Date.UTC(year!, month! - 1, day, hour, minute, second, milliseconds);
  // A date that is not in the calendar comes back as another one.
  if (new Date(at).toISOString().replace(/\D/g, '').slice(0, 14) !== whole.slice(0, 14))
    throw malformed('This time is not in the calendar.');
  return at;
}

/** Writes one value. */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = [tag, ...lengthBytes(length)];
  const bytes = new Uint8Array(head.length + length);
  bytes.set(head);
  let at = head.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function lengthBytes(length: number): readonly number[] {
  if (length < LONG_LENGTH) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [LONG_LENGTH + bytes.length, ...bytes];
}

/** A whole number from its bytes, big-endian: without needless zeros, and not below zero. */
export function writeInteger(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? new Uint8Array(1) : bytes.subarray(start);
  return digits[0]! >= 0x80
    ? writeDer(TAG.integer, new Uint8Array(1), digits)
    : writeDer(TAG.integer, digits);
}

export function writeOid(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first! * 40 + second!, ...rest].flatMap((arc) => {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift(0x80 + (left % 128));
    return septets;
  });
  return writeDer(TAG.oid, Uint8Array.from(bytes));
}

function malformed(message: string): ProofError {
  return new ProofError('malformed-der', message);
}
