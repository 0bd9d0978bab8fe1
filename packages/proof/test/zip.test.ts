import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat, utf8 } from '../src/bytes.ts';
import { crc32 } from '../src/crc32.ts';
import { pathProblem, safeFileName } from '../src/safe-path.ts';
import { openZip, writeZip, type ZipEntry, zipEntryOf } from '../src/zip.ts';
import { centralHeader, endRecords, localHeader, ZipError } from '../src/zip-format.ts';
import type { RandomAccess } from '../src/zip-window.ts';
import { accessTo, bytesOf } from './bundle-story.ts';

const two = () =>
  bytesOf(writeZip([zipEntryOf('a.txt', utf8('alpha')), zipEntryOf('b/ö.txt', utf8('bravo'))]));

/** Builds a zip by hand, so that it can lie. */
function handMade(paths: readonly string[], bend: { offset?: number; gap?: Uint8Array } = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const headers: Uint8Array[] = [];
  let offset = 0;
  for (const [i, path] of paths.entries()) {
    const bytes = utf8(`content ${i}`);
    const entry = { path, sizeBytes: bytes.length, crc32: crc32(bytes), offset };
    const gap = i > 0 && bend.gap !== undefined ? bend.gap : new Uint8Array(0);
    parts.push(gap, localHeader(entry), bytes);
    headers.push(centralHeader({ ...entry, offset: i > 0 ? (bend.offset ?? offset + gap.length) : offset }));
    offset += gap.length + localHeader(entry).length + bytes.length;
  }
  const directory = concat(...headers);
  return concat(...parts, directory, endRecords(paths.length, offset, directory.length));
}

async function refusal(zip: Uint8Array): Promise<string> {
  try {
    const opened = await openZip(accessTo(zip));
    for (const entry of opened.entries) await opened.read(entry, 1e6);
    return 'accepted';
  } catch (error) {
    if (error instanceof ZipError) return error.code;
    throw error;
  }
}

test('what was written is read back, whatever it is', async () => {
  const file = fc.tuple(fc.stringMatching(/^[a-zäö0-9_-]{1,12}$/), fc.uint8Array({ maxLength: 3000 }));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(file, { selector: ([name]) => name, maxLength: 8 }), async (files) => {
      const names = files.map(([name, bytes]) => [`f_${name}.bin`, bytes] as const);
      const opened = await openZip(
        accessTo(await bytesOf(writeZip(names.map(([n, b]) => zipEntryOf(n, b))))),
      );
      expect(opened.entries.map(({ path }) => path)).toEqual(names.map(([name]) => name));
      for (const [i, entry] of opened.entries.entries())
        expect(await opened.read(entry, 1e6)).toEqual(names[i]![1]);
    }),
    { numRuns: 50 },
  );
});

test('the checksum is the one of zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => crc32(b, crc32(a)) === zlibCrc32(concat(a, b))),
  );
});

test.runIf(spawnSync('unzip', ['-v']).status === 0)(
  'other programs unpack it without a complaint',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evenkeel-zip-'));
    writeFileSync(join(folder, 'x.zip'), await two());
    const { status, stdout } = spawnSync('unzip', ['-o', 'x.zip'], { cwd: folder, encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.not.stringContaining('warning')]);
    expect(readFileSync(join(folder, 'b', 'ö.txt'), 'utf8')).toBe('bravo');
    rmSync(folder, { recursive: true });
  },
);

test('stored bytes lie in the zip as they are', async () => {
  expect(Buffer.from(await two()).includes('bravo')).toBe(true);
});

test('seventy thousand files need the large form, and are read back', async () => {
  const bytes = utf8('x');
  function* many(): Generator<ZipEntry> {
    for (let i = 0; i < 70_000; i++) yield zipEntryOf(`f/${i}`, bytes);
  }
  const opened = await openZip(accessTo(await bytesOf(writeZip(many()))));
  expect(opened.entries).toHaveLength(70_000);
  expect(await opened.read(opened.entries[69_999]!, 10)).toEqual(bytes);
});

test('a file beyond four gigabytes, and one that lies behind it, are found in their places', async () => {
  const sizeBytes = 2 ** 32 + 5;
  const large = { path: 'large', sizeBytes, crc32: 0, offset: 0 };
  const head = localHeader(large);
  const small = { path: 'small', sizeBytes: 2, crc32: crc32(utf8('ok')), offset: head.length + sizeBytes };
  const directory = concat(centralHeader(large), centralHeader(small));
  const directoryAt = small.offset + localHeader(small).length + 2;
  const tail = concat(
    localHeader(small),
    utf8('ok'),
    directory,
    endRecords(2, directoryAt, directory.length),
  );
  const source: RandomAccess = {
    size: small.offset + tail.length,
    read: async (start, end) =>
      sparse(start, end, [
        [0, head],
        [small.offset, tail],
      ]),
  };
  const opened = await openZip(source);
  expect(opened.entries).toEqual([large, small]);
  expect(await opened.read(opened.entries[1]!, 10)).toEqual(utf8('ok'));
  await expect(opened.read(opened.entries[0]!, 1e6)).rejects.toMatchObject({ code: 'too-large' });
});

/** A file that is zero but for some islands, so that four gigabytes need no disk. */
function sparse(start: number, end: number, islands: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  const bytes = new Uint8Array(end - start);
  for (const [at, island] of islands) {
    const from = Math.max(start, at);
    const to = Math.min(end, at + island.length);
    if (from < to) bytes.set(island.subarray(from - at, to - at), from - start);
  }
  return bytes;
}

test('every single flipped bit is refused', async () => {
  const zip = await two();
  for (let bit = 0; bit < zip.length * 8; bit++) {
    const at = Math.floor(bit / 8);
    expect([bit, await refusal(zip.with(at, zip[at]! ^ (1 << (bit % 8))))]).not.toEqual([bit, 'accepted']);
  }
});

test.each([
  '/etc/passwd',
  '../up',
  'a/../../up',
  'a//b',
  'a/./b',
  'a\\b',
  'C:x',
  'a/',
  '',
  'a\0b',
  'a\nb',
  'con',
  'a/NUL.txt',
  'dot.',
  'space ',
  'gnp.\u202eexe',
])('the path %j is refused by writer and reader', async (path) => {
  expect(pathProblem(path)).not.toBeNull();
  expect(await refusal(handMade([path]))).toBe('unsafe-path');
  await expect(bytesOf(writeZip([zipEntryOf(path, utf8(''))]))).rejects.toMatchObject({
    code: 'unsafe-path',
  });
});

test.each([[['a', 'a']], [['a', 'A']], [['ö', 'o\u0308']], [['a', 'a/b']], [['a/b', 'a']], [['B/x', 'b']]])(
  'paths that unpack over one another are refused: %j',
  async (paths) => expect(await refusal(handMade(paths))).toBe('duplicate-path'),
);

test('entries that overlap and bytes between entries are refused', async () => {
  expect(await refusal(handMade(['a', 'b']))).toBe('accepted');
  expect(await refusal(handMade(['a', 'b'], { offset: 0 }))).toBe('overlap');
  expect(await refusal(handMade(['a', 'b'], { gap: utf8('hidden') }))).toBe('unaccounted-bytes');
});

test('bytes before, after or missing at the end are refused', async () => {
  const zip = await two();
  expect(await refusal(concat(zip, utf8('!')))).toBe('trailing-bytes');
  expect(await refusal(concat(utf8('#!'), zip))).toBe('unaccounted-bytes');
  expect(await refusal(zip.subarray(0, -1))).toBe('truncated');
  expect(await refusal(zip.subarray(0, 40))).toBe('truncated');
  expect(await refusal(utf8('PK'))).toBe('not-a-zip');
});

test('compressed and encrypted entries are refused by name', async () => {
  const zip = await two();
  const at = Buffer.from(zip).indexOf(Buffer.from('PK\x01\x02'));
  expect(await refusal(zip.with(at + 10, 8))).toBe('compressed');
  expect(await refusal(zip.with(at + 8, 1))).toBe('encrypted');
  expect(await refusal(zip.with(at + 8, 8))).toBe('header-mismatch');
  const packed = deflateRawSync(utf8('a'.repeat(100)));
  expect(await refusal(concat(zip.subarray(0, 35), packed, zip.subarray(40)))).not.toBe('accepted');
});

test('a writer is held to the size and checksum it announced', async () => {
  const entry = zipEntryOf('a', utf8('alpha'));
  const lie = (chunks: string[]) => bytesOf(writeZip([{ ...entry, chunks: () => chunks.map(utf8) }]));
  await expect(lie(['alph'])).rejects.toMatchObject({ code: 'size-mismatch' });
  await expect(lie(['alp', 'hb'])).rejects.toMatchObject({ code: 'checksum-mismatch' });
  expect(await lie(['al', 'pha'])).toEqual(await bytesOf(writeZip([entry])));
});

test.each([
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['invoice.pdf', 'invoice.pdf'],
  ['Счёт за май.pdf', 'Счёт за май.pdf'],
  ['CON.txt', '_CON.txt'],
  ['gnp.\u202eexe', 'gnp._exe'],
  ['...', 'file'],
  ['', 'file'],
  ['a\nb\0c.txt', 'a_b_c.txt'],
  [`${'x'.repeat(300)}.eml`, `${'x'.repeat(80)}.eml`],
])('the name %j becomes the safe name %j', (name, safe) => {
  const made = safeFileName(name, 'file');
  expect(pathProblem(`exhibits/EVK0000001/${made}`)).toBeNull();
  if (name !== '../../etc/passwd') expect(made).toBe(safe);
});

test('any name at all becomes a safe one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => pathProblem(safeFileName(name, 'file')) === null),
  );
});
