import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCheckpoint } from '@evenkeel/proof/checkpoint';
import { rootAt } from '@evenkeel/proof/prover';
import { decodeEntryBundle, entryBundlePath, TILE_WIDTH, tilePath } from '@evenkeel/proof/tile';
import { leafHash } from '@evenkeel/proof/tree';
import { beforeAll, describe, expect, test } from 'vitest';
import { goLog, HAS_GO_LOG } from '../../../../packages/proof/test/go-log.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { evenkeel, jsonOf, linesOf, type Serving, serving } from './program.ts';

const root = temporaryFolder();
const dataDir = join(root, 'data');
const DATA = ['--data', dataDir];
const LETTERS = 130;

type Report = { run: string; totals: Record<string, number>; issues: unknown[] };
type Hit = { id: string; party: { id: string; name: string }; at: string; from: { address: string } };
type Head = { note: string; vkey: string; size: number };

// Two people of one name, so that a name alone does not tell which of them is meant.
const letters = Array.from({ length: LETTERS }, (_, i) =>
  mail({
    from: `Orlov <orlov${i % 2}@client.example>`,
    subject: `Letter ${i}`,
    date: `Tue, 12 May 2026 09:${String(i % 60).padStart(2, '0')}:00 +0300`,
    body: i === 7 ? 'I will see you in court.' : `Some words, number ${i}.`,
  }),
);
const mails = filesIn(join(root, 'mails'), { 'orlov.mbox': mbox(letters) });
const EXPECTED = { items: LETTERS, imported: LETTERS, duplicates: 0, leftOut: 0, unreadable: 0 };

let imported: { report: Report; acknowledged: readonly string[]; out: string };

beforeAll(async () => {
  const ended = await evenkeel(['import', mails, '--me', 'me@firm.example', '--json', ...DATA]);
  expect(ended.code).toBe(0);
  const acknowledged = [...ended.said.matchAll(/^\{"acknowledged":"([^"]+)"\}$/gm)].map(([, id]) => id!);
  imported = { report: JSON.parse(ended.out) as Report, acknowledged, out: ended.out };
});

test('import prints one JSON document, and acknowledges each id on standard error', () => {
  const { report, acknowledged, out } = imported;
  expect(out.trim().split('\n')).toHaveLength(1);
  expect(report).toEqual({ run: expect.any(String), totals: EXPECTED, issues: [] });
  expect(new Set(acknowledged).size).toBe(LETTERS);
});

describe('one program holds the folder, and the others speak to it', () => {
  let server: Serving;
  beforeAll(async () => {
    server = await serving(dataDir);
    return async () => {
      expect(await server.stop()).toMatchObject({ code: 0 });
    };
  });

  test('a second server is refused in one sentence', async () => {
    const { code, out, said } = await evenkeel(['serve', '--port', '0', ...DATA]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toMatch(/^Another Evenkeel \(process \d+\) works in .* Nothing was changed\. Close it.*\n$/);
  });

  test('import again links everything, and says the same as before', async () => {
    const again = await jsonOf<Report>(['import', mails, '--me', 'me@firm.example', ...DATA]);
    expect(again.totals).toEqual({ ...EXPECTED, imported: 0, duplicates: LETTERS });
  });

  test('import of a path that is not there is one sentence', async () => {
    const ended = await evenkeel(['import', '/not/here', ...DATA]);
    expect(ended).toEqual({
      code: 2,
      out: '',
      said: '/not/here cannot be read. Nothing was imported. Check the name and the permissions.\n',
    });
  });

  test('search prints a line a hit, newest first, and nothing else', async () => {
    const hits = await linesOf<Hit>(['search', 'court', ...DATA]);
    expect(hits).toHaveLength(1);
    expect(hits[0]).toEqual({
      id: expect.any(String),
      party: { id: expect.any(String), name: 'Orlov' },
      at: '2026-05-12T06:07:00.000Z',
      kind: 'message',
      from: { name: 'Orlov', address: 'orlov1@client.example' },
      subject: 'Letter 7',
      snippet: 'I will see you in court.',
    });
    expect(imported.acknowledged).toContain(hits[0]!.id);
    expect(await evenkeel(['search', 'nosuchword', ...DATA])).toEqual({
      code: 0,
      out: '',
      said: 'Nothing found.\n',
    });
  });

  test('--client takes an address; a name that two people have is 2, with both', async () => {
    const one = await linesOf<Hit>(['search', 'words', '--client', 'orlov0@client.example', ...DATA]);
    expect(new Set(one.map(({ from }) => from.address))).toEqual(new Set(['orlov0@client.example']));
    const { code, out, said } = await evenkeel(['search', 'words', '--client', 'orlov', ...DATA]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toMatch(
      /^"orlov" may mean several clients\. Nothing was done\. .*(\n {2}Orlov \([-0-9a-f]+\)){2}\n$/,
    );
    const unknown = await evenkeel(['search', 'words', '--client', 'nobody', ...DATA]);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.said).toContain('No client is known by "nobody". Nothing was done.');
  });

  test('log verify and doctor find nothing', async () => {
    const verdict = await jsonOf<{ size: number }>(['log', 'verify', '--deep', ...DATA]);
    expect(verdict).toEqual({ ok: true, size: expect.any(Number), isDeep: true, failures: [] });
    expect(verdict.size).toBeGreaterThan(LETTERS);
    expect(await jsonOf(['doctor', ...DATA])).toMatchObject({ ok: true });
  });

  test('log export writes a tlog-tiles folder whose tiles lead to its signed head', async () => {
    const head = await jsonOf<Head>(['log', 'checkpoint', ...DATA]);
    const dir = join(root, 'tiles');
    expect(await evenkeel(['log', 'export', dir, ...DATA])).toMatchObject({ code: 0, said: '' });
    const note = readFileSync(join(dir, 'checkpoint'), 'utf8');
    const { size, root: signed } = await openCheckpoint(note, head.vkey);
    expect(size).toBe(head.size);
    const read = async (level: number, n: number, width: number) =>
      readFileSync(join(dir, tilePath(level, n, width)));
    expect(Buffer.from(await rootAt(sha256, read, size))).toEqual(Buffer.from(signed));
    const last = Math.floor((size - 1) / TILE_WIDTH);
    const width = size - last * TILE_WIDTH;
    const leaves = decodeEntryBundle(readFileSync(join(dir, entryBundlePath(last, width))));
    const tile = await read(0, last, width);
    for (const [i, leaf] of leaves.entries())
      expect(Buffer.from(leafHash(sha256, leaf))).toEqual(tile.subarray(i * 32, (i + 1) * 32));
    readByGo({ dir, note, vkey: head.vkey, size, root: signed });
    const refused = await evenkeel(['log', 'export', join(mails, 'orlov.mbox'), ...DATA]);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.said).toMatch(/cannot be written: /);
  });

  test('a bundle is made through the server, which goes on', async () => {
    const file = join(root, 'served.zip');
    const made = await evenkeel([
      'bundle',
      'create',
      '--client',
      'orlov1@client.example',
      '--out',
      file,
      ...DATA,
    ]);
    expect(made).toMatchObject({ code: 0, said: '' });
    expect(made.out).toContain('Hand this key over by another road');
    expect(await evenkeel(['bundle', 'verify', file])).toMatchObject({ code: 0, said: '' });
    expect(readdirSync(root).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('an empty folder is imported as nothing, and says so', async () => {
    const nothing = await jsonOf<Report>(['import', temporaryFolder(), ...DATA]);
    expect(nothing).toMatchObject({ totals: { ...EXPECTED, items: 0, imported: 0 }, issues: [] });
  });

  test('nothing but what cannot be read is unusable input, and is named', async () => {
    const folder = filesIn(temporaryFolder(), { 'thing.bin': Buffer.from('010203fffe0000', 'hex') });
    const report = await jsonOf<Report>(['import', folder, ...DATA], 2);
    expect(report.totals).toMatchObject({ items: 1, unreadable: 1 });
    expect(report.issues).toMatchObject([{ container: 'thing.bin', code: 'unknown-format' }]);
  });

  test('the data folder of a server is not restored over', async () => {
    expect(await evenkeel(['backup', join(root, 'kept'), ...DATA])).toMatchObject({ code: 0, said: '' });
    const { code, said } = await evenkeel(['restore', join(root, 'kept'), ...DATA]);
    expect(code).toBe(2);
    expect(said).toMatch(/is not empty\. Nothing was restored\. Name a new folder/);
  });
});

describe('a bundle', () => {
  const file = join(root, 'orlov.zip');
  const elsewhere = temporaryFolder();
  let vkey = '';
  beforeAll(async () => {
    const made = await jsonOf<{ path: string; vkey: string }>([
      ...['bundle', 'create', '--client', 'orlov0@client.example', '--out', file, ...DATA],
    ]);
    expect(made.path).toBe(file);
    vkey = made.vkey;
  });

  /** Checks a copy in another folder, where there is neither data nor database. */
  async function check(change: (bytes: Buffer) => Buffer, ...more: string[]) {
    const copy = join(elsewhere, 'copy.zip');
    writeFileSync(copy, change(readFileSync(file)));
    const env = { EVENKEEL_DATA: '/nonexistent/folder', EVENKEEL_PG_BIN: '/nonexistent/programs' };
    return evenkeel(['bundle', 'verify', 'copy.zip', ...more], { cwd: elsewhere, env });
  }
  const same = (bytes: Buffer) => bytes;

  test('verifies in another folder, without database, in three verdicts', async () => {
    const { code, out, said } = await check(same, '--log-key', vkey, '--json');
    expect({ code, said }).toEqual({ code: 0, said: '' });
    expect(JSON.parse(out)).toMatchObject({
      format: 'evenkeel-bundle/1',
      integrity: { ok: true, key: vkey, keyExpected: true, failures: [] },
      time: { ok: null, notLaterThan: null, notEarlierThan: null, anchors: [] },
      completeness: {
        ok: true,
        streams: [{ first: 1, exhibited: LETTERS / 2, withheld: 0, erased: 0, missing: 0 }],
      },
    });
  });

  test('says in words what a missing key and a missing anchor mean', async () => {
    const { code, out } = await check(same);
    expect(code).toBe(0);
    expect(out).toContain('not compared: give the key you got by another road with --log-key');
    expect(out).toContain('none: no outside anchor');
    expect(out).toContain('every number is accounted for');
  });

  test('with one changed byte names the file, and ends with 1', async () => {
    const { code, out } = await check((bytes) => {
      const at = bytes.indexOf('number 2.');
      bytes[at] = bytes[at]! ^ 1;
      return bytes;
    });
    expect(code).toBe(1);
    expect(out).toMatch(/^ {2}exhibits\/EVK\d+.*: /m);
  });

  test('under another log key ends with 1 and says so', async () => {
    const other = 'evenkeel.example/log/7f3a+d33df478+AZ4PS67A0av+1TLsWfakJkHRegsOSoPnMUcp6OYiyy+l';
    const { code, out } = await check(same, '--log-key', other);
    expect(code).toBe(1);
    expect(out).toContain('NOT the key you expected');
  });

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['of a newer format', (bytes: Buffer) => withFormat(bytes, 'evenkeel-bundle/9')],
  ])('that is %s is refused with 2, in a sentence that says what to do', async (_what, change) => {
    const { code, out, said } = await check(change);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toMatch(/^copy\.zip was not checked: .*\. Nothing was changed\. (Get|Check) .*\n$/);
  });

  test('is not made where it cannot be written, and that it was is not recorded', async () => {
    const before = (await jsonOf<Head>(['log', 'checkpoint', ...DATA])).size;
    const { code, out, said } = await evenkeel([
      ...['bundle', 'create', '--client', 'orlov0@client.example', '--out', '/not/here.zip', ...DATA],
    ]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toContain('/not/here.zip cannot be written: there is no such file or folder.');
    expect((await jsonOf<Head>(['log', 'checkpoint', ...DATA])).size).toBe(before);
  });
});

describe('a damaged data folder', () => {
  /** Spoils a file, looks, and puts it back. */
  async function spoiled<T>(name: string, spoil: (path: string) => void, look: () => Promise<T>): Promise<T> {
    const path = join(dataDir, name);
    const good = readFileSync(path);
    spoil(path);
    try {
      return await look();
    } finally {
      writeFileSync(path, good);
    }
  }
  const flip = (at: number) => (path: string) => {
    const bytes = readFileSync(path);
    bytes[at] = bytes[at]! ^ 1;
    writeFileSync(path, bytes);
  };
  type Verdict = { ok: boolean; failures: { where: string; code: string }[] };

  test('a byte of an original is named by log verify --deep', async () => {
    const [pack] = readdirSync(join(dataDir, 'objects'));
    const verdict = await spoiled(`objects/${pack}`, flip(100), () =>
      jsonOf<Verdict>(['log', 'verify', '--deep', ...DATA], 1),
    );
    expect(verdict).toMatchObject({ ok: false, failures: [{ code: 'object-damaged' }] });
    expect(verdict.failures[0]!.where).toMatch(/^objects\/000001\.pack, bytes 0 to \d+$/);
  });

  test('a byte of a key is named by log verify --deep', async () => {
    const verdict = await spoiled('keys/slots', flip(64 * 21 + 40), () =>
      jsonOf<Verdict>(['log', 'verify', '--deep', ...DATA], 1),
    );
    expect(verdict.ok).toBe(false);
    expect(verdict.failures[0]!.code).toMatch(/damaged/);
  });

  test.each([
    [
      'the head of the key file',
      'keys/slots',
      flip(3),
      /keys\/slots does not begin as it should\. Nothing was changed\. Put back/,
    ],
    [
      'the end of the key file',
      'keys/slots',
      (path: string) => truncateSync(path, 640),
      /keys\/slots ends too early/,
    ],
    [
      'the signed head',
      'log/checkpoint',
      flip(60),
      /log\/checkpoint was changed or belongs to another log\. .*Put back/,
    ],
    [
      'the workspace key',
      'keys/workspace.json',
      (path: string) => writeFileSync(path, '{}'),
      /workspace\.json .*Nothing was changed\. Put back/,
    ],
  ])('%s stops the start with a sentence, and doctor repeats it', async (_what, name, spoil, sentence) => {
    const [ended, doctor] = await spoiled(name, spoil, async () => [
      await evenkeel(['search', 'court', ...DATA]),
      await evenkeel(['doctor', ...DATA]),
    ]);
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.said).toMatch(sentence);
    expect(doctor.code).toBe(1);
    expect(doctor.out).toMatch(sentence);
  });

  test('that is whole again is as it was', async () => {
    expect(await jsonOf(['log', 'verify', '--deep', ...DATA])).toMatchObject({ ok: true, failures: [] });
  });
});

/** The same bundle, saying that it is of another format: of the same length, so that only its words differ. */
function withFormat(bytes: Buffer, format: string): Buffer {
  const text = bytes.toString('latin1').replaceAll('evenkeel-bundle/1', format);
  return Buffer.from(text, 'latin1');
}

/** Where Go's own transparency log is at hand, it opens the note, and proves each line from the tiles. */
function readByGo({ dir, note, vkey, size, root: signed }: Head & { dir: string; root: Uint8Array }): void {
  if (!HAS_GO_LOG) return;
  const go = goLog();
  const Root = Buffer.from(signed).toString('base64');
  const said = go.ask({ Notes: [{ Note: note, Vkey: vkey }], Tiles: { Dir: dir, Size: size, Root } });
  expect([said.Notes, said.Tiles]).toEqual([['holds'], 'holds']);
  go.close();
}
