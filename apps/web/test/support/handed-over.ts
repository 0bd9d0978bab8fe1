import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { utf8 } from '@evenkeel/proof/bytes';
import { openZip, writeZip, zipEntryOf } from '@evenkeel/proof/zip';
import { formatSums } from '../../../../packages/proof/src/bundle-format.ts';
import { accessTo, bytesOf } from '../../../../packages/proof/test/bundle-story.ts';
import { sha256 } from '../../../../packages/proof/test/vectors.ts';

/** The files of a zip, by path, in its order. */
export async function filesOf(zip: Uint8Array): Promise<Map<string, Uint8Array>> {
  const opened = await openZip(accessTo(zip));
  const files = new Map<string, Uint8Array>();
  for (const entry of opened.entries) files.set(entry.path, await opened.read(entry, 1e9));
  return files;
}

/** Writes files as a zip of ours, with every sum made anew: what a careful forger would do. */
export async function zipped(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const sums = [...files].map(([path, bytes]) => ({
    path,
    sha256: Buffer.from(sha256(bytes)).toString('hex'),
  }));
  const whole = new Map(files).set('SHA256SUMS', utf8(formatSums(sums)));
  return bytesOf(writeZip([...whole].map(([path, bytes]) => zipEntryOf(path, bytes))));
}

/** Unpacks a zip as a reader would. */
export async function unpack(zip: Uint8Array, folder: string): Promise<void> {
  for (const [path, bytes] of await filesOf(zip)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}
