import { concat, HASH_BYTES, type Sha256, toHex, u64be, utf8, writeU64be } from './bytes.ts';
import { hmac, hmacKey } from './hmac.ts';
import { ProofError } from './proof-error.ts';

/** What a leaf stands for; heartbeat, padding and coverage look like any other record from outside. */
export type LeafKind = 'record' | 'anchor' | 'key' | 'erasure';

/** One line of the log: it shows its kind, and nothing else without an opening. */
export type Leaf = { readonly kind: LeafKind; readonly tag: Uint8Array; readonly commit: Uint8Array };

/** What a secret gives: the salt `r`, shown to prove, and the content key `cek`, never shown. 32 bytes each. */
export type Opening = { readonly r: Uint8Array; readonly cek: Uint8Array };

export const LEAF_BYTES = 69;
const KIND_BYTE = { record: 0x01, anchor: 0x02, key: 0x03, erasure: 0x05 } as const satisfies Record<
  LeafKind,
  number
>;
const KIND_OF = new Map<number, LeafKind>(
  Object.entries(KIND_BYTE).map(([kind, byte]) => [byte, kind as LeafKind]),
);
const MAGIC = utf8('EVK1');
const TAG_AT = 5;
const COMMIT_AT = TAG_AT + HASH_BYTES;

const R_INFO = utf8('evenkeel/r/v1\x01');
const CEK_INFO = utf8('evenkeel/cek/v1\x01');
const OBJECT_LABEL = utf8('evenkeel/object/v1\0');
const ENVELOPE_LABEL = utf8('evenkeel/envelope/v1\0');
const TAG_LABEL = utf8('evenkeel/tag/v1\0');

/**
 * Derives salt and content key from a slot's secret.
 *
 * @param secret 32 random bytes, one per object or envelope. Whoever overwrites it makes the commitment untestable.
 */
export function deriveOpening(sha256: Sha256, secret: Uint8Array): Opening {
  check32(secret, 'A secret');
  // HKDF-Expand to 32 bytes is one HMAC over the info and the number one.
  const key = hmacKey(sha256, secret);
  return { r: hmac(sha256, key, R_INFO), cek: hmac(sha256, key, CEK_INFO) };
}

/**
 * Commits to an object's plaintext: SHA-256(label ‖ 00 ‖ r ‖ u64be(length) ‖ SHA-256(bytes)).
 *
 * The plaintext and not the ciphertext: AES-GCM lets one ciphertext open to two texts under two keys.
 *
 * @param length Size of the object in bytes.
 */
export function objectCommitment(
  sha256: Sha256,
  r: Uint8Array,
  length: number,
  sha256OfBytes: Uint8Array,
): Uint8Array {
  check32(r, 'A salt');
  check32(sha256OfBytes, 'A hash');
  return sha256(concat(OBJECT_LABEL, r, u64be(length), sha256OfBytes));
}

/** Commits to an envelope's exact stored bytes: SHA-256(label ‖ 00 ‖ r ‖ SHA-256(bytes)). */
export function envelopeCommitment(sha256: Sha256, r: Uint8Array, sha256OfEnvelope: Uint8Array): Uint8Array {
  check32(r, 'A salt');
  check32(sha256OfEnvelope, 'A hash');
  return sha256(concat(ENVELOPE_LABEL, r, sha256OfEnvelope));
}

/** The tag of number `seq` (from 1) of a stream: HMAC-SHA-256(ktag, label ‖ 00 ‖ u64be(seq)). */
export function streamTag(sha256: Sha256, ktag: Uint8Array, seq: number): Uint8Array {
  return tagMaker(sha256, ktag)(seq);
}

/** {@link streamTag} for many numbers of one stream: the key is prepared once. */
export function tagMaker(sha256: Sha256, ktag: Uint8Array): (seq: number) => Uint8Array {
  check32(ktag, 'A stream key');
  const key = hmacKey(sha256, ktag);
  const inner = concat(key.inner, TAG_LABEL, new Uint8Array(8));
  const outer = concat(key.outer, new Uint8Array(HASH_BYTES));
  return (seq) => {
    writeU64be(inner, inner.length - 8, seq);
    outer.set(sha256(inner), key.outer.length);
    return sha256(outer);
  };
}

/** The 69 bytes that enter the log: "EVK1" ‖ kind ‖ tag ‖ commit. */
export function encodeLeaf({ kind, tag, commit }: Leaf): Uint8Array {
  check32(tag, 'A tag');
  check32(commit, 'A commitment');
  const bytes = new Uint8Array(LEAF_BYTES);
  bytes.set(MAGIC);
  bytes[MAGIC.length] = KIND_BYTE[kind];
  bytes.set(tag, TAG_AT);
  bytes.set(commit, COMMIT_AT);
  return bytes;
}

/**
 * Reads a leaf. Tag and commitment are views into `bytes`.
 *
 * @throws ProofError `malformed-leaf`
 */
export function decodeLeaf(bytes: Uint8Array): Leaf {
  const kind = bytes.length === LEAF_BYTES ? KIND_OF.get(bytes[MAGIC.length]!) : undefined;
  if (kind === undefined || MAGIC.some((byte, i) => byte !== bytes[i])) {
    throw new ProofError(
      'malformed-leaf',
      `Not a leaf: ${toHex(bytes.subarray(0, TAG_AT))}…, ${bytes.length} bytes.`,
    );
  }
  return { kind, tag: bytes.subarray(TAG_AT, COMMIT_AT), commit: bytes.subarray(COMMIT_AT) };
}

function check32(bytes: Uint8Array, what: string): void {
  if (bytes.length !== HASH_BYTES) throw new ProofError('bad-hash-length', `${what} is not 32 bytes long.`);
}
