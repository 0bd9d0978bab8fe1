import { PATH } from './bundle-format.ts';
import { isUtf8, type Sha256, type Sha256Large, toHex } from './bytes.ts';
import { crc32 } from './crc32.ts';
import type { ContainedFile } from './folder.ts';
import { type Keep, keeper } from './keeper.ts';
import { startSha256 } from './sha256.ts';
import type { IntegrityFailure } from './verify-report.ts';
import { ZipError } from './zip-format.ts';

export type Hashes = {
  readonly sha256: Sha256;
  /**
   * The same for larger files: a browser’s own is quicker than ours, asynchronous, and hashes beside this thread. It copies
   * the bytes before it returns.
   */
  readonly sha256Large?: Sha256Large;
};

/** What was found of a file's bytes. It is plain, so that another thread may say it. */
export type HashedFile = {
  readonly path: string;
  /** Lower-case hexadecimal; null where its header is wrong, so that nothing can be said of the bytes. */
  readonly sha256: string | null;
  readonly faults: readonly IntegrityFailure[];
};

/** What was read; `kept` has the bytes of the wanted ones that are what they must be. */
export type ReadFiles = {
  readonly hashed: readonly HashedFile[];
  readonly kept: ReadonlyMap<string, Uint8Array>;
};

/** From here on handing over takes less time than hashing in this thread. */
const LARGE_BYTES = 1 << 13;
/** Files that are hashed elsewhere while the next ones are read; each may be as large as is read whole. */
const HASHED_AHEAD = 8;
/** Larger files are hashed piece by piece. */
const WHOLE_BYTES = 1 << 25;

/**
 * Reads and hashes files once each, one after the other. What is wrong with one is said of it, and does not end the reading.
 *
 * @param wanted The paths of those whose bytes are kept.
 */
export async function hashAndKeep(
  files: readonly ContainedFile[],
  hashes: Hashes,
  wanted: ReadonlySet<string>,
): Promise<ReadFiles> {
  const keepBytes = keeper();
  const kept = new Map<string, Uint8Array>();
  const reads: (ReadFile & { readonly path: string })[] = [];
  for (const file of files) {
    const { path } = file;
    const read = await readFile(file, hashes, wanted.has(path) ? keepBytes : null);
    reads.push({ ...read, path });
    if (read.kept !== null) kept.set(path, read.kept);
    await reads.at(-HASHED_AHEAD)?.digest;
  }
  const hashed: HashedFile[] = [];
  for (const { path, digest, faults } of reads)
    hashed.push({ path, sha256: digest && toHex(await digest), faults });
  return { hashed, kept };
}

type ReadFile = {
  readonly digest: Uint8Array | Promise<Uint8Array> | null;
  readonly kept: Uint8Array | null;
  readonly faults: readonly IntegrityFailure[];
};

async function readFile(file: ContainedFile, hashes: Hashes, keep: Keep | null): Promise<ReadFile> {
  try {
    const isSmall = keep !== null || file.sizeBytes <= WHOLE_BYTES;
    return isSmall ? await readSmall(file, hashes, keep) : await readLarge(file);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    const code = error.code === 'header-mismatch' ? 'changed-header' : 'unsafe-container';
    return { digest: null, kept: null, faults: [{ path: file.path, code, message: error.message }] };
  }
}

async function readSmall(
  file: ContainedFile,
  { sha256, sha256Large }: Hashes,
  keep: Keep | null,
): Promise<ReadFile> {
  const { path } = file;
  const view = await file.view();
  const digest = sha256Large && view.length >= LARGE_BYTES ? sha256Large(view) : sha256(view);
  const isChanged = file.crc32 !== undefined && crc32(view) !== file.crc32;
  const isReadable = keep === null || path === PATH.leaves || isUtf8(view);
  const kept = isReadable ? (keep?.(view) ?? null) : null;
  if (isChanged) return { digest, kept, faults: [changed(path, `The bytes of ${path} were changed.`)] };
  if (isReadable) return { digest, kept, faults: [] };
  return { digest, kept, faults: [{ path, code: 'malformed', message: `${path} is not UTF-8.` }] };
}

async function readLarge({ path, chunks }: ContainedFile): Promise<ReadFile> {
  const running = startSha256();
  const faults: IntegrityFailure[] = [];
  try {
    for await (const chunk of chunks()) running.update(chunk);
  } catch (error) {
    // Known behind the last piece only: the file is there, and is another one.
    if (!(error instanceof ZipError && error.code === 'checksum-mismatch')) throw error;
    faults.push(changed(path, error.message));
  }
  return { digest: running.digest(), kept: null, faults };
}

function changed(path: string, message: string): IntegrityFailure {
  return { path, code: 'changed-bytes', message };
}
