import { closeSync, openSync, readSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import type { ByteSource } from '@evenkeel/records/source';
import { Halt } from './outcome.ts';

/** One file of an import: `name` is what the record keeps, `path` only this machine knows. */
export type FileSeen = {
  readonly path: string;
  /** The path as the system spells it: names need not be UTF-8. */
  readonly location: Uint8Array;
  readonly name: string;
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

export type OpenedFile = ByteSource & { readonly close: () => Promise<void> };

const SEPARATOR = Buffer.from('/');

/**
 * Lists what is to be read: files as given, folders walked, in the order of their names so that a run cut off can go
 * on. What cannot be read, and links inside folders, are listed with the reason: nothing is passed over in silence.
 *
 * @throws Halt `path-unreadable`
 */
export async function filesUnder(paths: readonly string[]): Promise<readonly FileSeen[]> {
  const found: FileSeen[] = [];
  for (const given of paths) {
    const path = resolve(given);
    const seen = await stat(path).catch(() => null);
    if (!seen)
      throw new Halt(
        'path-unreadable',
        `${given} cannot be read. Nothing was imported. Check the name and the permissions.`,
      );
    if (seen.isDirectory()) await walk(path, Buffer.from(path), found);
    else found.push(await fileAt(Buffer.from(path), basename(path), seen.isFile() ? null : notAFile()));
  }
  return found;
}

async function walk(root: string, folder: Buffer, found: FileSeen[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' }).catch((error: unknown) =>
    unreadable(error),
  );
  if (!Array.isArray(entries)) {
    found.push(await fileAt(folder, `${nameUnder(root, folder)}/`, entries));
    return;
  }
  for (const entry of entries.sort((a, b) => Buffer.compare(a.name, b.name))) {
    const location = Buffer.concat([folder, SEPARATOR, entry.name]);
    if (entry.isDirectory()) await walk(root, location, found);
    else found.push(await fileAt(location, nameUnder(root, location), problemOf(entry)));
  }
}

function nameUnder(root: string, location: Buffer): string {
  return relative(root, location.toString()).replaceAll('\\', '/');
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

async function fileAt(location: Buffer, name: string, problem: FileProblem | null): Promise<FileSeen> {
  const known = { path: location.toString(), location, name };
  if (problem) return { ...known, sizeBytes: 0, modifiedMs: null, problem };
  try {
    const { size, mtimeMs } = await stat(location);
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

/** Up to this size a file is read at once, waiting for the disk: going through the thread pool takes far longer. */
const SMALL_BYTES = 1 << 20;

function openSmall({ location, name, sizeBytes }: FileSeen): OpenedFile | FileProblem {
  try {
    const bytes = readWhole(Buffer.from(location), sizeBytes);
    return { name, sizeBytes, read: async (start, end) => bytes.subarray(start, end), close: async () => {} };
  } catch (error) {
    return unreadable(error);
  }
}

function readWhole(location: Buffer, sizeBytes: number): Uint8Array {
  const file = openSync(location, 'r');
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
  const file = await open(Buffer.from(seen.location), 'r').catch((error: unknown) => unreadable(error));
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
