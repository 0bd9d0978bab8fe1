import { beforeAll, expect, test } from 'vitest';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);
const ME = ['me@firm.example'];

type Row = Readonly<Record<string, unknown>>;
type Page = { readonly items: readonly Row[]; readonly next: string | null; readonly total?: number | null };

const post = async (path: string, body: unknown, method = 'POST') => {
  const response = await app.call(method, path, body);
  return { status: response.status, body: (await response.json()) as Row };
};
const meant = async (word: string) => {
  const response = await app.call('GET', `/api/parties/meant?word=${encodeURIComponent(word)}`);
  return { status: response.status, body: (await response.json()) as Row };
};

async function allPages(path: string, limit: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const join = path.includes('?') ? '&' : '?';
    const cursor = after ? `&after=${encodeURIComponent(after)}` : '';
    const page: Page = await app.ask('GET', `${path}${join}limit=${limit}${cursor}`);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    ids.push(...page.items.map(({ id }) => id as string));
    after = page.next;
  } while (after);
  return ids;
}

beforeAll(async () => {
  const files = Object.fromEntries(
    Array.from({ length: 61 }, (_, i) => [
      `${i}.eml`,
      mail({
        subject: `s${i}`,
        from: i % 3 ? 'Pager <pager@desk.example>' : ME[0]!,
        to: i % 3 ? ME[0]! : 'pager@desk.example',
        // Many of one second: only the id tells their order.
        date: `Tue, 12 May 2026 09:1${i % 4}:00 +0300`,
      }),
    ]),
  );
  await app.bringIn({ paths: [filesIn(temporaryFolder(), files)], me: ME });
});

test('a timeline is paged newest first, whatever the step, and its counts are those of its rows', async () => {
  const { body } = await meant('pager@desk.example');
  const path = `/api/parties/${body.id}/timeline`;
  const whole = await app.ask<Page>('GET', `${path}?limit=200`);
  const keys = whole.items.map(({ at, id }) => `${at}_${id}`);
  expect(keys).toEqual(keys.toSorted().reverse());
  expect(whole).toMatchObject({ total: 61, next: null });
  const first = await app.ask<Page>('GET', `${path}?limit=10`);
  const second = await app.ask<Page>('GET', `${path}?limit=10&after=${first.next}`);
  expect([first.total, second.total], 'only the first page is told the total').toEqual([61, null]);
  for (const limit of [1, 10, 60, 61])
    expect(await allPages(path, limit)).toEqual(whole.items.map(({ id }) => id));
  const inbound = await app.ask<Page>('GET', `${path}?limit=200&direction=inbound`);
  const party = await app.ask<{ counts: Row }>('GET', `/api/parties/${body.id}`);
  expect(party.counts).toEqual({
    unknown: 0,
    inbound: inbound.items.length,
    outbound: 61 - inbound.items.length,
  });
});

test('clients are added, found by name, address and id, and changed', async () => {
  const added = await post('/api/parties', {
    name: ' Baltika Oy ',
    identifiers: ['Info@Baltika.example', '@baltika'],
  });
  expect(added).toMatchObject({
    status: 201,
    body: { name: 'Baltika Oy', state: 'client', interactions: 0 },
  });
  const id = added.body.id as string;
  for (const word of ['baltika oy', 'INFO@baltika.example', 'mailto:info@baltika.example', '@baltika', id])
    expect(await meant(word), word).toMatchObject({ status: 200, body: { id } });
  expect(await post(`/api/parties/${id}`, { state: 'former' }, 'PATCH')).toMatchObject({
    status: 200,
    body: { name: 'Baltika Oy', state: 'former' },
  });
  expect(await post(`/api/parties/${id}`, { name: 'Balt\0ika' }, 'PATCH')).toMatchObject({
    body: { name: 'Baltika', state: 'former' },
  });
});

test('what cannot be is refused in words', async () => {
  expect(await post('/api/parties', { name: '  ' })).toMatchObject({
    status: 422,
    body: { code: 'party-unnamed' },
  });
  expect(await post('/api/parties', { name: 'Thief', identifiers: ['pager@desk.example'] })).toMatchObject({
    status: 409,
    body: { code: 'identifier-taken', params: { name: 'Pager' } },
  });
  expect(await meant('nobody at all')).toMatchObject({ status: 404, body: { code: 'party-unknown' } });
  await post('/api/parties', { name: 'Twin' });
  await post('/api/parties', { name: 'twin' });
  const ambiguous = await meant('TWIN');
  expect(ambiguous).toMatchObject({ status: 409, body: { code: 'party-ambiguous' } });
  expect((ambiguous.body.params as { candidates: readonly string[] }).candidates).toHaveLength(2);
  expect(await post('/api/parties', { name: 'x', surprise: 1 })).toMatchObject({ status: 422 });
  expect((await app.call('GET', '/api/parties/not-an-id')).status).toBe(422);
  expect((await app.fetch(new Request('http://evenkeel.local/api/parties'), { isLocal: false })).status).toBe(
    401,
  );
});

test('clients are paged by name, whatever the step', async () => {
  for (const name of ['Ärlig', 'arlig', 'Жук', 'жук', 'a_b', 'a%b']) await post('/api/parties', { name });
  const whole = await allPages('/api/parties', 200);
  expect(new Set(whole).size).toBe(whole.length);
  for (const limit of [1, 3]) expect(await allPages('/api/parties', limit)).toEqual(whole);
  const { items } = await app.ask<Page>('GET', `/api/parties?query=${encodeURIComponent('a%')}`);
  expect(items.map(({ name }) => name)).toEqual(['a%b']);
});

test('pasted words are filed under whoever is known by the address that was given', async () => {
  const pasted = (identifier: string) => ({
    text: 'Words from a chat.',
    party: { name: 'Somebody', identifier },
    at: '2026-05-12T09:14:00+03:00',
    way: 'chat',
    direction: 'inbound',
  });
  const before = await app.ask<Page>(
    'GET',
    `/api/parties/${(await meant('pager@desk.example')).body.id}/timeline`,
  );
  expect((await post('/api/interactions', pasted('PAGER@desk.example'))).status).toBe(201);
  const after = await app.ask<Page>(
    'GET',
    `/api/parties/${(await meant('pager@desk.example')).body.id}/timeline`,
  );
  expect(after.total).toBe(before.total! + 1);
  expect((await post('/api/interactions', pasted('new@desk.example'))).status).toBe(201);
  expect(await meant('new@desk.example')).toMatchObject({ status: 200, body: { name: 'Somebody' } });
});

test('a conversation is read in the order in which it was held, both sides, copies once, whatever the step', async () => {
  const [them, us] = ['Orlov <orlov@thread.example>', ME[0]!];
  const at = (minute: number) => `Tue, 12 May 2026 10:0${minute}:00 +0300`;
  const asked = { subject: 'Login', from: them, to: us, date: at(0), body: 'Where is the login?' };
  const answer = {
    ...{ subject: 'Re: Login', from: us, to: 'orlov@thread.example', date: at(1), id: '<a@firm.example>' },
    ...{ inReplyTo: '<Login@client.example>', body: 'In line 4.\n\n> Where is the login?' },
  };
  const again = {
    ...{ subject: 'Re: Login', from: them, to: us, date: at(2), id: '<b@client.example>' },
    ...{ inReplyTo: '<a@firm.example>', body: 'x'.repeat(20_001) },
  };
  const files = { 'a.eml': mail(asked), 'b.eml': mail(answer), 'c.eml': mail(again) };
  await app.bringIn({ paths: [filesIn(temporaryFolder(), files)], me: ME });
  const copy = `Received: by another.example; Tue, 12 May 2026 10:05:00 +0300\n${mail(answer)}`;
  await app.bringIn({ paths: [filesIn(temporaryFolder(), { 'b.eml': copy })], me: ME });
  const { body } = await meant('orlov@thread.example');
  const timeline = await app.ask<Page>('GET', `/api/parties/${body.id}/timeline`);
  const ids = timeline.items.map(({ id }) => id as string).toReversed();
  expect(ids).toHaveLength(3);
  type Item = { row: Row; text: string; isCut: boolean; quotedFrom: number | null };
  type Thread = { total: number; asked: string; items: readonly Item[]; next: string | null };
  const thread = (id: string, rest = '') => app.ask<Thread>('GET', `/api/interactions/${id}/thread${rest}`);
  const whole = await thread(ids[1]!);
  expect(whole).toMatchObject({ total: 3, asked: ids[1], next: null });
  expect(whole.items.map(({ row }) => row.id)).toEqual(ids);
  expect(whole.items.map(({ row }) => row.direction)).toEqual(['inbound', 'outbound', 'inbound']);
  expect(whole.items[1]).toMatchObject({ row: { copies: 2 }, text: expect.stringContaining('In line 4.') });
  expect(whole.items.map(({ isCut }) => isCut)).toEqual([false, false, true]);
  const detail = await app.ask<{ copies: readonly Row[] }>('GET', `/api/interactions/${ids[1]}`);
  const other = detail.copies.find(({ id }) => id !== ids[1])!;
  expect((await thread(other.id as string)).asked, 'the copy that is shown stands for the other').toBe(
    ids[1],
  );
  const first = await thread(ids[2]!, '?limit=2');
  expect(first.items.map(({ row }) => row.id)).toEqual(ids.slice(0, 2));
  const second = await thread(ids[2]!, `?limit=2&after=${first.next}`);
  expect(second.items.map(({ row }) => row.id)).toEqual(ids.slice(2));
  expect(await app.ask<Row>('GET', `/api/interactions/${ids[0]}/context`)).toMatchObject({ inThread: 3 });
  const nowhere = '018f0000-0000-7000-8000-000000000000';
  expect((await app.call('GET', `/api/interactions/${nowhere}/thread`)).status).toBe(404);
});
