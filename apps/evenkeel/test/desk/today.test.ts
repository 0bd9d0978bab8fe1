import { afterEach, expect, test } from 'vitest';
import type { Due, DueKind } from '../../src/kernel/due.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { bandsOf } from '../../src/modules/desk/today.ts';
import { lookWhileQuiet } from '../../src/modules/procedure/silence/silence.actions.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { atEnd } from '../support/at-end.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const clock = seededChance('today');
const app = await testApp(database, { chance: clock });
const ME = 'me@firm.example';

type Line = Pick<Due, 'id' | 'kind' | 'code' | 'says' | 'room' | 'at'> & { readonly party: string };
type Band = { readonly total: number; readonly items: readonly Line[] };
type Shown = Record<'now' | 'theirs' | 'later', Band> & {
  readonly done: number;
  readonly counts: { readonly interactions: number };
};
const look = () => app.ask<Shown>('GET', '/api/today');

const END = '2026-05-12T20:59:59.999Z' as Instant;
const due = (kind: DueKind, at: string, side: Due['side'] = 'ours'): Due => ({
  ...{ id: `${kind} ${at}`, room: 'point', kind, side, partyId: 'p', at: `2026-05-${at}Z` as Instant },
  ...{ isWholeDay: false, says: kind, code: kind, params: {}, interactionId: null, source: null },
});
const kinds = (dues: readonly Due[]) => dues.map(({ kind }) => kind);

test('people come before law, law before promises, promises before replies, whatever their hour', () => {
  const { now } = bandsOf(
    (['answer', 'reply', 'promise', 'contract', 'law', 'danger'] as const).map((kind, i) =>
      due(kind, `12T0${i}:00:00.000`),
    ),
    END,
  );
  expect(kinds(now)).toEqual(['danger', 'law', 'contract', 'promise', 'reply', 'answer']);
});

test('what is due after today stands under later, what they owe under theirs, each by its date', () => {
  const { now, theirs, later } = bandsOf(
    [
      due('promise', '14T09:00:00.000'),
      due('law', '15T09:00:00.000'),
      due('promise', '12T20:59:59.999'),
      due('promise', '09T09:00:00.000', 'theirs'),
      due('answer', '13T09:00:00.000', 'theirs'),
    ],
    END,
  );
  expect([now, theirs, later].map(kinds)).toEqual([['promise'], ['promise', 'answer'], ['promise', 'law']]);
});

let files = 0;
async function receive(days: number, who: string, text: string, isOurs = false): Promise<void> {
  const date = new Date(Date.parse(clock.now()) - days * 24 * 3_600_000).toUTCString();
  const them = `${who} <${who.toLowerCase()}@client.example>`;
  const bytes = mail({
    subject: `about ${who}`,
    from: isOurs ? ME : them,
    to: isOurs ? them : ME,
    date,
    body: text,
  });
  const path = filesIn(temporaryFolder(), { [`${files++}.eml`]: bytes });
  await app.bringIn({ paths: [path].flat(), me: [ME] });
}

afterEach(async () => {
  for (const { room, id } of [...(await look()).now.items, ...(await look()).later.items])
    await app.call('PUT', `/api/today/aside/${room}/${id}`, { isLater: false });
});

test('how much is recorded is counted again once more is recorded', async () => {
  const { counts } = await look();
  expect((await look()).counts).toEqual(counts);
  await receive(1, 'Counted', 'One more.', true);
  expect((await look()).counts.interactions).toBe(counts.interactions + 1);
});

test('whoever waits for an answer stands there with their words, until somebody answers', async () => {
  await receive(6, 'Nina', 'Where is the login?');
  await receive(5, 'Nina', 'Are you there?');
  const before = await look();
  expect(before.now.items).toMatchObject([{ kind: 'reply', party: 'Nina', says: 'Where is the login?' }]);
  await receive(4, 'Nina', 'In line 4 of my mail.', true);
  expect((await look()).now.items).toEqual([]);
});

test('what came today is due after the working days that were promised, not now', async () => {
  await receive(0, 'Olli', 'Could you look at the invoice?');
  const { now, later } = await look();
  expect([now.total, later.items.map(({ party }) => party)]).toEqual([0, ['Olli']]);
});

test('an old message that an import brings is no news', async () => {
  await receive(45, 'Vera', 'Where is my parcel?');
  expect(await look()).toMatchObject({ now: { total: 0 }, later: { total: 0 } });
});

test('words of violence in what is filed without reply stand once, and are looked at there', async () => {
  const inDays = (days: number) =>
    new Date(Date.parse(clock.now()) + days * 24 * 3_600_000).toISOString().slice(0, 10);
  const { id: party } = await app.ask<{ id: string }>('POST', '/api/parties', { name: 'Nikolai' });
  const record = async (direction: string, text: string, hoursAgo: number) => {
    const at = new Date(Date.parse(clock.now()) - hoursAgo * 3_600_000).toISOString();
    const wish = { text, party: { id: party }, direction, way: 'mail', at };
    const from = direction === 'inbound' ? { from: 'nikolai@x.example' } : {};
    const { id } = await app.ask<{ id: string }>('POST', '/api/interactions', { ...wish, ...from });
    return { interactionId: id, start: 0, end: text.length, quote: text };
  };
  const repeat = await record('inbound', 'The login does not work since Monday.', 30);
  const answer = await record('outbound', 'The login is in line 4.', 29);
  await app.ask('POST', `/api/parties/${party}/silences`, {
    ...{ reason: 'Answered.', repeat, answer, untilOn: inDays(40) },
  });
  const { interactionId } = await record('inbound', 'I will come to your office and break your legs.', 0);
  await app.runner.caughtUp();
  const reader = openReader('nowhere');
  atEnd(() => reader.close());
  await lookWhileQuiet(app.ledger, reader);
  const { now } = await look();
  const dangers = now.items.filter((line) => line.kind === 'danger');
  expect(dangers).toMatchObject([{ code: 'filed-with-news', party: 'Nikolai', interactionId }]);
  const looks = `/api/silences/${dangers[0]!.id}/looks`;
  await app.ask('POST', looks, { interaction: interactionId, outcome: 'filed', note: 'Reported.' });
});

test('words of violence stand first, and a person who looked at them takes them off', async () => {
  await receive(6, 'Ivan', 'Where is the report?');
  await receive(1, 'Mark', 'I know where you live. I will break your legs.');
  const { now } = await look();
  expect(now.items[0]).toMatchObject({ kind: 'danger', party: 'Mark' });
  const { room, id } = now.items[0]!;
  expect((await app.call('PUT', `/api/today/aside/${room}/${id}`, { isLater: false })).status).toBe(200);
  expect((await look()).now.items.map(({ kind }) => kind)).not.toContain('danger');
});

test('a line that is put off comes back with the next working day, and at once when that is undone', async () => {
  await receive(6, 'Pia', 'When do we start?');
  const [line] = (await look()).now.items;
  const path = `/api/today/aside/${line?.room}/${line?.id}`;
  const { until } = await app.ask<{ until: string }>('PUT', path, { isLater: true });
  expect(until > clock.now()).toBe(true);
  expect((await look()).now.total).toBe(0);
  expect((await app.call('DELETE', path)).status).toBe(204);
  expect((await look()).now.items).toMatchObject([{ party: 'Pia' }]);
});

test('much money in the first hours of somebody new is said once; of somebody known it is not', async () => {
  const payment = (who: string, daysAgo: number) =>
    mail({
      ...{ subject: `${who} ${daysAgo}`, from: `${who} <${who}@pays.example>`, to: ME },
      ...{ date: new Date(Date.parse(clock.now()) - daysAgo * 24 * 3_600_000).toUTCString() },
      body: `You have a new order: €${20 + Math.round(daysAgo * 10)} from ${who}.`,
    });
  const paid = ['Known', 'Newcomer'].flatMap((who) =>
    [1, 0.9, 0.8, 0.7, 0.6].map((days) => payment(who, days)),
  );
  const bring = (mails: readonly string[]) =>
    app.bringIn({ paths: [filesIn(temporaryFolder(), { 'paid.mbox': mbox(mails) })], me: [ME] });
  await bring([payment('Known', 20), ...paid]);
  const money = async () => (await look()).now.items.filter(({ code }) => code === 'first-days-money');
  const [line, ...more] = await money();
  expect([line, more]).toMatchObject([
    { party: 'Newcomer', says: expect.stringContaining('new order'), room: 'procedure' },
    [],
  ]);
  await app.call('PUT', `/api/today/aside/${line!.room}/${line!.id}`, { isLater: false });
  await bring([payment('Newcomer', 0.5)]);
  expect(await money()).toEqual([]);
});
