import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { ByteSource } from '@evenkeel/records/source';
import { Halt } from './outcome.ts';

/** One file of an import: `name` is what the record keeps, `path` only this machine knows. */
export type FileSeen = {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number | null;
};

/**
 * Lists what is to be read: files as given, folders walked, in the order of their names so that a run cut off can go
 * on. Links are not followed out of a folder.
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
    if (seen.isDirectory()) await walk(path, path, found);
    else found.push({ path, name: path.split('/').at(-1)!, sizeBytes: seen.size, modifiedMs: seen.mtimeMs });
  }
  return found;
}

async function walk(root: string, folder: string, found: FileSeen[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(root, path, found);
    else if (entry.isFile()) {
      const seen = await stat(path);
      found.push({
        path,
        name: relative(root, path).replaceAll('\\', '/'),
        sizeBytes: seen.size,
        modifiedMs: seen.mtimeMs,
      });
    }
  }
}

/** A file as the readers want it; closed by the caller. */
export async function openFile(seen: FileSeen): Promise<ByteSource & { close: () => Promise<void> }> {
  const file = await open(seen.path, 'r');
  return {
    name: seen.name,
    sizeBytes: seen.sizeBytes,
    read: async (start, end) => {
      const bytes = Buffer.allocUnsafeSlow(end - start);
      const { bytesRead } = await file.read(bytes, 0, end - start, start);
      return bytes.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}
