import { concat, equalBytes, fromUtf8, HASH_BYTES, toHex, utf8 } from './bytes.ts';
import { ProofError } from './proof-error.ts';
import { ripemd160 } from './ripemd160.ts';
import { sha256Pure } from './sha256.ts';

/**
 * Where a digest can be looked up. `bitcoin`: the block of this height has this Merkle root, which anybody can compare
 * with any copy of the chain; offline it says nothing. `pending`: a calendar promised to have it put into a block.
 */
export type Attestation =
  | {
      readonly kind: 'bitcoin';
      readonly height: number;
      /** As block explorers print it, in hexadecimal; null where a step on the way is not computed here. */
      readonly merkleRoot: string | null;
    }
  | { readonly kind: 'pending'; readonly calendar: string }
  | { readonly kind: 'unknown'; readonly tag: string };

export type OpenTimestamp = {
  readonly hash: 'sha1' | 'ripemd160' | 'sha256' | 'keccak256';
  /** Of the file that was stamped. */
  readonly digest: Uint8Array;
  readonly attestations: readonly Attestation[];
};

const MAGIC = concat(
  utf8('\0OpenTimestamps\0\0Proof\0'),
  Uint8Array.of(0xbf, 0x89, 0xe2, 0xe8, 0x84, 0xe8, 0x92, 0x94),
);
const VERSION = 1;
/** No honest proof is near to it. */
const MOST_BYTES = 64 * 1024;
/** For a message, and for all that it becomes on its way. */
const MOST_MESSAGE = 4096;
const MOST_PAYLOAD = 8192;
const MOST_URI = 1000;
const MOST_DEPTH = 256;

const HASHES: ReadonlyMap<number, { readonly name: OpenTimestamp['hash']; readonly bytes: number }> = new Map(
  [
    [0x02, { name: 'sha1', bytes: 20 }],
    [0x03, { name: 'ripemd160', bytes: 20 }],
    [0x08, { name: 'sha256', bytes: HASH_BYTES }],
    [0x67, { name: 'keccak256', bytes: HASH_BYTES }],
  ],
);
const APPEND = 0xf0;
const PREPEND = 0xf1;
const REVERSE = 0xf2;
const HEXLIFY = 0xf3;
const ATTESTATION = 0x00;
const FORK = 0xff;
const BITCOIN = '0588960d73d71901';
const PENDING = '83dfe30d2ef90c8e';

/** What a path has made of the digest; its bytes are null behind a hash that is not computed here. */
type Message = { readonly length: number; readonly bytes: Uint8Array | null };

/**
 * Reads an OpenTimestamps proof, and follows every path in it to where it can be looked up. Everything in it is the word
 * of whoever made it.
 *
 * SHA-256 is computed, which is all that calendars use, and RIPEMD-160, which payments use; behind another hash the
 * lengths are checked and nothing else.
 *
 * @throws ProofError `malformed-proof`
 * @source opentimestamps/python-opentimestamps, core/timestamp.py, core/op.py, core/notary.py
 */
export function readOpenTimestamp(proof: Uint8Array): OpenTimestamp {
  if (proof.length > MOST_BYTES) malformed('it is too long');
  const from = new Reader(proof);
  if (!equalBytes(from.take(Math.min(MAGIC.length, proof.length)), MAGIC))
    malformed('it does not begin as one');
  if (from.number() !== VERSION) malformed('it is of another version');
  const hash = HASHES.get(from.byte()) ?? malformed('its file was hashed in a way that is not known here');
  const digest = from.take(hash.bytes);
  const attestations: Attestation[] = [];
  follow(from, { length: digest.length, bytes: digest }, attestations, 0);
  if (!from.isAtEnd()) malformed('bytes follow where it ends');
  return { hash: hash.name, digest, attestations };
}

function follow(from: Reader, message: Message, found: Attestation[], depth: number): void {
  if (depth > MOST_DEPTH) malformed('its paths are too deep');
  let step = from.byte();
  while (step === FORK) {
    take(from, from.byte(), message, found, depth);
    step = from.byte();
  }
  take(from, step, message, found, depth);
}

function take(from: Reader, step: number, message: Message, found: Attestation[], depth: number): void {
  if (step === ATTESTATION) found.push(readAttestation(from, message));
  else follow(from, apply(from, step, message), found, depth + 1);
}

function apply(from: Reader, step: number, { length, bytes }: Message): Message {
  const hash = HASHES.get(step);
  if (hash) return { length: hash.bytes, bytes: bytes && hashed(hash.name, bytes) };
  if (step === APPEND || step === PREPEND) {
    const added = from.counted(MOST_MESSAGE);
    if (added.length === 0) malformed('a step adds nothing');
    const parts = (old: Uint8Array) => (step === APPEND ? concat(old, added) : concat(added, old));
    return limited({ length: length + added.length, bytes: bytes && parts(bytes) });
  }
  if (step === REVERSE) return { length, bytes: bytes === null ? null : bytes.toReversed() };
  if (step === HEXLIFY) return limited({ length: length * 2, bytes: bytes && utf8(toHex(bytes)) });
  return malformed(`step ${step.toString(16)} is not known here`);
}

function hashed(name: OpenTimestamp['hash'], bytes: Uint8Array): Uint8Array | null {
  if (name === 'sha256') return sha256Pure(bytes);
  return name === 'ripemd160' ? ripemd160(bytes) : null;
}

function limited(message: Message): Message {
  return message.length > MOST_MESSAGE ? malformed('a step makes it longer than 4,096 bytes') : message;
}

function readAttestation(from: Reader, { length, bytes }: Message): Attestation {
  const tag = toHex(from.take(8));
  const payload = new Reader(from.counted(MOST_PAYLOAD));
  if (tag === BITCOIN) {
    if (length !== HASH_BYTES) malformed('a block has no Merkle root of another length');
    const height = payload.number();
    if (!payload.isAtEnd()) malformed('bytes follow the height of a block');
    return { kind: 'bitcoin', height, merkleRoot: bytes && toHex(bytes.toReversed()) };
  }
  if (tag === PENDING) {
    const calendar = uriOf(payload.counted(MOST_URI));
    if (!payload.isAtEnd()) malformed('bytes follow the address of a calendar');
    return { kind: 'pending', calendar };
  }
  return { kind: 'unknown', tag };
}

function uriOf(bytes: Uint8Array): string {
  const uri = fromUtf8(bytes);
  return /^[A-Za-z0-9.\-_:/]*$/.test(uri) ? uri : malformed('the address of a calendar has other characters');
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) malformed('it is cut short');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** Seven bits a byte, the lowest first. */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (!Number.isSafeInteger(value)) malformed('a number is too large');
      if (byte < 128) return value;
    }
  }

  counted(most: number): Uint8Array {
    const length = this.number();
    return length > most ? malformed('a part is too long') : this.take(length);
  }
}

function malformed(why: string): never {
  throw new ProofError('malformed-proof', `This is no OpenTimestamps proof that can be read: ${why}.`);
}
