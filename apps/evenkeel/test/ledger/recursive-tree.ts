import { createHash } from 'node:crypto';

/** The tree as RFC 6962 section 2.1 defines it, to compare with. */
export function recursiveRoot(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return digest();
  if (hashes.length === 1) return hashes[0]!;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return digest(Buffer.of(1), recursiveRoot(hashes.slice(0, split)), recursiveRoot(hashes.slice(split)));
}

export function leafHashOf(leaf: Uint8Array): Buffer {
  return digest(Buffer.of(0), leaf);
}

function digest(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
