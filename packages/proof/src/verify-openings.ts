import {
  type Envelope,
  type Exhibit,
  type Manifest,
  type OpeningFile,
  openingPath,
  PATH,
  proofPath,
  readEnvelope,
  readOpening,
  type StreamKey,
} from './bundle-format.ts';
import { equalBytes, fromHex, type Sha256, toHex, utf8 } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { Wrong } from './findings.ts';
import { verifyInclusion } from './inclusion.ts';
import type { KnownTree } from './known-tree.ts';
import { decodeLeaf, envelopeCommitment, LEAF_BYTES, objectCommitment, tagMaker } from './leaf.ts';
import { parseTlogProof, tlogProofText } from './tlog-proof.ts';
import { leafHash } from './tree.ts';
import type { FoundFiles } from './verify-files.ts';
import type { FoundLog } from './verify-log.ts';
import type { Findings } from './verify-report.ts';

/** An entry that was opened and holds: its envelope is the one that its leaf commits to. */
export type OpenedEntry = { readonly opening: OpeningFile; readonly envelope: Envelope };

/** Everything that the checks of single entries look at. */
export type Scene = {
  readonly sha256: Sha256;
  readonly findings: Findings;
  readonly files: FoundFiles;
  readonly log: FoundLog;
  readonly manifest: Manifest;
  readonly streams: readonly StreamKey[];
};

type TagMakers = ReadonlyMap<string, (seq: number) => Uint8Array>;

const OPENING = /^openings\/(0|[1-9][0-9]*)\.json$/;
const PROOF = /^proofs\/(0|[1-9][0-9]*)\.tlog-proof$/;

/**
 * Follows every opened entry: exhibit → object → envelope → leaf → root.
 *
 * @returns The entries that hold, by index.
 */
export function checkOpenings(scene: Scene): ReadonlyMap<number, OpenedEntry> {
  const { files, findings } = scene;
  const noteBytes = utf8(scene.log.note ?? '');
  const tags = tagMakersOf(scene);
  const exhibits = new Map(scene.manifest.exhibits.map((exhibit) => [exhibit.path, exhibit]));
  const opened = new Map<number, OpenedEntry>();
  for (const path of files.all.keys()) {
    const [, digits] = OPENING.exec(path) ?? [];
    if (digits === undefined) {
      checkNamed(path, scene);
      continue;
    }
    const entry = findings.attempt(path, 'malformed', () =>
      checkOpening(scene, { index: Number(digits), path, tags, exhibits }),
    );
    if (entry !== null) opened.set(entry.opening.index, entry);
    findings.attempt(proofPath(Number(digits)), 'wrong-proof', () =>
      checkProof(scene, Number(digits), noteBytes),
    );
  }
  checkExhibits(scene, exhibits, opened);
  return opened;
}

type Place = {
  readonly index: number;
  readonly path: string;
  readonly tags: TagMakers;
  readonly exhibits: ReadonlyMap<string, Exhibit>;
};

function checkOpening(scene: Scene, { index, path, tags, exhibits }: Place): OpenedEntry {
  const { sha256, files, log } = scene;
  const text = files.text(path);
  if (text === null) throw new Wrong('malformed', 'The opening cannot be read.');
  const opening = readOpening(text);
  if (opening.index !== index) throw new Wrong('malformed', `The opening is of entry ${opening.index}.`);
  const leaf = leafAt(log.leaves, index);
  const envelope = openEnvelope(sha256, opening, leaf);
  checkTag(opening, leaf, tags);
  for (const object of opening.objects) {
    if (object.path === null || object.r === null) continue;
    checkObject(scene, exhibits.get(object.path), { ...object, path: object.path, r: object.r, index });
  }
  return { opening, envelope };
}

/** Checks that an envelope is the one its leaf commits to, and that the opening repeats it rightly. */
export function openEnvelope(sha256: Sha256, opening: OpeningFile, leaf: Uint8Array): Envelope {
  const commit = envelopeCommitment(sha256, fromHex(opening.r), sha256(opening.envelope));
  if (!equalBytes(commit, decodeLeaf(leaf).commit)) {
    throw new Wrong('wrong-envelope', 'The envelope is not the one that the log holds.');
  }
  const envelope = readEnvelope(opening.envelope);
  const objects = opening.objects.map(({ commitment }) => commitment);
  const repeats = envelope.kind === opening.kind && envelope.stream === opening.stream;
  if (!repeats || objects.join() !== envelope.objects.join()) {
    throw new Wrong('wrong-envelope', 'The opening says other things than its envelope.');
  }
  return envelope;
}

function checkTag({ stream, seq }: OpeningFile, leaf: Uint8Array, tags: TagMakers): void {
  const makeTag = tags.get(stream);
  if (makeTag === undefined && seq === null) return;
  if (makeTag === undefined || seq === null) {
    throw new Wrong('wrong-tag', 'The opening has a number without a stream key, or the reverse.');
  }
  if (!equalBytes(makeTag(seq), decodeLeaf(leaf).tag)) {
    throw new Wrong('wrong-tag', `The entry is not number ${seq} of its stream.`);
  }
}

type Shown = {
  readonly commitment: string;
  readonly r: string;
  readonly path: string;
  readonly index: number;
};

/** What is wrong with an exhibit's bytes is the exhibit's fault, and not that of the opening. */
function checkObject({ sha256, files, findings }: Scene, exhibit: Exhibit | undefined, object: Shown): void {
  const file = files.all.get(object.path);
  if (exhibit === undefined || exhibit.index !== object.index || exhibit.object !== object.commitment) {
    throw new Wrong('wrong-object', `The manifest has ${object.path} as the exhibit of another entry.`);
  }
  if (file === undefined || findings.hasFailed(object.path)) return;
  const commitment = objectCommitment(sha256, fromHex(object.r), file.sizeBytes, fromHex(file.sha256));
  if (toHex(commitment) !== object.commitment) {
    findings.fail(object.path, 'wrong-object', `${object.path} is not the file that the log holds.`);
  }
}

/** Every exhibit must be the object of an opened entry, and agree with what the manifest says. */
function checkExhibits(
  { files, findings, manifest }: Scene,
  exhibits: ReadonlyMap<string, Exhibit>,
  opened: ReadonlyMap<number, OpenedEntry>,
): void {
  const proven = new Set<string>();
  for (const { opening } of opened.values()) {
    for (const { path } of opening.objects) if (path !== null) proven.add(path);
  }
  if (exhibits.size < manifest.exhibits.length) {
    findings.fail(PATH.manifest, 'malformed', 'It lists an exhibit twice.');
  }
  for (const path of files.all.keys()) {
    if (path.startsWith('exhibits/') && !exhibits.has(path)) {
      findings.fail(path, 'unproven-exhibit', `${path} is no exhibit of this bundle.`);
    }
  }
  for (const exhibit of manifest.exhibits) {
    const file = files.all.get(exhibit.path);
    if (file === undefined || findings.hasFailed(exhibit.path)) continue;
    if (!proven.has(exhibit.path)) {
      findings.fail(exhibit.path, 'unproven-exhibit', `No opened entry proves ${exhibit.bates}.`);
    } else if (file.sizeBytes !== exhibit.sizeBytes || file.sha256 !== exhibit.sha256) {
      findings.fail(
        exhibit.path,
        'changed-bytes',
        `${exhibit.path} is not the exhibit that the manifest describes.`,
      );
    }
  }
}

function checkProof({ sha256, files, log }: Scene, index: number, noteBytes: Uint8Array): void {
  const { head, note, tree } = log;
  const path = proofPath(index);
  const known = tree === null || head === null ? null : proofIn(tree, index);
  if (known !== null && files.isExactly(path, known, noteBytes)) return;
  const text = files.text(path);
  if (text === null) throw new Wrong('missing-file', 'An opened entry has no proof.');
  if (head === null || note === null) return;
  followProof(sha256, text, { index, leaf: leafAt(log.leaves, index), note, head });
}

/**
 * The one proof of a leaf in a tree whose root was compared, up to its checkpoint; any other text has something wrong, and
 * is told what.
 */
function proofIn(tree: KnownTree, index: number): string | null {
  return index < tree.size ? tlogProofText({ index, lines: tree.proofLines(index), checkpoint: '' }) : null;
}

export type Goal = { index: number; leaf: Uint8Array; note: string; head: Checkpoint };

/** A proof must carry the very note whose signature was checked: that is done once, and not for each proof. */
export function followProof(sha256: Sha256, text: string, { index, leaf, note, head }: Goal): void {
  const proof = parseTlogProof(text);
  if (proof.extra !== undefined)
    throw new Wrong('wrong-proof', 'The proof carries bytes that nothing covers.');
  if (proof.index !== index) throw new Wrong('wrong-proof', `The proof is of entry ${proof.index}.`);
  if (proof.checkpoint !== note) throw new Wrong('wrong-proof', 'The proof leads to another checkpoint.');
  verifyInclusion(sha256, {
    index,
    size: head.size,
    root: head.root,
    leafHash: leafHash(sha256, leaf),
    proof: proof.hashes,
  });
}

/** Openings and proofs come in pairs, and their names have one spelling. */
function checkNamed(path: string, { files, findings }: Scene): void {
  if (!path.startsWith('openings/') && !path.startsWith('proofs/')) return;
  const [, digits] = PROOF.exec(path) ?? [];
  if (digits !== undefined && files.all.has(openingPath(Number(digits)))) return;
  findings.fail(path, 'unlisted-file', `${path} belongs to no opened entry.`);
}

function leafAt(leaves: Uint8Array, index: number): Uint8Array {
  const leaf = leaves.subarray(index * LEAF_BYTES, (index + 1) * LEAF_BYTES);
  if (leaf.length !== LEAF_BYTES)
    throw new Wrong('wrong-leaf', `The log of this bundle has no entry ${index}.`);
  return leaf;
}

function tagMakersOf({ sha256, streams }: Scene): TagMakers {
  return new Map(streams.map(({ name, key }) => [name, tagMaker(sha256, fromHex(key))]));
}
