import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { besideWords } from '../../src/modules/bundle/beside-words.ts';
import { madeAnew, rowsOf } from '../support/made-anew.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { everything } from './apart-parts.ts';
import { unpacked, verified } from './unpacked.ts';

const database = await testDatabase();
const app = await testApp(database);

const ME = 'alex@talks.example';
const stamp = (minute: number) => `Tuesday, May 26, 2026 at 9:${minute}:00 AM UTC`;
const people = {
  them: { name: 'Ivan Orlov', email: 'ivan@talks.example' },
  us: { name: 'Rex', email: ME },
};
let minute = 10;
/** A message of a talk in Google Chat. @param before what it said before it was edited */
function said(side: keyof typeof people, text: string, before: string | null = null, more: object = {}) {
  minute += 2;
  const versions = [{ text: before, created_date: stamp(minute) }];
  return {
    ...{ creator: people[side], created_date: stamp(minute), message_id: `s/${minute}/${minute}`, text },
    ...(before && { updated_date: stamp(minute + 1), previous_message_versions: versions }),
    ...more,
  };
}
const signed = { reactions: [{ emoji: { unicode: '👍' }, reactor_emails: ['wombat@elsewhere.example'] }] };
const messages = [
  said('them', 'Please call me about the pelican.', 'I will ruin you about the ocelot.', signed),
  said('them', 'Virtanen pays less, I hear.', 'Virtanen Rakennus pays less, I hear.'),
  said('them', 'Never mind the ocelot.'),
  said('us', 'I will call on Friday.', 'Alexandra Karhu will call on Friday.'),
  said('us', 'Rex will call on Monday.', 'Rex will call on Thursday.'),
  { ...said('them', ''), message_state: 'DELETED', text: undefined },
];

type Row = { id: string; lead: string; became: string | null };
const folder = join(temporaryFolder(), 'DM 1');
mkdirSync(folder);
writeFileSync(join(folder, 'messages.json'), JSON.stringify({ messages }));
const members = [people.them, people.us];
writeFileSync(join(folder, 'group_info.json'), JSON.stringify({ members }));
const { id: party } = await app.ask<{ id: string }>('POST', '/api/parties', {
  ...{ name: 'Ivan Orlov', identifiers: [people.them.email] },
});
await app.ask('POST', '/api/parties', { name: 'Virtanen Rakennus', identifiers: ['leena@virtanen.example'] });
await app.bringIn({ paths: [folder], me: [ME], only: [people.them.email] });
const { items: rows } = await app.ask<{ items: Row[] }>('GET', `/api/parties/${party}/timeline?limit=20`);
const idOf = (lead: string) => rows.find((row) => row.lead.startsWith(lead))!.id;

async function bundleOf(more: object = {}) {
  const made = await app.call('POST', '/api/bundles', { party, exhibits: null, ...more });
  expect(made.status).toBe(200);
  const bytes = new Uint8Array(await made.arrayBuffer());
  const report = await verified(bytes);
  expect(report).toMatchObject({ integrity: { ok: true }, completeness: { ok: true } });
  return everything(new Map([...(await unpacked(bytes))].filter(([path]) => path.endsWith('.pdf'))));
}

type Hits = {
  items: readonly { id: string; isEarlier: boolean; isInside: boolean; snippet: { text: string } }[];
};
const find = async (q: string, more: object = {}) =>
  (await app.ask<Hits>('GET', `/api/search?${new URLSearchParams({ q, ...more })}`)).items;

test('a message is found by what it said before it was edited, and the hit shows those words and says so', async () => {
  expect(await find('"ruin you"')).toMatchObject([
    {
      ...{ id: idOf('Please call me'), isEarlier: true, isInside: false },
      snippet: { text: 'I will ruin you about the ocelot.' },
    },
  ]);
  const both = await find('ocelot');
  expect(new Map(both.map(({ id, isEarlier }) => [id, isEarlier]))).toEqual(
    new Map([
      [idOf('Please call me'), true],
      [idOf('Never mind'), false],
    ]),
  );
  expect(await find('pelican')).toMatchObject([{ isEarlier: false }]);
  // They are the words of whoever wrote the message.
  expect(await find('ruin', { voice: 'theirs' })).toHaveLength(1);
  expect(await find('ruin', { voice: 'ours' })).toHaveLength(0);
});

test('nothing is found by who set a sign under it', async () => {
  expect(await find('wombat')).toEqual([]);
});

test('the timeline says of a message that it was edited or deleted, and nothing of the others', () => {
  expect(rows.map(({ lead, became }) => [lead, became]).toReversed()).toEqual([
    ['Please call me about the pelican.', 'edited'],
    ['Virtanen pays less, I hear.', 'edited'],
    ['Never mind the ocelot.', null],
    ['I will call on Friday.', 'edited'],
    ['Rex will call on Monday.', 'edited'],
    ['', 'deleted'],
  ]);
});

test('a bundle prints what a message said before, and who set which sign under it; of what is kept back nothing', async () => {
  const told = await bundleOf();
  expect(told).toContain('Edited there (2026-05-26 09:13:00 UTC), as the export says');
  expect(told).toContain(
    'Before it was edited (2026-05-26 09:12:00 UTC) it said: “I will ruin you about the ocelot.”',
  );
  expect(told).toMatch(/Reaction \S* ?by wombat@elsewhere\.example/);
  expect(told).toContain('Deleted there, as the export says');
  const without = await bundleOf({ exhibits: [idOf('Never mind')] });
  expect(without).toContain('Never mind the ocelot.');
  for (const words of ['ruin you', 'wombat', 'Edited there']) expect(without).not.toContain(words);
});

test('a copy with words taken out says nothing of how it read before', async () => {
  const id = idOf('Virtanen pays');
  await app.ask('POST', `/api/interactions/${id}/redactions`, {
    ...{ party, use: 'everyone', reason: 'another client', text: [{ start: 0, end: 8 }] },
  });
  const told = await bundleOf({ exhibits: [id] });
  expect(told).toContain('████ pays less, I hear.');
  expect(told).not.toContain('Virtanen Rakennus pays');
});

test('the folder of plain files says the same below the words', async () => {
  const zip = await app.call('GET', `/api/parties/${party}/folder.zip`);
  const files = await unpacked(new Uint8Array(await zip.arrayBuffer()));
  const texts = [...files.values()].map((bytes) => Buffer.from(bytes).toString());
  const saying = (words: string) => texts.find((text) => text.includes(words))!;
  expect(saying('Please call me')).toContain(
    'it said: “I will ruin you about the ocelot.”\r\nReaction 👍 by wombat',
  );
  expect(saying('Never mind')).toMatch(/Never mind the ocelot\.\r\n$/);
});

test('whom earlier words name is seen before a client gets a copy, and our other names before a bundle goes', async () => {
  type AsClient = { items: { id: string; others: string[]; beside: { earlier: unknown } | null }[] };
  const { items } = await app.ask<AsClient>('GET', `/api/parties/${party}/as-client`);
  const named = (lead: string) => items.find(({ id }) => id === idOf(lead))?.others;
  expect(named('Virtanen pays')).toEqual(['Virtanen Rakennus']);
  expect(named('Never mind')).toEqual([]);
  const before = (lead: string) => items.find(({ id }) => id === idOf(lead))?.beside?.earlier;
  expect(before('Please call')).toMatchObject([{ text: 'I will ruin you about the ocelot.' }]);
  // Of what a copy stands for nothing is given.
  expect(before('Virtanen pays')).toBeUndefined();

  await app.ask('POST', '/api/our-names', { kind: 'legal', name: 'Alexandra Karhu' });
  const stage = await app.ask<{ id: string }>('POST', '/api/our-names', { kind: 'stage', name: 'Rex' });
  await app.ask('PUT', `/api/parties/${party}/our-name`, { nameId: stage.id });
  type Found = { items: { interactionId: string; found: { kind: string; says: string }[] }[] };
  const { items: telling } = await app.ask<Found>('POST', '/api/bundles/disclosing', { party });
  const names = telling.flatMap(({ interactionId, found }) =>
    found.filter(({ kind }) => kind === 'name').map(({ says }) => [interactionId, says]),
  );
  expect(names).toEqual([[idOf('I will call'), 'Alexandra Karhu']]);
});

test('a time without its zone is printed as one, and a long list ends with a number', () => {
  const by = { name: 'Anna', address: null, isMe: false };
  const reaction = { what: '👍', by, count: 1, at: '2026-05-26T09:14' };
  const exported = { state: null, editedAt: null, earlier: null };
  expect(besideWords({ exported: { ...exported, reactions: [reaction] } })).toEqual([
    'Reaction 👍 by Anna (2026-05-26 09:14, zone not stated)',
  ]);
  const many = Array.from({ length: 103 }, () => ({ ...reaction, by: null, count: 2, at: null }));
  const lines = besideWords({ exported: { ...exported, reactions: many } });
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([
    ...[101, 'Reaction 👍 by 2 not named', '3 more reactions stand in the native file'],
  ]);
  expect(besideWords({ exported: null })).toEqual([]);
});

test('made again from the ledger, they are found as before', async () => {
  const tables = () => rowsOf(database.pool, ['exported', 'search_rows']);
  const before = await tables();
  await madeAnew(app);
  expect(await tables()).toEqual(before);
  expect(await find('"ruin you"')).toHaveLength(1);
});
