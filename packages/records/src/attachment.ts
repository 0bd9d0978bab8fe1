import { readCms } from './cms.ts';
import type { ByteRange } from './issue.ts';
import { packedAt } from './outlook/packed.ts';
import { asBuffer } from './source.ts';
import { decodeBase64, decodeTransfer, decodeTransferBriefly, type TransferEncoding } from './transfer.ts';

/** A file inside a message; its bytes stay where they are until they are asked for. */
export type Attachment = {
  /** As stated, for display only: never a path to open. */
  readonly name: string | null;
  readonly mediaType: string;
  /** Of the unpacked bytes. */
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly contentId: string | null;
  readonly disposition: string | null;
  /** The packed bytes inside the message. */
  readonly range: ByteRange;
  readonly encoding: TransferEncoding;
  /** Which file it is in the .msg or winmail.dat that lies there; absent when the range is the file itself. */
  readonly inside?: number;
  /** Where it lies in what the opaque signature (`smime.p7m`) at `range` holds; absent when the range is the file itself. */
  readonly sealed?: AttachmentPlace;
};

/** Where an attachment's bytes are. */
export type AttachmentPlace = Pick<Attachment, 'range' | 'encoding' | 'inside' | 'sealed'>;

/** A hash that is fed in pieces; `hex` ends it. */
export type Hasher = { update(bytes: Uint8Array): void; hex(): string };

const NOTHING = new Uint8Array();
const CHUNK = 768 * 1024;
const LF = 10;
const CR = 13;

/** The unpacked bytes of an attachment; for large ones prefer {@link attachmentChunks}. May be a view of `message`. */
export function attachmentBytes(message: Uint8Array, attachment: AttachmentPlace): Uint8Array {
  if (attachment.inside !== undefined && !attachment.sealed)
    return packedAt(message, attachment)?.files[attachment.inside]?.bytes ?? NOTHING;
  const packed = asBuffer(message).subarray(attachment.range.start, attachment.range.end);
  const isLong = attachment.encoding === 'base64' && packed.length > CHUNK;
  // Damaged base64 must give what was measured, which was read in pieces.
  const bytes = isLong
    ? Buffer.concat([...base64Chunks(packed)])
    : decodeTransfer(packed, attachment.encoding);
  return attachment.sealed ? attachmentBytes(readCms(bytes)?.content ?? NOTHING, attachment.sealed) : bytes;
}

/** The same, in pieces of about half a megabyte, so that no second copy of a large attachment is held. */
export function* attachmentChunks(message: Uint8Array, attachment: AttachmentPlace): Generator<Uint8Array> {
  const packed = asBuffer(message).subarray(attachment.range.start, attachment.range.end);
  if (attachment.inside !== undefined || attachment.sealed) {
    yield attachmentBytes(message, attachment);
  } else if (packed.length <= CHUNK || /^(?:uuencode|yenc)$/.test(attachment.encoding)) {
    yield decodeTransfer(packed, attachment.encoding);
  } else if (attachment.encoding === 'base64') {
    yield* base64Chunks(packed);
  } else if (attachment.encoding === 'quoted-printable') {
    for (let at = 0; at < packed.length; ) {
      const stop = afterLine(packed, at + CHUNK);
      yield decodeTransfer(packed.subarray(at, stop), 'quoted-printable');
      at = stop;
    }
  } else {
    yield packed;
  }
}

/** The end of the line that `from` is in, so that no soft line break is cut. */
function afterLine(packed: Buffer, from: number): number {
  if (from >= packed.length) return packed.length;
  const lf = packed.indexOf(LF, from);
  return lf < 0 ? packed.length : lf + 1;
}

/** Regular lines of whole groups are decoded at once; whatever else occurs goes through a filter that carries over. */
function* base64Chunks(packed: Buffer): Generator<Uint8Array> {
  let carry = '';
  for (let at = 0; at < packed.length; ) {
    const stop = afterLine(packed, at + CHUNK);
    const chunk = packed.subarray(at, stop);
    at = stop;
    const characters = carry === '' ? regularCharacters(chunk) : -1;
    const direct = characters < 0 ? null : Buffer.from(chunk.toString('latin1'), 'base64');
    // Anything foreign in those lines shows as bytes that are missing.
    if (direct && direct.length === (characters / 4) * 3) {
      yield direct;
      continue;
    }
    const text = carry + chunk.toString('latin1').replace(/[^A-Za-z0-9+/=]+/g, '');
    const isLast = at >= packed.length;
    const open = isLast ? 0 : (text.length - text.lastIndexOf('=') - 1) % 4;
    carry = open === 0 ? '' : text.slice(-open);
    yield decodeBase64(Buffer.from(open === 0 ? text : text.slice(0, -open), 'latin1'));
  }
}

/** How many characters the chunk holds if all its lines are equally long, of whole groups, without padding; else -1. */
function regularCharacters(chunk: Buffer): number {
  const lf = chunk.indexOf(LF);
  const ending = lf > 0 && chunk[lf - 1] === CR ? 2 : 1;
  const line = lf - ending + 1;
  const whole = line + ending;
  if (lf < 4 || line % 4 !== 0 || chunk.length % whole !== 0 || chunk.includes(61)) return -1;
  for (let at = lf; at < chunk.length; at += whole) {
    if (chunk[at] !== LF) return -1;
  }
  return (chunk.length / whole) * line;
}

/** Hashes and measures an attachment in one pass. */
export function measure(
  message: Buffer,
  attachment: Pick<Attachment, 'range' | 'encoding'>,
  hash: () => Hasher,
): { readonly sizeBytes: number; readonly sha256: string } {
  const hasher = hash();
  const { start, end } = attachment.range;
  if (end - start <= CHUNK) {
    const plain = decodeTransferBriefly(message.subarray(start, end), attachment.encoding);
    hasher.update(plain);
    return { sizeBytes: plain.length, sha256: hasher.hex() };
  }
  let sizeBytes = 0;
  for (const chunk of attachmentChunks(message, attachment)) {
    sizeBytes += chunk.length;
    hasher.update(chunk);
  }
  return { sizeBytes, sha256: hasher.hex() };
}
