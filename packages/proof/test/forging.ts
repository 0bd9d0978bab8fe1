import { expect } from 'vitest';
import { formatSums } from '../src/bundle-format.ts';
import { toHex, utf8 } from '../src/bytes.ts';
import { openZip, writeZip, zipEntryOf } from '../src/zip.ts';
import { accessTo, bytesOf } from './bundle-story.ts';
import { sha256 } from './vectors.ts';

type Files = Map<string, Uint8Array>;

export async function filesOf(zip: Uint8Array): Promise<Files> {
  const opened = await openZip(accessTo(zip));
  const files: Files = new Map();
  for (const entry of opened.entries) files.set(entry.path, await opened.read(entry, 1e9));
  return files;
}

/** Writes the files again as a careful forger would: checksums and SHA256SUMS are made anew. */
export async function forge(files: Files): Promise<Uint8Array> {
  const sums = [...files].map(([path, bytes]) => ({ path, sha256: toHex(sha256(bytes)) }));
  files.set('SHA256SUMS', utf8(formatSums(sums)));
  return bytesOf(writeZip([...files].map(([path, bytes]) => zipEntryOf(path, bytes))));
}

export function editText(files: Files, path: string, from: string | RegExp, to: string): void {
  const before = Buffer.from(files.get(path)!).toString();
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  files.set(path, utf8(after));
}
