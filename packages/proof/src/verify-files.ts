import {
  BUNDLE_FORMAT,
  BundleError,
  formatSums,
  isKnownFile,
  type Manifest,
  PATH,
  REQUIRED,
  readManifest,
  UNLISTED,
} from './bundle-format.ts';
import { fromUtf8, isAscii, type Sha256, type Sha256Large, toHex } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { type ContainedFile, type Folder, openFolder } from './folder.ts';
import { spelled } from './json-shape.ts';
import { type Keep, keeper, reader } from './keeper.ts';
import { LEAF_BYTES } from './leaf.ts';
import { ProofError } from './proof-error.ts';
import { startSha256 } from './sha256.ts';
import type { Findings } from './verify-report.ts';
import { openZip, type RandomAccess } from './zip.ts';
import { ZipError } from './zip-format.ts';

/** A file of the bundle as it is, whatever the manifest says about it. */
export type FoundFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/** The bundle's files: each was read and hashed once, and the ones that prove something were kept. */
export type FoundFiles = {
  readonly all: ReadonlyMap<string, FoundFile>;
  /** The kept file as text, or null where it is missing or unreadable; either is a failure already. */
  readonly text: (path: string) => string | null;
  /** The bytes of log/leaves.bin; none where it is missing. */
  readonly leaves: Uint8Array;
};

/** From here on handing over takes less time than hashing in this thread. */
const LARGE_BYTES = 1 << 13;
/** Files that are hashed elsewhere while the next ones are read; each may be as large as is read whole. */
const HASHED_AHEAD = 8;
/** Larger files are hashed piece by piece. */
const WHOLE_BYTES = 1 << 25;
const MAX_LEAVES_BYTES = 1 << 30;
const MAX_KEPT_FILE_BYTES = 1 << 28;
const MAX_KEPT_BYTES = 2 ** 31;
const EVIDENCE = /^(?:manifest\.json|SHA256SUMS|(?:openings|proofs|keys|log|seal)\/.+)$/;

/**
 * Opens the zip, or the folder it was unpacked to, and reads every file once, in the order of the bundle.
 *
 * @returns null where the container itself is wrong, which is a failure then.
 * @throws BundleError `not-a-zip`, `truncated-zip`, `repacked-zip`
 */
export async function readFiles(
  source: RandomAccess | Folder,
  hashes: Hashes,
  findings: Findings,
): Promise<FoundFiles | null> {
  const contained = await open(source, findings);
  if (contained === null) return null;
  const all = new Map<string, FoundFile>();
  const hashed: Hashed[] = [];
  const kept = new Map<string, Uint8Array>();
  const keepBytes = keeper();
  let leaves: Uint8Array = new Uint8Array(0);
  let keptBytes = 0;
  for (const file of contained) {
    const { path, sizeBytes } = file;
    const keep = EVIDENCE.test(path) && fitsInMemory(file, keptBytes, findings);
    const read = await readFile(file, { ...hashes, findings, keep: keep ? keepBytes : null });
    if (read === null) continue;
    hashed.push({ path, sizeBytes, digest: read.digest });
    await hashed.at(-HASHED_AHEAD)?.digest;
    if (keep) keptBytes += sizeBytes;
    if (read.kept === null) continue;
    if (path === PATH.leaves) leaves = read.kept;
    else kept.set(path, read.kept);
  }
  for (const { path, sizeBytes, digest } of hashed)
    all.set(path, { path, sizeBytes, sha256: toHex(await digest) });
  const textOf = reader();
  return {
    all,
    leaves,
    text: (path) => {
      const bytes = kept.get(path);
      return bytes === undefined ? null : textOf(bytes);
    },
  };
}

type Hashed = Pick<FoundFile, 'path' | 'sizeBytes'> & Pick<ReadFile, 'digest'>;

/**
 * Reads the manifest.
 *
 * @returns null where it is damaged, which is a failure then.
 * @throws BundleError `not-a-bundle`, `newer-format`, `unknown-format`
 */
export function readManifestFile(files: FoundFiles, findings: Findings): Manifest | null {
  if (UNLISTED.every((path) => !files.all.has(path) && !findings.hasFailed(path))) {
    throw new BundleError('not-a-bundle', 'This is not an evidence bundle: it has no manifest.');
  }
  const text = files.text(PATH.manifest);
  if (text === null) return null;
  const value = parseLeniently(text);
  checkFormat(value);
  return findings.attempt(PATH.manifest, 'malformed', () => readManifest(spelled(value, text)));
}

/** Checks that the files are those that the manifest lists, each as it is listed, and none besides. */
export function checkFiles(files: FoundFiles, manifest: Manifest | null, findings: Findings): void {
  for (const path of [...UNLISTED, ...REQUIRED]) requireFile(files, path, findings);
  if (manifest !== null) checkListed(files, manifest, findings);
  checkSums(files, manifest, findings);
}

function checkListed(files: FoundFiles, manifest: Manifest, findings: Findings): void {
  if (!isCounted(manifest))
    findings.fail(PATH.manifest, 'malformed', 'Its counts are not those of what it lists.');
  const listed = new Set<string>();
  for (const file of manifest.files) {
    if (listed.has(file.path)) findings.fail(PATH.manifest, 'malformed', `It lists ${file.path} twice.`);
    listed.add(file.path);
    requireFile(files, file.path, findings);
    checkAsListed(files, file, findings);
  }
  for (const path of files.all.keys()) {
    const known = UNLISTED.includes(path) || (listed.has(path) && isKnownFile(path));
    if (!known) findings.fail(path, 'unlisted-file', `${path} does not belong to this bundle.`);
  }
}

/** The counts are what a reader looks at first: they must be those of the manifest's own lists. */
function isCounted({ counts, exhibits, withheld, erased, files }: Manifest): boolean {
  const openings = files.filter(({ path }) => /^openings\/[0-9]+\.json$/.test(path)).length;
  const leavesBytes = files.find(({ path }) => path === PATH.leaves)?.sizeBytes ?? 0;
  return (
    counts.exhibits === exhibits.length &&
    counts.withheld === withheld.length &&
    counts.erased === erased.length &&
    counts.openings === openings &&
    counts.leaves * LEAF_BYTES === leavesBytes
  );
}

async function open(
  source: RandomAccess | Folder,
  findings: Findings,
): Promise<readonly ContainedFile[] | null> {
  try {
    return await ('files' in source ? openFolder(source) : filesInZip(source));
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    if (error.code === 'not-a-zip') throw new BundleError('not-a-zip', error.message);
    if (error.code === 'truncated') throw new BundleError('truncated-zip', error.message);
    if (error.code === 'compressed' || error.code === 'encrypted') {
      throw new BundleError('repacked-zip', error.message);
    }
    findings.fail(error.path ?? '', 'unsafe-container', error.message);
    return null;
  }
}

async function filesInZip(source: RandomAccess): Promise<readonly ContainedFile[]> {
  const zip = await openZip(source);
  return zip.entries.map((entry) => ({
    ...entry,
    view: () => zip.view(entry),
    chunks: () => zip.chunks(entry),
  }));
}

type Hashes = { readonly sha256: Sha256; readonly sha256Large?: Sha256Large };
type Reading = Hashes & { readonly findings: Findings; readonly keep: Keep | null };

/** Reads one file; null where its header is wrong, so that nothing can be said about it. */
async function readFile(file: ContainedFile, reading: Reading): Promise<ReadFile | null> {
  try {
    const small = reading.keep !== null || file.sizeBytes <= WHOLE_BYTES;
    return small ? await readSmall(file, reading) : await readLarge(file, reading);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    reading.findings.fail(
      file.path,
      error.code === 'header-mismatch' ? 'changed-header' : 'unsafe-container',
      error.message,
    );
    return null;
  }
}

type ReadFile = {
  readonly digest: Uint8Array | Promise<Uint8Array>;
  /** Its bytes, where they prove something and are what they must be. */
  readonly kept: Uint8Array | null;
};

async function readSmall(file: ContainedFile, reading: Reading): Promise<ReadFile> {
  const { sha256, sha256Large, findings, keep } = reading;
  const { path } = file;
  const view = await file.view();
  if (file.crc32 !== undefined && crc32(view) !== file.crc32) {
    findings.fail(path, 'changed-bytes', `The bytes of ${path} were changed.`);
  }
  const isKept = keep !== null && (path === PATH.leaves || isText(view, path, findings));
  const digest = sha256Large && view.length >= LARGE_BYTES ? sha256Large(view) : sha256(view);
  return { digest, kept: isKept ? keep(view) : null };
}

async function readLarge({ path, chunks }: ContainedFile, { findings }: Reading): Promise<ReadFile> {
  const running = startSha256();
  try {
    for await (const chunk of chunks()) running.update(chunk);
  } catch (error) {
    // Known behind the last piece only: the file is there, and is another one.
    if (!(error instanceof ZipError && error.code === 'checksum-mismatch')) throw error;
    findings.fail(path, 'changed-bytes', error.message);
  }
  return { digest: running.digest(), kept: null };
}

function fitsInMemory({ path, sizeBytes }: ContainedFile, keptBytes: number, findings: Findings): boolean {
  const most = path === PATH.leaves ? MAX_LEAVES_BYTES : MAX_KEPT_FILE_BYTES;
  if (sizeBytes <= most && keptBytes + sizeBytes <= MAX_KEPT_BYTES) return true;
  findings.fail(path, 'too-large', `${path} is too large to be read.`);
  return false;
}

function isText(bytes: Uint8Array, path: string, findings: Findings): boolean {
  if (isAscii(bytes)) return true;
  try {
    fromUtf8(bytes);
    return true;
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    if (!findings.hasFailed(path)) findings.fail(path, 'malformed', `${path} is not UTF-8.`);
    return false;
  }
}

/** The format is looked at before all else, and leniently: a newer one may be spelled otherwise. */
function checkFormat(value: unknown): void {
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : null;
  if (typeof format !== 'string' || format === BUNDLE_FORMAT) return;
  const [, version] = /^evenkeel-bundle\/([1-9][0-9]*)$/.exec(format) ?? [];
  if (version === undefined)
    throw new BundleError('unknown-format', `${JSON.stringify(format)} is no bundle format.`);
  throw new BundleError(
    'newer-format',
    `This bundle is of format ${format}; this program reads up to ${BUNDLE_FORMAT}. Please use a newer version.`,
  );
}

function parseLeniently(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function requireFile(files: FoundFiles, path: string, findings: Findings): void {
  if (files.all.has(path) || findings.hasFailed(path)) return;
  findings.fail(path, 'missing-file', `${path} is missing.`);
}

function checkAsListed(files: FoundFiles, listed: FoundFile, findings: Findings): void {
  const { path } = listed;
  const found = files.all.get(path);
  if (found === undefined || findings.hasFailed(path)) return;
  if (found.sizeBytes !== listed.sizeBytes || found.sha256 !== listed.sha256) {
    findings.fail(path, 'changed-bytes', `${path} is not the file that the manifest lists.`);
  }
}

/**
 * SHA256SUMS has one right text for given files. Where it is another, a line is blamed only if it agrees neither with
 * the file nor with what the manifest lists: a changed exhibit is not the fault of the sums.
 */
function checkSums(files: FoundFiles, manifest: Manifest | null, findings: Findings): void {
  const text = files.text(PATH.sums);
  if (text === null || findings.hasFailed(PATH.sums) || text === formatSums(files.all.values())) return;
  const listed = new Map(manifest?.files.map(({ path, sha256 }) => [path, sha256]));
  const wrong = text.split('\n').find((line) => line !== '' && !isRightSum(line, files, listed));
  if (wrong !== undefined)
    findings.fail(PATH.sums, 'wrong-sum', `It has a wrong line: ${JSON.stringify(wrong)}.`);
  else if (findings.failures.length === 0)
    findings.fail(PATH.sums, 'wrong-sum', 'It is not in order or not complete.');
}

function isRightSum(line: string, files: FoundFiles, listed: ReadonlyMap<string, string>): boolean {
  const [, sum, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
  if (sum === undefined || path === undefined) return false;
  const found = files.all.get(path)?.sha256;
  return sum === found || sum === listed.get(path) || (found === undefined && UNLISTED.includes(path));
}
