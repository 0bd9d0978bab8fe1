import { type Der, derInside, derString, readDer } from './der.ts';
import { asBuffer } from './source.ts';

/** What an S/MIME part of one piece (`smime.p7m`) is: signed ones can be read without a key. */
export type Cms = {
  readonly kind: 'signed' | 'encrypted' | 'compressed' | 'other';
  /** What was signed: a MIME entity, header and all. Null when it is not inside or cannot be read. */
  readonly content: Buffer | null;
};

const KINDS: Readonly<Record<string, Cms['kind']>> = {
  '2a864886f70d010702': 'signed',
  '2a864886f70d010703': 'encrypted',
  '2a864886f70d010704': 'encrypted',
  '2a864886f70d010706': 'encrypted',
  '2a864886f70d0109100117': 'encrypted',
  '2a864886f70d0109100109': 'compressed',
};
const SEQUENCE = 0x10; // 0x30 without its constructed bit
const OBJECT_ID = 0x06;
const OCTETS = 0x04;
const EXPLICIT = 0x80;

/**
 * Opens a CMS object as far as that needs no key. Nothing is verified. Never throws.
 *
 * @param bytes After the transfer encoding was taken off. Attacker-controlled.
 * @returns null when it is none.
 * @source RFC 5652 3, 5.1, 5.2
 */
export function readCms(bytes: Uint8Array): Cms | null {
  const all = asBuffer(bytes);
  const whole = readDer(all, 0, all.length);
  if (whole?.tag !== SEQUENCE) return null;
  const [type, wrapped] = derInside(all, whole);
  if (type?.tag !== OBJECT_ID) return null;
  const kind = KINDS[all.toString('hex', type.start, type.end)] ?? 'other';
  return { kind, content: kind === 'signed' && wrapped ? contentOf(all, wrapped) : null };
}

/** SignedData: the version, the digests, then what was signed. */
function contentOf(bytes: Buffer, wrapped: Der): Buffer | null {
  const signed = derInside(bytes, wrapped)[0];
  const encapsulated = signed && derInside(bytes, signed).find((one) => one.tag === SEQUENCE);
  const explicit = encapsulated && derInside(bytes, encapsulated).find((one) => one.tag === EXPLICIT);
  const octets = explicit && derInside(bytes, explicit)[0];
  return octets?.tag === OCTETS ? derString(bytes, octets) : null;
}
