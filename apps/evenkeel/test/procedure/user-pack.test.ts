import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Actor } from '../../src/kernel/brand.ts';
import type { Caller } from '../../src/kernel/http.ts';
import { duesOf } from '../../src/modules/procedure/dues.actions.ts';
import { openPacks } from '../../src/modules/procedure/packs.store.ts';
import { doStep } from '../../src/modules/procedure/procedure.actions.ts';
import { tick } from '../../src/modules/procedure/tick.actions.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { projectionTables, replay } from '../../src/replay.ts';
import { atEnd } from '../support/at-end.ts';
import { rowsOf } from '../support/made-anew.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { player, refusedBy, type Shown } from './playing.ts';

const FIXTURE = fileURLToPath(new URL('../../../../fixtures/packs/ending-politely', import.meta.url));
const chance = seededChance('user-pack');
chance.setClock(Date.parse('2026-05-12T10:00:00+03:00'));
const database = await testDatabase();
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET zone = 'Europe/Helsinki'");
await app.call('PUT', '/api/calendar/country', { country: 'FI' });
const play = player(app);
const folder = join(app.dataDir, 'packs', 'procedures');
mkdirSync(folder, { recursive: true });
cpSync(FIXTURE, join(folder, 'ending-politely'), { recursive: true });
const reader = openReader('nowhere');
atEnd(() => reader.close());
const ports = { ledger: app.ledger, sealer: app.sealer, packs: openPacks(folder), reader };
const { id: partyId } = await app.ask<{ id: string }>('POST', '/api/parties', {
  name: 'Orlov',
  state: 'client',
  identifiers: ['orlov@baltika.example'],
});
const AGENT: Caller = { actor: 'member:agent' as Actor, role: 'agent', name: 'Agent', isLocal: false };

type Packs = {
  packs: { id: string; isYours: boolean; isVerified: boolean; place: string | null }[];
  broken: { file: string; line: number; reason: string }[];
};
const packs = (query = '') => app.ask<Packs>('GET', `/api/procedures/packs${query}`);

let id = '';
let shown: Shown;

test('a pack nobody shipped can be started by its subject and place, and says that it is unverified', async () => {
  const yours = async (place: string) =>
    (await packs(`?subject=party&place=${place}`)).packs.filter(({ isYours }) => isYours);
  const [found, ...others] = await yours('AX');
  expect(found).toMatchObject({ isYours: true, isVerified: false, place: 'AX' });
  expect(others).toEqual([]);
  expect(await yours('FI')).toEqual([]);
  id = await play.start(found!.id, partyId, { kind: 'party', id: partyId });
  shown = await play.see(id);
  expect(shown.now).toMatchObject({ number: 1, of: 3, due: { date: '2026-05-13' } });
});

test('its dues carry paragraph, source and date, and are those of law', async () => {
  const [due] = await duesOf(app.db, app.ledger.workspaceId, {});
  expect(due).toMatchObject({
    kind: 'law',
    side: 'theirs',
    source: 'Act of an island that is in no book, § 7 (2026-01-02)',
    params: { isVerified: false, number: 1, of: 3 },
  });
  expect(await duesOf(app.db, app.ledger.workspaceId, { until: chance.now() })).toEqual([]);
});

test('nobody can do what only the clock does, and the clock does it when its day is over', async () => {
  const early = await app.call('POST', `/api/procedures/${id}/steps/${shown.now?.step}/done`, {});
  expect(await refusedBy(early)).toMatchObject({
    status: 403,
    code: 'role-needed',
    params: { role: 'clock' },
  });
  chance.setClock(Date.parse('2026-05-14T00:30:00+03:00'));
  await tick(ports);
  shown = await play.see(id);
  // A month from Thursday, 14 May, is a Sunday: it rolls to Monday.
  expect(shown.now).toMatchObject({ number: 2, due: { date: '2026-06-15' } });
});

test('it goes on with the bytes it began with when its pack changes or breaks, and the others still work', async () => {
  const path = join(folder, 'ending-politely', 'pack.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('role: manager', 'role: wizard'));
  const { broken, packs: left } = await packs();
  expect(broken).toEqual([
    {
      file: 'ending-politely/pack.yaml',
      line: 33,
      reason: expect.stringContaining('is one of worker, manager'),
    },
  ]);
  expect(left.length).toBeGreaterThan(0);
  const start = await app.call('POST', '/api/procedures', {
    ...{ pack: 'ending-politely', partyId, subject: { kind: 'party', id: partyId } },
  });
  expect(await refusedBy(start)).toMatchObject({ status: 409, code: 'pack-broken', params: { line: 33 } });
  expect((await play.see(id)).pack).toMatchObject({ title: { en: 'Ending politely' } });
});

test('a clock that stops takes its due away, and what it stood for is added when it goes on', async () => {
  const stop = (wish: object) => app.call('POST', `/api/procedures/${id}/clock/stopped`, wish);
  expect(await refusedBy(await stop({ stop: 'no-such', reason: 'x' }))).toMatchObject({
    status: 422,
    code: 'stop-unknown',
  });
  expect((await stop({ stop: 'over-summer', reason: 'They are away.' })).status).toBe(200);
  expect(await refusedBy(await stop({ stop: 'over-summer', reason: 'x' }))).toMatchObject({
    status: 409,
    code: 'clock-stopped',
  });
  expect((await play.see(id)).now).toMatchObject({ due: null, isStopped: true });
  chance.setClock(Date.parse('2026-05-24T12:00:00+03:00'));
  const later = { until: '2026-06-01T00:00:00.000Z', reason: 'x' };
  expect(
    await refusedBy(await app.call('POST', `/api/procedures/${id}/clock/restarted`, later)),
  ).toMatchObject({
    status: 422,
    code: 'time-unusable',
  });
  const again = await app.ask<Shown>('POST', `/api/procedures/${id}/clock/restarted`, {
    reason: 'They are back.',
  });
  // Sunday, 14 June, and ten days: Wednesday, 24 June.
  expect(again.now).toMatchObject({ due: { date: '2026-06-24' }, isStopped: false });
  const running = await app.call('POST', `/api/procedures/${id}/clock/restarted`, { reason: 'x' });
  expect(await refusedBy(running)).toMatchObject({ status: 409, code: 'clock-running' });
});

test('a role that may not do a step is refused, whatever it brings', async () => {
  expect(
    await doStep(ports, AGENT, id, { step: shown.now!.step, choice: null, reason: null, outsider: null }),
  ).toEqual({
    ok: false,
    reason: 'role-needed',
    params: { role: 'manager' },
  });
});

test('in a workspace of one the second look needs a reason and a day, and then it is said that nobody else looked', async () => {
  const letter = shown.steps[1]!.letter!;
  await play.draft(id, letter, { 'last-day': '30 June' });
  await play.final(id, letter);
  await play.hand(id, letter, 'print');
  shown = await play.done(id, shown.now!.step);
  const step = shown.now!.step;
  expect(shown.now?.second).toMatchObject({ isAlone: true, asked: null });
  const doIt = (wish: object = {}) => app.call('POST', `/api/procedures/${id}/steps/${step}/done`, wish);
  expect(await refusedBy(await doIt({ reason: 'I looked.' }))).toMatchObject({
    status: 409,
    code: 'second-not-asked',
  });
  const proof = { name: 'Anna', proof: partyId };
  expect(await refusedBy(await doIt({ outsider: proof }))).toMatchObject({
    status: 404,
    code: 'proof-unknown',
  });
  await app.ask('POST', `/api/procedures/${id}/steps/${step}/alone`, { reason: 'Nobody else works here.' });
  expect(await refusedBy(await doIt())).toMatchObject({
    status: 409,
    code: 'wait-needed',
    params: { until: expect.stringContaining('2026-05-25T09:00') },
  });
  chance.setClock(Date.parse('2026-05-25T12:01:00+03:00'));
  const done = (await (await doIt()).json()) as Shown;
  expect(done.steps[2]?.visits[0]?.done?.second).toMatchObject({ who: 'nobody-else' });
  expect(done.outcome?.title.en).toBe('They said nothing');
});

test('every step left an entry, and replaying them gives the same rows', async () => {
  const names = (await projectionTables(app.db)).filter((name) => name.startsWith('procedure'));
  const rows = () => rowsOf(database.pool, names);
  const before = await rows();
  expect(Object.values(before).flat().length).toBeGreaterThan(6);
  await app.runner.caughtUp();
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});
