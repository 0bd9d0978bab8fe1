import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../support/fresh-database.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { urlOf } from '../support/test-app.ts';
import { askHolder, evenkeel, jsonOf, linesOf, serving } from './program.ts';

const root = temporaryFolder();
const dataDir = join(root, 'data');
const file = join(root, 'kept.backup');
const NAME = 'Alex';
const PASSWORD = 'a long enough password';
const LETTERS = 40;

const letters = Array.from({ length: LETTERS }, (_, i) =>
  mail({
    from: 'Orlov <orlov@client.example>',
    subject: `Letter ${i}`,
    date: `Tue, 12 May 2026 09:${String(i).padStart(2, '0')}:00 +0300`,
    body: `Sopimuksen kohta ${i}: увидимся в суде, see you in court.`,
  }),
);
const mails = filesIn(join(root, 'mails'), { 'orlov.mbox': mbox(letters) });

type Seen = { readonly hits: unknown; readonly timeline: unknown; readonly parties: unknown };

/** What a person finds in a folder that is being served. */
async function seenIn(data: string): Promise<Seen> {
  const parties = await askHolder<{ items: { id: string }[] }>(data, '/api/parties');
  const [party] = parties.items;
  return {
    parties,
    timeline: await askHolder(data, `/api/parties/${party!.id}/timeline?limit=100`),
    hits: await linesOf(['search', 'sopimus', '--data', data]),
  };
}

let before: Seen;

beforeAll(async () => {
  const server = await serving(dataDir);
  const begun = await server.post('/api/first-run', {
    code: server.firstRunCode,
    name: NAME,
    addresses: ['me@firm.example'],
    password: PASSWORD,
  });
  expect(begun.status).toBeLessThan(300);
  await evenkeel(['import', mails, '--data', dataDir]);
  // Made while the server works, through it.
  const made = await jsonOf(['backup', file, '--data', dataDir]);
  expect(made).toEqual({ file, keys: `${file}.keys` });
  before = await seenIn(dataDir);
  await server.stop();
});

describe('a backup and its keys', () => {
  test('are two files, and no half one stays; the letters in them are ciphertext', () => {
    expect(readdirSync(root).sort()).toEqual(['data', 'kept.backup', 'kept.backup.keys', 'mails']);
    expect(readFileSync(file).includes('see you in court')).toBe(false);
  });

  test('give the same search, timeline and ledger in a new folder, and the sign-in still works', async () => {
    const data = join(root, 'restored');
    const restored = await jsonOf<{ data: string }>(['restore', file, '--data', data]);
    expect(restored.data).toBe(data);
    const head = await jsonOf<{ ok: boolean }>(['log', 'verify', '--deep', '--data', data]);
    expect(head).toMatchObject({ ok: true, isDeep: true, failures: [] });
    const server = await serving(data);
    expect(server.firstRunCode).toBeUndefined();
    expect(await seenIn(data)).toEqual(before);
    expect(await server.post('/api/sign-in', { name: NAME, password: PASSWORD })).toMatchObject({
      status: 200,
    });
    expect(await server.post('/api/sign-in', { name: NAME, password: 'not the password' })).toMatchObject({
      status: 401,
    });
    await server.stop();
    rmSync(data, { recursive: true });
  });

  test('go on where they were: an import into the restored folder links what is known', async () => {
    const data = join(root, 'empty');
    mkdirSync(data);
    expect(await evenkeel(['restore', file, '--data', data])).toMatchObject({ code: 0 });
    const again = await jsonOf<{ totals: unknown }>(['import', mails, '--data', data]);
    expect(again.totals).toMatchObject({ imported: 0, duplicates: LETTERS });
    rmSync(data, { recursive: true });
  });
});

describe('a restore that cannot be', () => {
  const spoiled = join(root, 'spoiled');
  const target = join(root, 'target');

  /** Restores a copy of both files, changed, into a new folder, which must be gone afterwards. */
  async function refused(change: (record: string, keys: string) => void): Promise<string> {
    mkdirSync(spoiled);
    const copy = join(spoiled, 'copy');
    copyFileSync(file, copy);
    copyFileSync(`${file}.keys`, `${copy}.keys`);
    change(copy, `${copy}.keys`);
    const { code, out, said } = await evenkeel(['restore', copy, '--data', target]);
    rmSync(spoiled, { recursive: true });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(existsSync(target)).toBe(false);
    return said;
  }
  const cut = (path: string) => writeFileSync(path, readFileSync(path).subarray(0, -1000));
  const flip = (path: string, after: string) => {
    const bytes = readFileSync(path);
    const at = bytes.indexOf(after) + after.length + 300;
    bytes[at] = bytes[at]! ^ 1;
    writeFileSync(path, bytes);
  };

  test('with keys missing names them', async () => {
    const said = await refused((_record, keys) => rmSync(keys));
    expect(said).toMatch(/^\S+copy\.keys cannot be read as a backup: .*Nothing was restored\..*\n$/);
  });

  test('with a record cut off says so', async () => {
    expect(await refused(cut)).toMatch(/^\S+copy cannot be read as a backup: .*Nothing was restored\..*\n$/);
  });

  test('with a changed byte in the middle says so, and leaves nothing behind', async () => {
    const said = await refused((record) => flip(record, 'objects/000001.pack'));
    expect(said.trim().split('\n').at(-1)).toMatch(/damaged.*Nothing was restored\. Use another copy/);
  });

  test('with the keys of another record is refused', async () => {
    const other = join(root, 'other');
    await evenkeel(['search', 'x', '--data', other]);
    await evenkeel(['backup', join(root, 'other.backup'), '--data', other]);
    const said = await refused((_record, keys) => copyFileSync(join(root, 'other.backup.keys'), keys));
    expect(said).toMatch(/belong to different records\. Nothing was restored\. Use the key file/);
  });

  test('over something is refused, and leaves that as it was', async () => {
    mkdirSync(target);
    writeFileSync(join(target, 'mine.txt'), 'mine');
    const { code, said } = await evenkeel(['restore', file, '--data', target]);
    expect(code).toBe(2);
    expect(said).toMatch(/is not empty\. Nothing was restored\. Name a new folder with --data/);
    expect(readdirSync(target)).toEqual(['mine.txt']);
    rmSync(target, { recursive: true });
  });
});

describe('with DATABASE_URL', () => {
  test('a folder and a database of different records are refused, both ways, and a restore writes into neither', async () => {
    const env = { DATABASE_URL: urlOf((await freshDatabase()).connection) };
    const mine = ['--data', join(root, 'elsewhere')];
    expect(await evenkeel(['import', mails, ...mine], { env })).toMatchObject({ code: 0 });
    expect(await evenkeel(['log', 'verify', '--deep', ...mine], { env })).toMatchObject({ code: 0 });

    const others = await evenkeel(['search', 'court', '--data', dataDir], { env });
    expect(others).toMatchObject({ code: 2, out: '' });
    expect(others.said).toMatch(
      /do not belong together: they name different logs\. Nothing was changed\. Start with/,
    );
    const without = await evenkeel(['search', 'court', ...mine]);
    expect(without).toMatchObject({ code: 2, out: '' });
    expect(without.said).toContain('do not belong together');

    const restored = await evenkeel(['restore', file, '--data', join(root, 'target')], { env });
    expect(restored).toMatchObject({ code: 2, out: '' });
    expect(restored.said).toMatch(/holds a record already\. Nothing was restored\. Name an empty database\./);
    expect(existsSync(join(root, 'target'))).toBe(false);
    expect(await evenkeel(['log', 'verify', '--deep', ...mine], { env })).toMatchObject({ code: 0 });
  });

  test('a restore into an empty one gives the same search', async () => {
    const env = { DATABASE_URL: urlOf((await freshDatabase()).connection) };
    const data = ['--data', join(root, 'hosted')];
    expect(await evenkeel(['restore', file, ...data], { env })).toMatchObject({ code: 0 });
    const { out } = await evenkeel(['search', 'sopimus', '--json', ...data], { env });
    expect(
      out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    ).toEqual(before.hits);
  });

  test('a server that is not there is one sentence', async () => {
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const { code, out, said } = await evenkeel(['search', 'x', '--data', join(root, 'none')], { env });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toMatch(/DATABASE_URL/);
    expect(said.trim().split('\n')).toHaveLength(1);
  });
});
