import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** What a shot of the chat may be: a bare PNG, cropped and encoded anew by the page that took it. */
export type ShotRefusal = 'shot-not-bare' | 'shot-too-large';

export const SHOT_LIMIT_BYTES = 5 << 20;
/** Neutral: the name that the file had, and the folder it lay in, are nobody's business. */
export const SHOT_NAME = 'shot.png';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** The picture itself. Everything else says something about where it came from. @source PNG (W3C) §11 */
const PICTURE_CHUNKS: readonly string[] = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

/**
 * Decides whether a shot holds its picture and nothing else: no EXIF, no text, no time, no profile, nothing behind the end.
 *
 * @param bytes from a browser, so anything at all
 */
export function decideShot(bytes: Uint8Array): Outcome<Uint8Array, ShotRefusal> {
  if (bytes.length > SHOT_LIMIT_BYTES) return refuse('shot-too-large', { limitMb: SHOT_LIMIT_BYTES >> 20 });
  const chunks = chunksOf(bytes);
  const isBare = chunks?.at(-1) === 'IEND' && chunks.every((chunk) => PICTURE_CHUNKS.includes(chunk));
  return isBare ? accept(bytes) : refuse('shot-not-bare');
}

/** The types of the chunks up to the last byte; null when they do not come out even. */
function chunksOf(bytes: Uint8Array): readonly string[] | null {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const types: string[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    types.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)));
    at += 12 + view.getUint32(at);
  }
  return at === bytes.length ? types : null;
}
