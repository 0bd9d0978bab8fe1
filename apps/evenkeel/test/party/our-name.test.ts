import { beforeAll, describe, expect, test } from 'vitest';
import { foreignNames, isGuarded, type KnownName, type OurNames } from '../../src/modules/party/our-name.ts';
import { projectionTables, replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);

const OURS: OurNames = {
  workspace: 'Rex Blue',
  names: [
    { id: '1', kind: 'legal', name: 'Алиса Каренина', isRetired: false },
    { id: '2', kind: 'brand', name: 'Rex Blue Studio', isRetired: false },
    { id: '3', kind: 'stage', name: 'Ääni', isRetired: true },
  ],
  members: ['Alice Karen'],
};
const known = (name: string, kind: KnownName['kind'] = null): KnownName => ({
  ...{ id: null, name, kind, isChosen: true },
});

describe('a text that says more of us than its reader knows', () => {
  test.each([
    ['a name in prose', 'Yours, Alice Karen.', ['Alice Karen']],
    ['in another case and script', 'С уважением, АЛИСА КАРЕНИНА', ['Алиса Каренина']],
    ['inside an address', 'From: <alice.karen@mail.example>', ['Alice Karen']],
    ['inside a path', 'C:\\Users\\Alice Karen\\Desktop', ['Alice Karen']],
    ['over the end of a line', 'Alice\r\n Karen', ['Alice Karen']],
    ['one that we use no more', 'ääni', ['Ääni']],
    [
      'two of them, in the order we have them',
      'Alice Karen, Алиса Каренина',
      ['Алиса Каренина', 'Alice Karen'],
    ],
  ])('%s is found', (_what, text, names) => {
    expect(foreignNames(text, known('Rex Blue', 'stage'), OURS)).toEqual(names);
  });

  test.each([
    ['the known name', 'Rex Blue'],
    ['a part of a longer word', 'Alice Karenina and Äänikirja'],
    ['nothing at all', ''],
  ])('%s is not', (_what, text) => {
    expect(foreignNames(text, known('Rex Blue', 'stage'), OURS)).toEqual([]);
  });

  test('who works here signs with their own name, unless a stage name is all that is known', () => {
    expect(foreignNames('Alice Karen', known('Rex Blue'), OURS)).toEqual([]);
    expect(foreignNames('Alice Karen', known('Rex Blue', 'stage'), OURS)).toEqual(['Alice Karen']);
  });

  test('a short name inside the longer known one is known; alone it is not', () => {
    expect(foreignNames('Rex Blue Studio', known('Rex Blue Studio'), OURS)).toEqual([]);
    expect(foreignNames('Rex Blue', known('Rex Blue Studio'), OURS)).toEqual(['Rex Blue']);
  });
});

test('a stage name guards, and so does any name beside a legal one; without either nothing is kept apart', () => {
  expect(isGuarded(known('Rex', 'stage'), { ...OURS, names: [] })).toBe(true);
  expect(isGuarded(known('Rex Blue'), OURS)).toBe(true);
  expect(isGuarded(known('Алиса Каренина', 'legal'), OURS)).toBe(false);
  expect(isGuarded(known('Rex Blue'), { ...OURS, names: [] })).toBe(false);
});

describe('the name that a client knows', () => {
  let party = '';
  const ids: Record<string, string> = {};
  const codeOf = async (method: string, path: string, body?: unknown) =>
    (await (await app.call(method, path, body)).json()) as { code: string; params: Record<string, unknown> };
  const knows = () =>
    app.ask<{ known: { name: string } | null; isGuarded: boolean }>('GET', `/api/parties/${party}/our-name`);

  beforeAll(async () => {
    await database.pool.query("UPDATE workspaces SET name = 'Studio Kivi'");
    ({ id: party } = await app.ask<{ id: string }>('POST', '/api/parties', {
      name: 'Orlov',
      identifiers: [],
    }));
    for (const [kind, name] of [
      ['legal', 'Alexandra Karhu'],
      ['stage', 'Rex'],
    ])
      ids[kind!] = (await app.ask<{ id: string }>('POST', '/api/our-names', { kind, name })).id;
  });

  test('is that of the workspace until another is chosen, and is kept apart from the legal one', async () => {
    expect(await knows()).toMatchObject({ known: { name: 'Studio Kivi', isChosen: false }, isGuarded: true });
    await app.ask('PUT', `/api/parties/${party}/our-name`, { nameId: ids.stage });
    expect(await knows()).toMatchObject({
      known: { name: 'Rex', kind: 'stage', isChosen: true },
      isGuarded: true,
    });
  });

  test.each([
    ['a name of two letters', 'POST', '/api/our-names', { kind: 'brand', name: 'AK' }, 'our-name-unusable'],
    [
      'a name with a line break',
      'POST',
      '/api/our-names',
      { kind: 'brand', name: 'A\nKarhu' },
      'our-name-unusable',
    ],
    ['a name that we have', 'POST', '/api/our-names', { kind: 'brand', name: ' rEX ' }, 'our-name-taken'],
    [
      'the name of the workspace',
      'POST',
      '/api/our-names',
      { kind: 'stage', name: 'studio kivi' },
      'our-name-taken',
    ],
    [
      'a second legal name',
      'POST',
      '/api/our-names',
      { kind: 'legal', name: 'Alex Bear' },
      'legal-name-there',
    ],
  ] as const)('%s is refused by a word', async (_what, method, path, body, code) => {
    expect(await codeOf(method, path, body)).toMatchObject({ code });
  });

  test('nobody knows a name that we do not have, and an unknown client knows none', async () => {
    const nameId = '00000000-0000-7000-8000-000000000000';
    expect(await codeOf('PUT', `/api/parties/${party}/our-name`, { nameId })).toMatchObject({
      code: 'our-name-unknown',
    });
    expect(await codeOf('PUT', `/api/parties/${nameId}/our-name`, { nameId: null })).toMatchObject({
      code: 'party-unknown',
    });
    expect(await codeOf('GET', `/api/parties/${nameId}/our-name`)).toMatchObject({ code: 'party-unknown' });
  });

  test('is not taken off while somebody knows it, and then is', async () => {
    const path = `/api/our-names/${ids.stage}/retire`;
    expect(await codeOf('POST', path)).toMatchObject({
      code: 'our-name-in-use',
      params: { parties: ['Orlov'] },
    });
    await app.ask('PUT', `/api/parties/${party}/our-name`, { nameId: null });
    expect((await app.call('POST', path)).status).toBe(204);
    expect(await codeOf('POST', path)).toMatchObject({ code: 'our-name-unknown' });
    expect(await codeOf('PUT', `/api/parties/${party}/our-name`, { nameId: ids.stage })).toMatchObject({
      code: 'our-name-unknown',
    });
    expect(await knows()).toMatchObject({ known: { name: 'Studio Kivi', isChosen: true } });
  });

  test('is the same when everything is made again from the ledger', async () => {
    const tables = (await projectionTables(database.db)).filter((name) => name.endsWith('_names'));
    expect(tables).toEqual(expect.arrayContaining(['our_names', 'known_names', 'shown_names']));
    const rows = () => rowsOf(database.pool, tables);
    const before = await rows();
    await replay(app.ledger);
    expect(await rows()).toEqual(before);
  });
});
