/** A running SHA-256 for what is too large to hold at once, or where no native one can be called synchronously. */
export type RunningSha256 = {
  readonly update: (bytes: Uint8Array) => void;
  /** The digest, 32 bytes. The hasher is used up. */
  readonly digest: () => Uint8Array;
};

const BLOCK_BYTES = 64;
const { ROUND, START } = constants();
/** Memory of {@link sha256Pure}, which never waits: a bundle has ten thousands of small texts, each hashed alone. */
const SCRATCH = {
  state: new Int32Array(8),
  words: new Int32Array(64),
  tail: new Uint8Array(2 * BLOCK_BYTES),
};

/**
 * SHA-256 in plain TypeScript: for the browser, whose own digest is asynchronous.
 *
 * @returns 32 bytes.
 * @source FIPS 180-4 §6.2
 */
export function sha256Pure(bytes: Uint8Array): Uint8Array {
  const { state, words, tail } = SCRATCH;
  state.set(START);
  const whole = bytes.length - (bytes.length % BLOCK_BYTES);
  for (let at = 0; at < whole; at += BLOCK_BYTES) compress(state, words, bytes, at);
  const left = bytes.length - whole;
  tail.fill(0);
  for (let i = 0; i < left; i++) tail[i] = bytes[whole + i]!;
  tail[left] = 0x80;
  const end = left < 56 ? BLOCK_BYTES : 2 * BLOCK_BYTES;
  for (let i = 1, bits = bytes.length * 8; i <= 7; i++, bits = Math.floor(bits / 256)) tail[end - i] = bits;
  for (let at = 0; at < end; at += BLOCK_BYTES) compress(state, words, tail, at);
  return bytesOf(state);
}

/**
 * Starts a running SHA-256.
 *
 * @example const hash = startSha256(); hash.update(a); hash.update(b); hash.digest(); // SHA-256 of a followed by b
 */
export function startSha256(): RunningSha256 {
  const state = START.slice();
  const words = new Int32Array(64);
  const block = new Uint8Array(BLOCK_BYTES);
  let held = 0;
  let total = 0;

  function update(bytes: Uint8Array): void {
    total += bytes.length;
    let at = 0;
    if (held > 0) {
      at = Math.min(BLOCK_BYTES - held, bytes.length);
      block.set(bytes.subarray(0, at), held);
      held += at;
      if (held < BLOCK_BYTES) return;
      compress(state, words, block, 0);
    }
    for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) compress(state, words, bytes, at);
    held = bytes.length - at;
    block.set(bytes.subarray(at), 0);
  }

  function digest(): Uint8Array {
    const bits = total * 8;
    const padding = new Uint8Array((held < 56 ? 64 : 128) - held);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 0x1_0000_0000));
    view.setUint32(padding.length - 4, bits % 0x1_0000_0000);
    update(padding);
    return bytesOf(state);
  }

  return { update, digest };
}

function bytesOf(state: Int32Array): Uint8Array {
  const out = new Uint8Array(32);
  for (let i = 0; i < 32; i++) out[i] = state[i >> 2]! >>> (24 - 8 * (i & 3));
  return out;
}

/** The constants are the fractional parts of roots of primes; computing them shows that nothing is hidden in them. */
function constants(): { ROUND: Int32Array; START: Int32Array } {
  const round = new Int32Array(64);
  const start = new Int32Array(8);
  let found = 0;
  for (let n = 2; found < 64; n++) {
    if (!isPrime(n)) continue;
    if (found < 8) start[found] = fractionBits(n, 2n);
    round[found++] = fractionBits(n, 3n);
  }
  return { ROUND: round, START: start };
}

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
}

/** The first 32 fractional bits of the square (2) or cube (3) root of `n`, by exact integer root of n·2^(32·degree). */
function fractionBits(n: number, degree: bigint): number {
  const target = BigInt(n) << (32n * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= target) low = middle;
    else high = middle;
  }
  return Number(BigInt.asIntN(32, low));
}

/**
 * One block. The working variables stay in locals: an array here costs a factor of three. Eight rounds at a time, because
 * then no variable moves to another; Σ0 and Maj (FIPS 180-4 §4.1.2) stand in the rounds, for more calls are not inlined.
 */
function compress(state: Int32Array, words: Int32Array, bytes: Uint8Array, offset: number): void {
  for (let i = 0; i < 16; i++) {
    const at = offset + i * 4;
    words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15]!;
    const y = words[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i += 8) {
    h = (h + choice(e, f, g) + ROUND[i]! + words[i]!) | 0;
    d = (d + h) | 0;
    h =
      (h +
        (((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) +
        ((a & b) | (c & (a | b)))) |
      0;
    g = (g + choice(d, e, f) + ROUND[i + 1]! + words[i + 1]!) | 0;
    c = (c + g) | 0;
    g =
      (g +
        (((h >>> 2) | (h << 30)) ^ ((h >>> 13) | (h << 19)) ^ ((h >>> 22) | (h << 10))) +
        ((h & a) | (b & (h | a)))) |
      0;
    f = (f + choice(c, d, e) + ROUND[i + 2]! + words[i + 2]!) | 0;
    b = (b + f) | 0;
    f =
      (f +
        (((g >>> 2) | (g << 30)) ^ ((g >>> 13) | (g << 19)) ^ ((g >>> 22) | (g << 10))) +
        ((g & h) | (a & (g | h)))) |
      0;
    e = (e + choice(b, c, d) + ROUND[i + 3]! + words[i + 3]!) | 0;
    a = (a + e) | 0;
    e =
      (e +
        (((f >>> 2) | (f << 30)) ^ ((f >>> 13) | (f << 19)) ^ ((f >>> 22) | (f << 10))) +
        ((f & g) | (h & (f | g)))) |
      0;
    d = (d + choice(a, b, c) + ROUND[i + 4]! + words[i + 4]!) | 0;
    h = (h + d) | 0;
    d =
      (d +
        (((e >>> 2) | (e << 30)) ^ ((e >>> 13) | (e << 19)) ^ ((e >>> 22) | (e << 10))) +
        ((e & f) | (g & (e | f)))) |
      0;
    c = (c + choice(h, a, b) + ROUND[i + 5]! + words[i + 5]!) | 0;
    g = (g + c) | 0;
    c =
      (c +
        (((d >>> 2) | (d << 30)) ^ ((d >>> 13) | (d << 19)) ^ ((d >>> 22) | (d << 10))) +
        ((d & e) | (f & (d | e)))) |
      0;
    b = (b + choice(g, h, a) + ROUND[i + 6]! + words[i + 6]!) | 0;
    f = (f + b) | 0;
    b =
      (b +
        (((c >>> 2) | (c << 30)) ^ ((c >>> 13) | (c << 19)) ^ ((c >>> 22) | (c << 10))) +
        ((c & d) | (e & (c | d)))) |
      0;
    a = (a + choice(f, g, h) + ROUND[i + 7]! + words[i + 7]!) | 0;
    e = (e + a) | 0;
    a =
      (a +
        (((b >>> 2) | (b << 30)) ^ ((b >>> 13) | (b << 19)) ^ ((b >>> 22) | (b << 10))) +
        ((b & c) | (d & (b | c)))) |
      0;
  }
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
  state[4] = (state[4]! + e) | 0;
  state[5] = (state[5]! + f) | 0;
  state[6] = (state[6]! + g) | 0;
  state[7] = (state[7]! + h) | 0;
}

/** FIPS 180-4 §4.1.2: Σ1(e) + Ch(e, f, g). */
function choice(e: number, f: number, g: number): number {
  const turned = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
  return (turned + (g ^ (e & (f ^ g)))) | 0;
}
