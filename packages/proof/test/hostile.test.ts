import { describe, expect, test } from 'vitest';
import { formatSums } from '../src/bundle-format.ts';
import { concat, toHex, utf8 } from '../src/bytes.ts';
import { crc32 } from '../src/crc32.ts';
import { verifyBundle } from '../src/verify.ts';
import { openZip, writeZip, zipEntryOf } from '../src/zip.ts';
import { centralHeader, endRecords, localHeader, type PlacedEntry } from '../src/zip-format.ts';
import type { RandomAccess } from '../src/zip-window.ts';
import { accessTo, bytesOf, zipOf } from './bundle-story.ts';
import { sha256 } from './vectors.ts';

type Files = Map<string, Uint8Array>;

async function filesOf(zip: Uint8Array): Promise<Files> {
  const opened = await openZip(accessTo(zip));
  const files: Files = new Map();
  for (const entry of opened.entries) files.set(entry.path, await opened.read(entry, 1e9));
  return files;
}

/** With every sum made anew, by somebody who has the zip and not the key. */
async function forged(files: Files): Promise<Uint8Array> {
  const sums = [...files].map(([path, bytes]) => ({ path, sha256: toHex(sha256(bytes)) }));
  files.set('SHA256SUMS', utf8(formatSums(sums)));
  return bytesOf(writeZip([...files].map(([path, bytes]) => zipEntryOf(path, bytes))));
}

/** A container with paths that our writer would refuse. */
function unsafeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const placed: PlacedEntry[] = [];
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [path, bytes] of files) {
    const entry = { path, sizeBytes: bytes.length, crc32: crc32(bytes), offset };
    parts.push(localHeader(entry), bytes);
    placed.push(entry);
    offset += localHeader(entry).length + bytes.length;
  }
  const table = concat(...placed.map(centralHeader));
  return concat(...parts, table, endRecords(placed.length, offset, table.length));
}

async function faultsOf(source: Uint8Array | RandomAccess): Promise<readonly string[]> {
  const access = source instanceof Uint8Array ? accessTo(source) : source;
  const { integrity } = await verifyBundle(access, { sha256 });
  return integrity.failures.map(({ path, code }) => `${path}: ${code}`);
}

describe('paths that would leave their folder, or lie to the eye', () => {
  test.each([
    '../../.ssh/authorized_keys',
    '/etc/cron.d/evil',
    'exhibits/../../up.eml',
    'exhibits\\..\\up.eml',
    'C:/Windows/win.ini',
    'exhibits/EVK0000001/\u202eeml.exe',
    'exhibits/EVK0000001/a\u0000b',
    'exhibits/EVK0000001/a\nb: fine',
    'exhibits/NUL',
    'exhibits/EVK0000001/file:stream',
  ])('a bundle with %j in it is refused whole', async (path) => {
    const files = await filesOf(await zipOf({ mails: 1 }));
    files.set(path, utf8('x'));
    expect(await faultsOf(unsafeZip(files))).toEqual([': unsafe-container']);
  });

  test('the same files without it hold', async () => {
    expect(await faultsOf(unsafeZip(await filesOf(await zipOf({ mails: 1 }))))).toEqual([]);
  });
});

describe('files that are larger than they may be', () => {
  /** A zip of one file that says it is huge: nothing of it is there, and nothing of it is asked for. */
  function huge(path: string, sizeBytes: number): { source: RandomAccess; read: () => number } {
    const entry = { path, sizeBytes, crc32: 0, offset: 0 };
    const head = localHeader(entry);
    const table = centralHeader(entry);
    const tail = concat(table, endRecords(1, head.length + sizeBytes, table.length));
    const size = head.length + sizeBytes + tail.length;
    let most = 0;
    const read = async (start: number, end: number) => {
      most = Math.max(most, end - start);
      const bytes = new Uint8Array(end - start);
      const put = (at: number, part: Uint8Array) => {
        for (let i = 0; i < part.length; i++) {
          const place = at + i - start;
          if (place >= 0 && place < bytes.length) bytes[place] = part[i]!;
        }
      };
      put(0, head);
      put(size - tail.length, tail);
      return bytes;
    };
    return { source: { size, read }, read: () => most };
  }

  test('a manifest of three hundred megabytes is not taken into memory', async () => {
    const { source, read } = huge('manifest.json', 300 << 20);
    expect(await faultsOf(source)).toContain('manifest.json: too-large');
    expect(read()).toBeLessThanOrEqual(1 << 25);
  });

  test('a table of contents that says it is larger than a quarter of a gigabyte is refused unread', async () => {
    const directoryBytes = (1 << 28) + 1;
    const end = endRecords(1, 0, directoryBytes);
    const source: RandomAccess = {
      size: directoryBytes + end.length,
      read: async (start, stop) => {
        expect(stop - start).toBeLessThan(1 << 21);
        const bytes = new Uint8Array(stop - start);
        if (stop === directoryBytes + end.length) bytes.set(end, bytes.length - end.length);
        return bytes;
      },
    };
    expect(await faultsOf(source)).toEqual([': unsafe-container']);
  });

  test('a small file that says it unpacks to a large one is no bundle: nothing in one is compressed', async () => {
    const zip = await zipOf({ mails: 1 });
    const table = Buffer.from(zip).lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    const bomb = zip.slice();
    bomb[table + 10] = 8;
    await expect(verifyBundle(accessTo(bomb), { sha256 })).rejects.toMatchObject({ code: 'repacked-zip' });
  });
});

describe('proofs and texts that go on and on', () => {
  const PROOF = 'proofs/0.tlog-proof';

  async function withFile(path: string, change: (text: string) => string): Promise<readonly string[]> {
    const files = await filesOf(await zipOf({ mails: 2 }));
    files.set(path, utf8(change(Buffer.from(files.get(path)!).toString())));
    return faultsOf(await forged(files));
  }

  test.each([
    ['a hundred thousand hashes', 100_000],
    ['one hash too many', 1],
  ])('a proof with %s is refused', async (_, count) => {
    const line = `${Buffer.alloc(32).toString('base64')}\n`;
    expect(await withFile(PROOF, (text) => text.replace('\n\n', `\n${line.repeat(count)}\n`))).toContain(
      `${PROOF}: changed-bytes`,
    );
  });

  test('a consistency proof of a hundred thousand hashes is refused', async () => {
    const line = `${Buffer.alloc(32).toString('base64')}\n`;
    expect(await withFile('seal/consistency', (text) => text + line.repeat(100_000))).toContain(
      'seal/consistency: wrong-proof',
    );
  });

  test('a checkpoint with a hundred thousand signatures is refused', async () => {
    const line = `— someone ${Buffer.alloc(68).toString('base64')}\n`;
    expect(await withFile('seal/checkpoint', (text) => text + line.repeat(100_000))).toContain(
      'seal/checkpoint: bad-checkpoint',
    );
  });

  test.each([
    ['manifest.json', '  "zone"', '  "party": "Someone else",\n  "zone"'],
    ['openings/0.json', '  "kind"', '  "index": 7,\n  "kind"'],
    ['keys/streams.json', '      "count"', '      "count": 1,\n      "count"'],
    ['seal/opening.json', '  "kind"', '  "index": 7,\n  "kind"'],
  ])(
    'a key that is given twice in %s is refused, whoever reads the last and whoever the first',
    async (path, from, to) => {
      expect(await withFile(path, (text) => text.replace(from, to))).toContain(`${path}: malformed`);
    },
  );

  test.each([
    ['a number that no reader keeps', '"index": 0', '"index": 0.0'],
    ['a number beyond what is exact', '"index": 0', '"index": 9007199254740993'],
    ['an escape for a plain letter', '"kind"', '"k\\u0069nd"'],
    ['a line end of another system', '\n', '\r\n'],
  ])('%s in an opening is refused', async (_, from, to) => {
    expect(await withFile('openings/0.json', (text) => text.replace(from, to))).toContain(
      'openings/0.json: malformed',
    );
  });
});
