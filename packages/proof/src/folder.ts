import { PATH, UNLISTED } from './bundle-format.ts';
import { foldPath, pathProblem } from './safe-path.ts';
import { ZipError } from './zip-format.ts';

/** A file at any place of a folder; `read` gives exactly the bytes [start, end). */
export type FolderFile = {
  /** Below the folder, with "/" between its parts. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly read: (start: number, end: number) => Promise<Uint8Array>;
};

/** A bundle that was unpacked. */
export type Folder = { readonly files: readonly FolderFile[] };

/** A file of a bundle, whether it lies in the zip or was unpacked from it. */
export type ContainedFile = {
  readonly path: string;
  readonly sizeBytes: number;
  /** What the zip says of the bytes; in a folder nobody does. */
  readonly crc32?: number;
  /** The bytes in one piece, good until the next reading. */
  readonly view: () => Promise<Uint8Array>;
  /** The bytes piece by piece; a piece is good until the next one is asked for. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
};

const CHUNK_BYTES = 1 << 20;
const MAX_MANIFEST_BYTES = 1 << 28;

/**
 * Opens an unpacked bundle. A folder has no order of its own, and the sums of a bundle have one: it is the manifest's.
 *
 * @throws ZipError `unsafe-path`, `duplicate-path`
 */
export async function openFolder({ files }: Folder): Promise<readonly ContainedFile[]> {
  checkPaths(files);
  const places = new Map((await orderIn(files)).map((path, place) => [path, place]));
  const placeOf = ({ path }: FolderFile) => places.get(path) ?? Number.MAX_SAFE_INTEGER;
  return files
    .toSorted((a, b) => placeOf(a) - placeOf(b) || (a.path < b.path ? -1 : 1))
    .map((file) => ({
      path: file.path,
      sizeBytes: file.sizeBytes,
      view: () => readExactly(file, 0, file.sizeBytes),
      chunks: () => chunksOf(file),
    }));
}

async function* chunksOf(file: FolderFile): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.sizeBytes; at += CHUNK_BYTES)
    yield await readExactly(file, at, Math.min(at + CHUNK_BYTES, file.sizeBytes));
}

function checkPaths(files: readonly FolderFile[]): void {
  const known = new Set<string>();
  for (const { path } of files) {
    const problem = pathProblem(path);
    if (problem !== null)
      throw new ZipError('unsafe-path', `The path ${JSON.stringify(path)} is refused: ${problem}.`);
    const folded = foldPath(path);
    if (known.has(folded)) throw new ZipError('duplicate-path', `${path} is there twice.`, path);
    known.add(folded);
  }
}

/** As the zip had them: what the manifest lists, then what it cannot list. Nothing else is believed of it here. */
async function orderIn(files: readonly FolderFile[]): Promise<readonly string[]> {
  const manifest = files.find(({ path }) => path === PATH.manifest);
  if (manifest === undefined || manifest.sizeBytes > MAX_MANIFEST_BYTES) return UNLISTED;
  const text = new TextDecoder().decode(await readExactly(manifest, 0, manifest.sizeBytes));
  return [...listedIn(text), ...UNLISTED];
}

function listedIn(text: string): readonly string[] {
  try {
    const { files } = JSON.parse(text) as { readonly files?: unknown };
    return Array.isArray(files) ? files.map((file: { path?: unknown } | null) => String(file?.path)) : [];
  } catch {
    return [];
  }
}

async function readExactly(file: FolderFile, start: number, end: number): Promise<Uint8Array> {
  const bytes = await file.read(start, end);
  if (bytes.length !== end - start)
    throw new ZipError('size-mismatch', `${file.path} changed while it was read.`, file.path);
  return bytes;
}
