import { fromUtf8 } from './bytes.ts';

/** Copies bytes to where they stay. */
export type Keep = (bytes: Uint8Array) => Uint8Array;

const KEPT_TOGETHER_BYTES = 1 << 22;

/** Copies bytes to where they stay; small ones side by side, for an array of its own costs more than they do. */
export function keeper(): Keep {
  let place = new Uint8Array(0);
  let used = 0;
  return (bytes) => {
    if (bytes.length > KEPT_TOGETHER_BYTES / 4) return bytes.slice();
    if (used + bytes.length > place.length) {
      place = new Uint8Array(KEPT_TOGETHER_BYTES);
      used = 0;
    }
    place.set(bytes, used);
    used += bytes.length;
    return place.subarray(used - bytes.length, used);
  };
}

/**
 * Reads kept bytes as text, once nothing more is kept. Ten thousands of calls to the decoder cost more than all that they
 * decode: what lies side by side is decoded at once, and where all of it is ASCII each text is a part of that one.
 *
 * @returns A function that throws ProofError `bad-encoding` where bytes are not UTF-8.
 */
export function reader(): (kept: Uint8Array) => string {
  const together = new Map<ArrayBufferLike, string | null>();
  return (kept) => {
    if (kept.byteLength === kept.buffer.byteLength) return fromUtf8(kept);
    let whole = together.get(kept.buffer);
    if (whole === undefined) {
      whole = asciiOf(new Uint8Array(kept.buffer));
      together.set(kept.buffer, whole);
    }
    return whole?.slice(kept.byteOffset, kept.byteOffset + kept.byteLength) ?? fromUtf8(kept);
  };
}

/** A lenient decoder, for one damaged text must not hide that those beside it are well. */
function asciiOf(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const isAscii = text.length === bytes.length && !text.includes('\u{fffd}');
  return isAscii ? text : null;
}
