import { expect, test } from 'vitest';
import type { Actor } from '../../src/kernel/brand.ts';
import { viewCard } from '../../src/modules/procedure/meeting/meeting.actions.ts';
import { projectionTables } from '../../src/replay.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { player, refusedBy, type Shown, type Words } from './playing.ts';

const chance = seededChance('meeting');
chance.setClock(Date.parse('2026-05-12T09:00:00+03:00'));
const database = await testDatabase();
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET zone = 'Europe/Helsinki'");
const play = player(app);
const { id: partyId } = await app.ask<{ id: string }>('POST', '/api/parties', {
  ...{ name: 'Orlov', state: 'client', identifiers: ['orlov@baltika.example'] },
});
type Packs = { packs: { id: string; starts: string }[] };
const [pack] = (await app.ask<Packs>('GET', '/api/procedures/packs?subject=party')).packs.filter(
  ({ id }) => id === 'meeting-talk',
);
type Choice = { id: string; title: Words; say: Words | null; asks: Words | null };
const choicesOf = (shown: Shown) => (shown.now as unknown as { choices: readonly Choice[] }).choices;
const begin = () => play.start(pack!.id, partyId, { kind: 'party', id: partyId });
const tap = (id: string, shown: Shown, choice: string, reason: string | null = null) =>
  play.done(id, shown.now!.step, { choice, reason });
const entries = async () =>
  (await database.pool.query<{ count: string }>('SELECT count(*) FROM entries')).rows[0]?.count;
const minutes = (n: number) => chance.setClock(Date.parse('2026-05-12T14:00:00+03:00') + n * 60_000);

test('what somebody fears and wants before it is theirs alone, and makes no entry', async () => {
  const id = await begin();
  const before = await entries();
  const card = {
    ...{ theyWant: 'A login that works by Monday.', fear: 'That he shouts.', want: 'A date.' },
    ...{ best: 'A date.', worst: 'We part.', endingWords: 'Thank you, we end here.', done: ['A walk'] },
  };
  expect(await app.ask('GET', `/api/procedures/${id}/card`)).toMatchObject({ fear: '', done: [] });
  expect(await app.ask('PUT', `/api/procedures/${id}/card`, card)).toEqual(card);
  const other = { actor: 'member:mira' as Actor, role: 'owner', name: 'Mira', isLocal: false } as const;
  expect(await viewCard(app.ledger, other, id)).toMatchObject({ ok: true, value: { fear: '', want: '' } });
  expect(await app.ask('GET', '/api/meeting-habits')).toEqual({ isOn: false, dayBefore: [], dayAfter: [] });
  const habits = { isOn: true, dayBefore: ['A walk'], dayAfter: ['Swim'] };
  expect(await app.ask('PUT', '/api/meeting-habits', habits)).toEqual(habits);
  expect(await entries()).toBe(before);
  expect((await projectionTables(app.db)).filter((name) => name.startsWith('meeting'))).toEqual([]);
  const nobody = await app.call('GET', '/api/procedures/00000000-0000-7000-8000-000000000000/card');
  expect(await refusedBy(nobody)).toMatchObject({ status: 404, code: 'procedure-unknown' });
  const off = await tap(id, await play.see(id), 'it-is-called-off', 'He is ill.');
  expect(off.outcome?.id).toBe('meeting-called-off');
});

test('each tap is kept with its time, one warning, the end with thanks, and then it is written down', async () => {
  const id = await begin();
  let shown = await play.see(id);
  expect((shown.now as unknown as { standing: object[] }).standing).toEqual([]);
  minutes(0);
  shown = await tap(id, shown, 'it-begins-now');
  for (const { title, say } of choicesOf(shown))
    for (const words of [title, say]) if (words) expect(Object.values(words).every(Boolean)).toBe(true);
  expect(choicesOf(shown).map(({ say }) => say?.en)).toContain('I see why this is frustrating.');
  minutes(3);
  shown = await tap(id, shown, 'let-them-finish');
  const noTime = await app.call('POST', `/api/procedures/${id}/steps/${shown.now?.step}/done`, {
    choice: 'took-a-break',
  });
  expect(await refusedBy(noTime)).toMatchObject({ status: 422, code: 'words-needed' });
  minutes(8);
  shown = await tap(id, shown, 'took-a-break', '14:20');
  minutes(21);
  shown = await tap(id, shown, 'their-words-noted', 'You people are useless.');
  minutes(22);
  const live = shown.now!.step;
  shown = await tap(id, shown, 'warned-once');
  expect(shown.now?.step).not.toBe(live);
  expect(choicesOf(shown).map(({ title }) => title.en)).not.toContain('Warn once');
  minutes(25);
  shown = await tap(id, shown, 'second-time-ending');
  minutes(26);
  shown = await tap(id, shown, 'ended-thanking-them');
  const taps = shown.steps.flatMap(({ visits }) => visits.flatMap(({ done }) => done ?? []));
  expect(taps.map(({ choice, reason }) => [choice, reason])).toEqual([
    ['it-begins-now', null],
    ['let-them-finish', null],
    ['took-a-break', '14:20'],
    ['their-words-noted', 'You people are useless.'],
    ['warned-once', null],
    ['second-time-ending', null],
    ['ended-thanking-them', null],
  ]);
  expect((taps[3] as unknown as { at: string }).at).toMatch(/^2026-05-12T11:21:00/);
  expect(shown.now?.due?.at).toMatch(/^2026-05-12T12:26:00/);
  const early = await app.call('POST', `/api/procedures/${id}/steps/${shown.now?.step}/done`, {});
  expect(await refusedBy(early)).toMatchObject({ params: { needs: ['recorded-since-start'] } });
  const { id: meeting } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    ...{ kind: 'meeting', direction: null, parties: [{ id: partyId }], at: '2026-05-12T14:00:00+03:00' },
    ...{ durationMin: 26, channel: null, people: [], subject: null, text: '14:21 “You people are useless.”' },
    ...{ quotes: ['You people are useless.'], outcome: null },
  });
  shown = await play.done(id, shown.now!.step);
  expect(shown.outcome?.id).toBe('meeting-written-down');
  const { packs } = await app.ask<Packs>('GET', '/api/procedures/packs?subject=meeting&starts=thing');
  const summary = await play.start(packs[0]!.id, partyId, { kind: 'meeting', id: meeting });
  expect((await play.see(summary)).now?.due?.at).toBe('2026-05-12T12:00:00.000Z');
});

test('whoever leaves for safety is out with one tap, and nobody asks for thanks', async () => {
  minutes(60);
  const id = await begin();
  let shown = await tap(id, await play.see(id), 'it-begins-now');
  shown = await tap(id, shown, 'leaving-for-safety');
  expect(shown.now).toMatchObject({ number: shown.steps.length });
});
