/** One element of ASN.1 in DER or BER. Offsets are into the bytes that were read; `end` is the content's, `stop` the element's. */
export type Der = {
  readonly tag: number;
  readonly isConstructed: boolean;
  readonly start: number;
  readonly end: number;
  readonly stop: number;
};

/** Deeper nesting than any honest signature has. */
const DEEPEST = 32;
const LARGEST_LENGTH = 2 ** 31;

/**
 * Reads the element at `at`. Never throws.
 *
 * @param tag Of the result: the whole first byte without its constructed bit, so `0x80` is `[0]`.
 * @returns null when there is no whole element there; an indefinite length is followed to its end.
 * @source X.690 8.1
 */
export function readDer(bytes: Buffer, at: number, limit: number, depth = 0): Der | null {
  if (at + 2 > limit || depth > DEEPEST) return null;
  const first = bytes[at]!;
  if ((first & 31) === 31) return null;
  const isConstructed = (first & 32) !== 0;
  const tag = first & ~32;
  const length = bytes[at + 1]!;
  if (length === 0x80) {
    const end = isConstructed ? endOfContents(bytes, at + 2, limit, depth) : null;
    return end === null ? null : { tag, isConstructed, start: at + 2, end, stop: end + 2 };
  }
  const octets = length < 0x80 ? 0 : length & 0x7f;
  if (octets > 6 || at + 2 + octets > limit) return null;
  const size = octets === 0 ? length : bytes.readUIntBE(at + 2, octets);
  const start = at + 2 + octets;
  if (size > LARGEST_LENGTH || start + size > limit) return null;
  return { tag, isConstructed, start, end: start + size, stop: start + size };
}

/** Where the two zero bytes stand that end an indefinite length. */
function endOfContents(bytes: Buffer, from: number, limit: number, depth: number): number | null {
  for (let at = from; at + 2 <= limit; ) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return at;
    const inner = readDer(bytes, at, limit, depth + 1);
    if (!inner) return null;
    at = inner.stop;
  }
  return null;
}

/** The elements inside one, up to the first that is damaged. */
export function derInside(bytes: Buffer, outer: Der): readonly Der[] {
  const found: Der[] = [];
  for (let at = outer.start; at < outer.end; ) {
    const inner = readDer(bytes, at, outer.end);
    if (!inner) break;
    found.push(inner);
    at = inner.stop;
  }
  return found;
}

/** The bytes of a string, also of one that is sent in pieces. */
export function derString(bytes: Buffer, element: Der, depth = 0): Buffer {
  if (!element.isConstructed) return bytes.subarray(element.start, element.end);
  if (depth > DEEPEST) return Buffer.alloc(0);
  return Buffer.concat(derInside(bytes, element).map((piece) => derString(bytes, piece, depth + 1)));
}
