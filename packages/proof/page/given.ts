import type { Folder } from '../src/folder.ts';
import type { RandomAccess } from '../src/zip-window.ts';

/** What the reader chose: the zip, or the files of the folder that it was unpacked to. */
export type Given = { readonly zip: File } | { readonly folder: readonly FileBelow[] };
export type FileBelow = { readonly path: string; readonly file: File };

/** Files that a system puts into any folder that was looked at: of no bundle, and no reader's doing. */
const OF_THE_SYSTEM = /(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/;

/** The files of a chosen folder, by their place below it. */
export function folderOf(files: Iterable<File>): { folder: readonly FileBelow[]; leftOut: number } {
  const all = Array.from(files, (file) => ({ path: below(file.webkitRelativePath), file }));
  const folder = all.filter(({ path }) => !OF_THE_SYSTEM.test(path));
  return { folder, leftOut: all.length - folder.length };
}

export function bytesOf(given: Given): number {
  return 'zip' in given ? given.zip.size : given.folder.reduce((sum, { file }) => sum + file.size, 0);
}

/** Opens it for the verifier. @param onRead How many more bytes were read. */
export function openGiven(given: Given, onRead: (bytes: number) => void): RandomAccess | Folder {
  const reading = (file: File) => async (start: number, end: number) => {
    const bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
    onRead(bytes.length);
    return bytes;
  };
  if ('zip' in given) return { size: given.zip.size, read: reading(given.zip) };
  return {
    files: given.folder.map(({ path, file }) => ({ path, sizeBytes: file.size, read: reading(file) })),
  };
}

function below(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}
