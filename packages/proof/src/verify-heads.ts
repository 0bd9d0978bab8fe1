import type { Sha256 } from './bytes.ts';
import { equalBytes } from './bytes.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { Wrong } from './findings.ts';
import { LEAF_BYTES } from './leaf.ts';
import { parseNote } from './note.ts';
import { appendToRange, emptyRange, leafHash, rootOfRange } from './tree.ts';
import { parseVkey } from './vkey.ts';

/** A key of the log, and the entry by which it handed the log over; null for the one that signs now. */
export type KnownKey = { readonly vkey: string; readonly until: number | null };

const AT_ONCE = 4096;

/** Roots of a log at sizes it has reached; each leaf is hashed once. Sizes beyond the leaves have none. */
export function rootsAt(
  sha256: Sha256,
  leaves: Uint8Array,
  sizes: Iterable<number>,
): ReadonlyMap<number, Uint8Array> {
  const roots = new Map<number, Uint8Array>();
  let range = emptyRange;
  for (const size of [...new Set(sizes)].sort((a, b) => a - b)) {
    if (size * LEAF_BYTES > leaves.length) break;
    while (range.size < size) {
      const hashes: Uint8Array[] = [];
      for (let at = range.size; at < Math.min(size, range.size + AT_ONCE); at++)
        hashes.push(leafHash(sha256, leaves.subarray(at * LEAF_BYTES, (at + 1) * LEAF_BYTES)));
      range = appendToRange(sha256, range, hashes);
    }
    roots.set(size, rootOfRange(sha256, range));
  }
  return roots;
}

/**
 * Opens an earlier head of the log, by the key that was in force then.
 *
 * @throws Wrong `wrong-stamp` when a key signed it that had given the log away; ProofError as of a checkpoint
 */
export async function openHead(note: string, keys: readonly KnownKey[]): Promise<Checkpoint> {
  const { signatures } = parseNote(note);
  const isSigner = ({ vkey }: KnownKey) => {
    const { name, keyId } = parseVkey(vkey);
    return signatures.some((line) => line.name === name && equalBytes(line.keyId, keyId));
  };
  const key = keys.find(isSigner) ?? keys.at(-1);
  if (!key) throw new Wrong('wrong-stamp', 'Without the key of the log its head cannot be looked at.');
  const head = await openCheckpoint(note, key.vkey);
  if (key.until !== null && head.size > key.until)
    throw new Wrong('wrong-stamp', 'The head was signed by a key that had handed the log over before.');
  return head;
}
