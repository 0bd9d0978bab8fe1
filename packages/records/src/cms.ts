import { inflateSync } from 'node:zlib';
import { type Der, derInside, derString, readDer } from './der.ts';
import { asBuffer } from './source.ts';

/** What an S/MIME part (`smime.p7m`, `smime.p7s`) is: signed ones can be read without a key. */
export type Cms = {
  readonly kind: 'signed' | 'encrypted' | 'compressed' | 'other';
  /** What was signed: a MIME entity, header and all. Null when it is not inside or cannot be read. */
  readonly content: Buffer | null;
  /** The certificates that came along, in DER, the order says nothing. Claims of whoever sent them. */
  readonly certificates: readonly Buffer[];
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
const MOST_CERTIFICATES = 20;
const LARGEST_UNPACKED = 64 * 1024 * 1024;

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
  const held = wrapped ? derInside(all, wrapped)[0] : undefined;
  if (kind === 'compressed' && held) return { kind, content: unpacked(all, held), certificates: [] };
  if (kind !== 'signed' || !held) return { kind, content: null, certificates: [] };
  return { kind, content: contentOf(all, held), certificates: certificatesOf(all, held) };
}

/** True where a signature rightly holds no words: it brings certificates only, or is of a kind that is not read. */
export function holdsNothing(cms: Cms | null): boolean {
  return cms !== null && (cms.kind === 'other' || cms.certificates.length > 0);
}

/** RFC 3274 1.1: compressed with zlib, and no key is needed. */
function unpacked(bytes: Buffer, compressed: Der): Buffer | null {
  const packed = octetsIn(bytes, derInside(bytes, compressed).filter((one) => one.tag === SEQUENCE)[1]);
  try {
    return packed && inflateSync(packed, { maxOutputLength: LARGEST_UNPACKED });
  } catch {
    return null;
  }
}

/** SignedData holds them after what was signed, as an implicit `[0]`. */
function certificatesOf(bytes: Buffer, signed: Der): readonly Buffer[] {
  const set = derInside(bytes, signed).find((one) => one.tag === EXPLICIT && one.isConstructed);
  if (!set) return [];
  let at = set.start;
  return derInside(bytes, set)
    .slice(0, MOST_CERTIFICATES)
    .map((one) => {
      const certificate = bytes.subarray(at, one.stop);
      at = one.stop;
      return certificate;
    });
}

/** SignedData: the version, the digests, then what was signed. */
function contentOf(bytes: Buffer, signed: Der): Buffer | null {
  return octetsIn(
    bytes,
    derInside(bytes, signed).find((one) => one.tag === SEQUENCE),
  );
}

function octetsIn(bytes: Buffer, encapsulated: Der | undefined): Buffer | null {
  const explicit = encapsulated && derInside(bytes, encapsulated).find((one) => one.tag === EXPLICIT);
  const octets = explicit && derInside(bytes, explicit)[0];
  return octets?.tag === OCTETS ? derString(bytes, octets) : null;
}
