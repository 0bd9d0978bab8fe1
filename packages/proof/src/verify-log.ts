import { type Manifest, PATH } from './bundle-format.ts';
import { equalBytes, type Sha256 } from './bytes.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { attemptAsync, Wrong } from './findings.ts';
import { type KnownTree, knownTree } from './known-tree.ts';
import { decodeLeaf, LEAF_BYTES } from './leaf.ts';
import { appendToRange, emptyRange, leafHash, type Range, rootOfRange } from './tree.ts';
import type { FoundFiles } from './verify-files.ts';
import type { Findings } from './verify-report.ts';
import { parseVkey } from './vkey.ts';

/** What the bundle brings of its log. `head` and `note` are null where the signature does not hold. */
export type FoundLog = {
  readonly vkey: string | null;
  readonly head: Checkpoint | null;
  readonly note: string | null;
  /** 69 bytes each, end to end. */
  readonly leaves: Uint8Array;
  /** The tree of the leaves; null where it is not the head's, or too large to be kept. */
  readonly tree: KnownTree | null;
};

const BATCH = 4096;
/** Of a larger log each proof is followed by itself. */
const MOST_KEPT_LEAVES = 1 << 21;

/** Checks the log's key, the signature of its head, and that the head's root is the root of the leaves. */
export async function checkLog(
  files: FoundFiles,
  manifest: Manifest | null,
  { sha256, findings }: { sha256: Sha256; findings: Findings },
): Promise<FoundLog> {
  const vkey = readKey(files, manifest, findings);
  const note = files.text(PATH.checkpoint);
  const head =
    vkey === null || note === null
      ? null
      : await attemptAsync(findings, [PATH.checkpoint, 'bad-checkpoint'], () => openCheckpoint(note, vkey));
  if (head !== null && manifest !== null && head.origin !== manifest.origin) {
    findings.fail(PATH.manifest, 'malformed', 'The manifest names the origin of another log.');
  }
  const leaves = files.leaves;
  const tree =
    head === null
      ? null
      : findings.attempt(PATH.leaves, 'wrong-root', () => checkLeaves(sha256, leaves, head));
  return { vkey, head, note: head === null ? null : note, leaves, tree };
}

function readKey(files: FoundFiles, manifest: Manifest | null, findings: Findings): string | null {
  const text = files.text(PATH.logKey);
  if (text === null) return null;
  const vkey = text.slice(0, -1);
  if (text !== `${vkey}\n`) {
    findings.fail(PATH.logKey, 'bad-key', 'The key is not one line.');
    return null;
  }
  if (findings.attempt(PATH.logKey, 'bad-key', () => parseVkey(vkey)) === null) return null;
  if (manifest !== null && manifest.vkey !== vkey) {
    findings.fail(PATH.logKey, 'bad-key', 'The manifest names another key.');
  }
  return vkey;
}

function checkLeaves(sha256: Sha256, leaves: Uint8Array, head: Checkpoint): KnownTree | null {
  if (leaves.length !== head.size * LEAF_BYTES) {
    throw new Wrong('wrong-root', `There are not ${head.size} leaves of 69 bytes.`);
  }
  const isKept = head.size > 0 && head.size <= MOST_KEPT_LEAVES;
  if (isKept) checkKinds(leaves);
  const tree = isKept ? knownTree(sha256, leaves, LEAF_BYTES) : null;
  if (!equalBytes(tree?.root ?? rootOfLeaves(sha256, leaves, head.size), head.root)) {
    throw new Wrong('wrong-root', 'The leaves are not those that the checkpoint was signed for.');
  }
  return tree;
}

function checkKinds(leaves: Uint8Array): void {
  for (let at = 0; at < leaves.length; at += LEAF_BYTES) decodeLeaf(leaves.subarray(at, at + LEAF_BYTES));
}

function rootOfLeaves(sha256: Sha256, leaves: Uint8Array, size: number): Uint8Array {
  let range = emptyRange;
  while (range.size < size) range = appendLeaves(sha256, range, leaves);
  return rootOfRange(sha256, range);
}

function appendLeaves(sha256: Sha256, range: Range, leaves: Uint8Array): Range {
  const hashes: Uint8Array[] = [];
  const end = Math.min(leaves.length, (range.size + BATCH) * LEAF_BYTES);
  for (let at = range.size * LEAF_BYTES; at < end; at += LEAF_BYTES) {
    const leaf = leaves.subarray(at, at + LEAF_BYTES);
    decodeLeaf(leaf);
    hashes.push(leafHash(sha256, leaf));
  }
  return appendToRange(sha256, range, hashes);
}
