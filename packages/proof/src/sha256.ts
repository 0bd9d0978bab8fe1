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

/** One block. The working variables stay in locals: an array here costs a factor of three. */
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
  for (let i = 0; i < 64; i++) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + S1 + ((e & f) ^ (~e & g)) + ROUND[i]! + words[i]!) | 0;
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
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
