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
import { equalBytes } from './bytes.ts';
import { type ContainedFile, type Folder, openFolder } from './folder.ts';
import { spelled } from './json-shape.ts';
import { reader } from './keeper.ts';
import { LEAF_BYTES } from './leaf.ts';
import { type HashedFile, type Hashes, hashAndKeep } from './read-file.ts';
import type { Findings } from './verify-report.ts';
import { openZip } from './zip.ts';
import { ZipError } from './zip-format.ts';
import type { RandomAccess } from './zip-window.ts';

export type Hashing = Hashes & {
  /**
   * Has files that are only hashed hashed by another thread, while this one reads those that prove something.
   *
   * @returns What {@link hashFiles} returns; null where there is no such thread, and the files are hashed in this one.
   */
  readonly hashElsewhere?: (paths: readonly string[]) => Promise<readonly HashedFile[] | null>;
};

/** A file of the bundle as it is, whatever the manifest says about it. */
export type FoundFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string };

/** The bundle's files: each was read and hashed once, and the ones that prove something were kept. */
export type FoundFiles = {
  readonly all: ReadonlyMap<string, FoundFile>;
  /** The kept file as text, or null where it is missing or unreadable; either is a failure already. */
  readonly text: (path: string) => string | null;
  /** Whether the kept file is this ASCII text and then these bytes: of ten thousands of files none is decoded for it. */
  readonly isExactly: (path: string, ascii: string, end: Uint8Array) => boolean;
  /** The bytes of log/leaves.bin; none where it is missing. */
  readonly leaves: Uint8Array;
};

const MAX_LEAVES_BYTES = 1 << 30;
const MAX_KEPT_FILE_BYTES = 1 << 28;
const MAX_KEPT_BYTES = 2 ** 31;
const NONE: ReadonlySet<string> = new Set();
const EVIDENCE = /^(?:manifest\.json|SHA256SUMS|(?:openings|proofs|keys|log|seal)\/.+)$/;

/**
 * Opens the zip, or the folder it was unpacked to, and reads every file once, in the order of the bundle.
 *
 * @returns null where the container itself is wrong, which is a failure then.
 * @throws BundleError `not-a-zip`, `truncated-zip`, `repacked-zip`
 */
export async function readFiles(
  source: RandomAccess | Folder,
  { hashElsewhere, ...hashes }: Hashing,
  findings: Findings,
): Promise<FoundFiles | null> {
  const contained = await open(source, findings);
  if (contained === null) return null;
  const wanted = fittingInMemory(contained);
  const isHere = ({ path }: ContainedFile) => hashElsewhere === undefined || EVIDENCE.test(path);
  const there = contained.filter((file) => !isHere(file));
  const elsewhere = hashElsewhere?.(there.map(({ path }) => path));
  const { hashed, kept } = await hashAndKeep(contained.filter(isHere), hashes, wanted);
  const others = (await elsewhere) ?? (await hashAndKeep(there, hashes, NONE)).hashed;

  // What is wrong is said in the order of the bundle, whoever found it.
  const found = new Map([...hashed, ...others].map((file) => [file.path, file]));
  const all = new Map<string, FoundFile>();
  for (const { path, sizeBytes } of contained) {
    if (EVIDENCE.test(path) && !wanted.has(path))
      findings.fail(path, 'too-large', `${path} is too large to be read.`);
    const { sha256, faults } = found.get(path)!;
    for (const { code, message } of faults) findings.fail(path, code, message);
    if (sha256 !== null) all.set(path, { path, sizeBytes, sha256 });
  }
  return { all, leaves: kept.get(PATH.leaves) ?? new Uint8Array(0), ...textsOf(kept) };
}

/**
 * Hashes some files of a bundle, for whoever reads the others: a second thread.
 *
 * @throws ZipError, BundleError as {@link readFiles}, and where one of the files is not there.
 */
export async function hashFiles(
  source: RandomAccess | Folder,
  paths: readonly string[],
  hashes: Hashes,
): Promise<readonly HashedFile[]> {
  const files = new Map((await contents(source)).map((file) => [file.path, file]));
  const asked = paths.map((path) => {
    const file = files.get(path);
    if (file === undefined) throw new ZipError('truncated', `${path} is not there any more.`, path);
    return file;
  });
  return (await hashAndKeep(asked, hashes, NONE)).hashed;
}

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
    return await contents(source);
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

async function contents(source: RandomAccess | Folder): Promise<readonly ContainedFile[]> {
  return 'files' in source ? openFolder(source) : filesInZip(source);
}

async function filesInZip(source: RandomAccess): Promise<readonly ContainedFile[]> {
  const zip = await openZip(source);
  return zip.entries.map((entry) => ({
    ...entry,
    view: () => zip.view(entry),
    chunks: () => zip.chunks(entry),
  }));
}

/** The paths of the files that prove something, as far as they fit into memory, from the first on. */
function fittingInMemory(files: readonly ContainedFile[]): ReadonlySet<string> {
  const fitting = new Set<string>();
  let bytes = 0;
  for (const { path, sizeBytes } of files) {
    const most = path === PATH.leaves ? MAX_LEAVES_BYTES : MAX_KEPT_FILE_BYTES;
    if (!EVIDENCE.test(path) || sizeBytes > most || bytes + sizeBytes > MAX_KEPT_BYTES) continue;
    bytes += sizeBytes;
    fitting.add(path);
  }
  return fitting;
}

function textsOf(kept: ReadonlyMap<string, Uint8Array>): Pick<FoundFiles, 'text' | 'isExactly'> {
  const textOf = reader();
  return {
    text: (path) => {
      const bytes = kept.get(path);
      return bytes === undefined ? null : textOf(bytes);
    },
    isExactly: (path, ascii, end) => {
      const bytes = kept.get(path);
      if (bytes?.length !== ascii.length + end.length) return false;
      for (let i = 0; i < ascii.length; i++) if (bytes[i] !== ascii.charCodeAt(i)) return false;
      return equalBytes(bytes.subarray(ascii.length), end);
    },
  };
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
