import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
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

/** As a zip program would pack it: every file compressed. */
export function repacked(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, bytes] of files) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), common, name, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, name);
    offset += 30 + name.length + packed.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, table, end]);
}
