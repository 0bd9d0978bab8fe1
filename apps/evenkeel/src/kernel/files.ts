import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ByteSource } from '@evenkeel/records/source';
import { giveWay } from './give-way.ts';
import { Halt } from './outcome.ts';

/** One file of an import: `name` is what the record keeps, `location` only this machine knows. */
export type FileSeen = {
  /**
   * The path where it is another than `group/name`, its bytes where they are no UTF-8: there may be a hundred thousand
   * files, and two threads keep them all.
   */
  readonly location: string | Uint8Array | null;
  readonly name: string;
  /** Files of one group came together: their names say how they lie to each other. */
  readonly group: string;
  readonly sizeBytes: number;
  /** Null when nobody knows. */
  readonly modifiedMs: number | null;
  /** Why it is not opened at all. */
  readonly problem: FileProblem | null;
};

export type FileProblem = {
  readonly code: 'file-unreadable' | 'link-not-followed' | 'not-a-file';
  readonly message: string;
};

/** A file or folder to be read; `name` where a file is known by another name than its own, `folder/name`. */
export type Given = string | { readonly path: string; readonly name: string };

export type OpenedFile = ByteSource & { readonly close: () => Promise<void> };

/** What was named one by one came together too. */
const GIVEN = '';
const SEPARATOR = Buffer.from('/');

/**
 * Lists what is to be read: files as given, folders walked, in the order of their names so that a run cut off can go
 * on. What cannot be read, and links inside folders, are listed with the reason: nothing is passed over in silence.
 *
 * @throws Halt `path-unreadable`
 */
export async function filesUnder(paths: readonly Given[]): Promise<FileSeen[]> {
  const found: FileSeen[] = [];
  for (const given of paths) {
    const path = resolve(typeof given === 'string' ? given : given.path);
    const name = typeof given === 'string' ? basename(path) : given.name;
    const seen = await stat(path).catch(() => null);
    if (!seen)
      throw new Halt(
        'path-unreadable',
        `${typeof given === 'string' ? given : name} cannot be read. Nothing was imported. Check the name and the permissions.`,
      );
    if (seen.isDirectory()) await walk(Buffer.from(path), '', path, found);
    else found.push(fileAt(Buffer.from(path), name, GIVEN, seen.isFile() ? null : notAFile()));
  }
  return found;
}

/**
 * Asking for each file through the thread pool would take ten times as long.
 *
 * @param under what stands before the names in this folder: nothing, or `folder/`
 */
async function walk(folder: Buffer, under: string, group: string, found: FileSeen[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' }).catch((error: unknown) =>
    unreadable(error),
  );
  if (!Array.isArray(entries)) {
    found.push(fileAt(folder, under || '/', group, entries));
    return;
  }
  for (const entry of entries.sort((a, b) => Buffer.compare(a.name, b.name))) {
    const location = Buffer.concat([folder, SEPARATOR, entry.name]);
    const name = under + entry.name.toString().replaceAll('\\', '/');
    if (entry.isDirectory()) await walk(location, `${name}/`, group, found);
    else found.push(fileAt(location, name, group, problemOf(entry)));
    await giveWay();
  }
}

function problemOf(entry: { isFile: () => boolean; isSymbolicLink: () => boolean }): FileProblem | null {
  if (entry.isSymbolicLink())
    return { code: 'link-not-followed', message: 'This is a link; what it points to was not read.' };
  return entry.isFile() ? null : notAFile();
}

function notAFile(): FileProblem {
  return { code: 'not-a-file', message: 'This is neither a file nor a folder; it was not read.' };
}

function unreadable(error: unknown): FileProblem {
  const why = (error as NodeJS.ErrnoException).code ?? String(error);
  return { code: 'file-unreadable', message: `This cannot be read (${why}). Check its permissions.` };
}

function fileAt(path: Buffer, name: string, group: string, problem: FileProblem | null): FileSeen {
  const known = { location: locationBeside(path, name, group), name, group };
  if (problem) return { ...known, sizeBytes: 0, modifiedMs: null, problem };
  try {
    const { size, mtimeMs } = statSync(path);
    return { ...known, sizeBytes: size, modifiedMs: isPlausible(mtimeMs) ? mtimeMs : null, problem };
  } catch (error) {
    return { ...known, sizeBytes: 0, modifiedMs: null, problem: unreadable(error) };
  }
}

const YEAR_10000_MS = Date.UTC(10_000, 0);

/** 1970 is what files say that were never told a time. */
function isPlausible(milliseconds: number): boolean {
  return milliseconds > 0 && milliseconds < YEAR_10000_MS;
}

function locationBeside(path: Buffer, name: string, group: string): FileSeen['location'] {
  if (group !== GIVEN && path.equals(Buffer.from(placeIn(group, name)))) return null;
  return isUtf8(path) ? path.toString() : path;
}

function placeIn(group: string, name: string): string {
  return `${group}/${name}`;
}

/** Where a file lies on this machine. Bytes come from the thread that listed the files without being a Buffer any more. */
export function pathOf({ location, group, name }: FileSeen): string | Buffer {
  if (location === null) return placeIn(group, name);
  return typeof location === 'string' ? location : Buffer.from(location);
}

/** Up to this size a file is read at once, waiting for the disk: going through the thread pool takes far longer. */
const SMALL_BYTES = 1 << 20;

function openSmall(seen: FileSeen): OpenedFile | FileProblem {
  const { name, sizeBytes } = seen;
  try {
    const bytes = readWhole(pathOf(seen), sizeBytes);
    return { name, sizeBytes, read: async (start, end) => bytes.subarray(start, end), close: async () => {} };
  } catch (error) {
    return unreadable(error);
  }
}

function readWhole(path: string | Buffer, sizeBytes: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafeSlow(sizeBytes);
    let length = 0;
    for (let read = -1; read !== 0 && length < sizeBytes; length += read)
      read = readSync(file, bytes, length, sizeBytes - length, length);
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** A file as the readers want it, closed by the caller; or why it cannot be had. */
export async function openFile(seen: FileSeen): Promise<OpenedFile | FileProblem> {
  if (seen.problem) return seen.problem;
  if (seen.sizeBytes <= SMALL_BYTES) return openSmall(seen);
  const file = await open(pathOf(seen), 'r').catch((error: unknown) => unreadable(error));
  if ('code' in file) return file;
  return {
    name: seen.name,
    sizeBytes: seen.sizeBytes,
    read: async (start, end) => {
      const bytes = Buffer.allocUnsafeSlow(Math.max(0, end - start));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}
