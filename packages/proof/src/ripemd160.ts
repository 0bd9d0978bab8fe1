/** Which word of the block each step takes, and how far it turns: sixteen steps a round, one hexadecimal digit each. */
const LEFT = table(
  ['0123456789abcdef', '74d1a6f3c0952eb8', '3ae49f812706db5c', '19ba08c4d37fe562', '40597c2ae138b6fd'],
  ['befc5879bdef6798', '768db97f7cf9b7dc', 'bd67e9dfe8d65c75', 'bcefef989e56865c', '9f5b68dc5cdeb856'],
);
const RIGHT = table(
  ['5e7092b4d6f81a3c', '6b370d5aef8c4912', 'f5137e69b8c2a04d', '86413bf05c2d97ae', 'cfa4158762de039b'],
  ['899bdff5778beec6', '9df7c89b77c76fdb', '97fb866ecd5edd75', 'f58bee6e69c9c5f8', '85c9c5e68d65fdbb'],
);
const LEFT_ADDED = [0x00000000, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e];
const RIGHT_ADDED = [0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0x00000000];
const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
const BLOCK_BYTES = 64;

type Step = { readonly word: number; readonly turn: number };

/**
 * RIPEMD-160, 20 bytes. Old proofs of time lead through the address of a payment, which is made with it; nothing of ours is
 * hashed so.
 *
 * @source Dobbertin, Bosselaers, Preneel: RIPEMD-160, a strengthened version of RIPEMD (1996), appendix A
 */
export function ripemd160(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes);
  let state = START;
  for (let at = 0; at < view.byteLength; at += BLOCK_BYTES) {
    const words = Array.from({ length: 16 }, (_, i) => view.getUint32(at + i * 4, true));
    const left = line(state, words, LEFT, LEFT_ADDED, false);
    const right = line(state, words, RIGHT, RIGHT_ADDED, true);
    state = state.map((_, i) => (state[(i + 1) % 5]! + left[(i + 2) % 5]! + right[(i + 3) % 5]!) | 0);
  }
  const digest = new DataView(new ArrayBuffer(20));
  for (const [i, word] of state.entries()) digest.setUint32(i * 4, word, true);
  return new Uint8Array(digest.buffer);
}

function line(
  state: readonly number[],
  words: readonly number[],
  steps: readonly Step[],
  added: readonly number[],
  isRight: boolean,
): readonly number[] {
  let [a, b, c, d, e] = state as [number, number, number, number, number];
  for (const [i, { word, turn }] of steps.entries()) {
    const round = i >> 4;
    const mixed = mix(isRight ? 4 - round : round, b, c, d);
    const turned = turnLeft((a + mixed + words[word]! + added[round]!) | 0, turn) + e;
    [a, e, d, c, b] = [e, d, turnLeft(c, 10), b, turned | 0];
  }
  return [a, b, c, d, e];
}

function mix(round: number, x: number, y: number, z: number): number {
  if (round === 0) return x ^ y ^ z;
  if (round === 1) return (x & y) | (~x & z);
  if (round === 2) return (x | ~y) ^ z;
  return round === 3 ? (x & z) | (y & ~z) : x ^ (y | ~z);
}

function turnLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** With a bit behind the message, and its length in bits at the end. */
function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / BLOCK_BYTES) * BLOCK_BYTES;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(length - 8, bytes.length * 8, true);
  return view;
}

function table(words: readonly string[], turns: readonly string[]): readonly Step[] {
  const digits = [...turns.join('')];
  return [...words.join('')].map((word, i) => ({
    word: Number.parseInt(word, 16),
    turn: Number.parseInt(digits[i]!, 16),
  }));
}
