export const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a] as const;
export const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d] as const;
/** Deeper than any real entry. */
export const MAX_DEPTH = 96;

/** Why a value cannot be passed over: bytes that JSON does not have, or brackets inside each other for ever. */
export type PassFault = 'damaged' | 'deep';
/** How far the way over one value has come; it goes on in the next window. */
export type Passing = {
  readonly open: Uint8Array;
  depth: number;
  inString: boolean;
  escaped: boolean;
  done: boolean;
  fault: PassFault | null;
};

/** @param open Scratch space of {@link MAX_DEPTH} bytes, which may be used again for the next value. */
export function startPassing(open: Uint8Array): Passing {
  return { open, depth: 0, inString: false, escaped: false, done: false, fault: null };
}

/** Passes over bytes until the value or the window ends; returns the place reached. */
export function pass(bytes: Buffer, from: number, s: Passing): number {
  const { length } = bytes;
  let i = from;
  while (i < length) {
    if (s.inString) {
      i = passString(bytes, i, s);
      if (s.inString) return i;
      if (s.depth === 0) return end(s, i);
      continue;
    }
    const byte = bytes[i]!;
    if (byte === QUOTE) s.inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (s.depth === MAX_DEPTH) return broken(s, i, 'deep');
      s.open[s.depth++] = byte + 2;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (s.depth === 0) return end(s, i);
      if (s.open[--s.depth] !== byte) return broken(s, i, 'damaged');
      if (s.depth === 0) return end(s, i + 1);
    } else if (s.depth === 0) {
      if (byte === COMMA || isBlank(byte)) return end(s, i);
      if (!isWord(byte)) return broken(s, i, 'damaged');
    } else if (!isWord(byte) && !isBlank(byte) && byte !== COMMA && byte !== COLON) {
      return broken(s, i, 'damaged');
    }
    i++;
  }
  return i;
}

function passString(bytes: Buffer, from: number, s: Passing): number {
  let i = from;
  if (s.escaped) {
    s.escaped = false;
    i++;
  }
  for (; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      s.inString = false;
      return i + 1;
    }
    if (byte === BACKSLASH && ++i === bytes.length) s.escaped = true;
  }
  return bytes.length;
}

function end(s: Passing, i: number): number {
  s.done = true;
  return i;
}

function broken(s: Passing, i: number, fault: PassFault): number {
  s.fault = fault;
  return i;
}

export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

const WORDS = wordBytes('0123456789+-.eEtrufalsn');

/** Bytes of numbers and of true, false and null; any other letter outside of a string is damage. */
function isWord(byte: number): boolean {
  return WORDS[byte] === 1;
}

function wordBytes(letters: string): Uint8Array {
  const set = new Uint8Array(256);
  for (const byte of Buffer.from(letters, 'latin1')) set[byte] = 1;
  return set;
}
