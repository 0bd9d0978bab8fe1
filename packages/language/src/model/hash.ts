/** Start of a hash of code units (FNV-1a, 32 bits, over 16-bit units). */
export const HASH_START = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** One more code unit. */
export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, PRIME);
}

/** The hash of a word or a name. */
export function hashOf(text: string): number {
  let hash = HASH_START;
  for (let at = 0; at < text.length; at += 1) hash = hashUnit(hash, text.charCodeAt(at));
  return hash;
}

/** Spreads a hash over all its bits, so that the low ones can be used as a place in a table (murmur3's last step). */
export function spread(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** The hash of a phrase and its next word. */
export function hashPair(left: number, right: number): number {
  return Math.imul(Math.imul(left ^ 0x9e3779b9, PRIME) ^ right, 0x27d4eb2f) ^ (left >>> 15);
}
