import { beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../src/kernel/brand.ts';
import { sql } from '../../src/kernel/db.ts';
import type { Caller } from '../../src/kernel/http.ts';
import { openPacks } from '../../src/modules/procedure/packs.store.ts';
import { doStep } from '../../src/modules/procedure/procedure.actions.ts';
import { tick } from '../../src/modules/procedure/tick.actions.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { ALEX, cite, type Firm, firm, MIRA } from '../casefile/firm.ts';
import { atEnd } from '../support/at-end.ts';
import { player, refusedBy, type Shown } from './playing.ts';

let here: Firm;
let play: ReturnType<typeof player>;
let ports: Parameters<typeof tick>[0];
let pack: string;
let points: readonly string[];
const LOGIN = 'The login does not work since Monday.';
const MONEY = 'I want 400 euros back by Friday.';
const reader = openReader('nowhere');
atEnd(() => reader.close());

type Registered = { readonly id: string; readonly number: string; readonly points: readonly string[] };

beforeAll(async () => {
  here = await firm();
  const point = (quote: string) => here.point(here.orlov, here.letters.orlov, quote);
  points = [(await point(LOGIN)).id, (await point(MONEY)).id];
  const { app } = here;
  await sql`UPDATE workspaces SET zone = 'Europe/Helsinki'`.execute(app.db);
  await app.call('PUT', '/api/calendar/country', { country: 'FI' });
  play = player(app);
  ports = { ledger: app.ledger, sealer: app.sealer, packs: openPacks('nowhere'), reader };
  const { packs } = await app.ask<{ packs: { id: string }[] }>(
    'GET',
    '/api/procedures/packs?subject=complaint',
  );
  pack = packs.find(({ id }) => id.endsWith('-house'))!.id;
});

/** Two points, received on Tuesday, 12 May. */
async function register(): Promise<Registered> {
  const { body } = await here.post(`/api/parties/${here.orlov}/complaints`, {
    receivedAt: '2026-05-12T09:00:00+03:00',
    way: 'mail',
    cite: cite(here.letters.orlov, LOGIN),
    remedy: MONEY,
    remedyCite: cite(here.letters.orlov, MONEY),
    points,
  });
  return { id: body.id as string, number: body.number as string, points };
}

const outcome = (complaint: string, point: string, result: string) =>
  here.put(`/api/complaints/${complaint}/points/${point}/outcome`, {
    outcome: result,
    reason: 'The login worked from Wednesday.',
    source: { kind: 'record', cite: cite(here.letters.orlov, LOGIN) },
  });

async function send(id: string, fields: Readonly<Record<string, string>> = {}) {
  const shown = await play.see(id);
  const { letter } = shown.steps.find((step) => step.id === shown.now?.step)!;
  await play.draft(id, letter!, fields);
  const finished = await play.final(id, letter!);
  await play.hand(id, letter!);
  return finished;
}

const to = async (id: string, nth: number): Promise<Shown> => {
  const shown = await play.see(id);
  const { code, params } = await refusedBy(
    await here.app.call('POST', `/api/procedures/${id}/steps/${shown.now?.step}/done`, {}),
  );
  expect(code).toBe('choice-needed');
  return play.done(id, shown.now!.step, { choice: (params.choices as string[])[nth] });
};

async function acknowledged() {
  here.chance.setClock(Date.parse('2026-05-12T10:00:00+03:00'));
  const complaint = await register();
  const id = await play.start(pack, here.orlov, { kind: 'complaint', id: complaint.id });
  const first = await play.see(id);
  const letter = await send(id);
  const shown = await play.done(id, first.now!.step);
  return { complaint, id, first, letter, shown };
}

const DECIDED = {
  'decision-summary': 'We pay half of it.',
  'what-happens-next': 'You get 200 euros by 25 May.',
};

test('it is acknowledged in two working days and decided in ten from the day it came, around Ascension Day', async () => {
  const { first, letter, shown, complaint } = await acknowledged();
  expect(first.now?.due).toMatchObject({ date: '2026-05-15' });
  expect(shown.now?.due).toMatchObject({ date: '2026-05-27' });
  expect(letter.subject).toContain(complaint.number);
  expect(letter.text).toContain(`1. ${LOGIN}`);
  expect(letter.text).toContain('27 May 2026');
});

test('the decision cannot be finished while a numbered point lacks outcome, reason or source', async () => {
  const { complaint, id } = await acknowledged();
  const shown = await to(id, 0);
  const step = shown.steps.find((one) => one.id === shown.now?.step)!;
  await play.draft(id, step.letter!, DECIDED);
  await outcome(complaint.id, complaint.points[0]!, 'upheld');
  const early = await here.app.call('POST', `/api/procedures/${id}/letters/${step.letter}/final`, {
    lang: 'en',
  });
  expect(await refusedBy(early)).toMatchObject({ status: 409, code: 'needs-missing' });
  await outcome(complaint.id, complaint.points[1]!, 'partly');
  await here.post(`/api/complaints/${complaint.id}/decision`, {
    says: 'Half is paid.',
    reason: 'It was late.',
  });
  const final = await play.final(id, step.letter!);
  expect(final.finished?.text).toContain('**Upheld.** The login worked from Wednesday.');
  expect(final.finished?.text).toContain(`Rests on: “${LOGIN}”`);
});

test('the time is extended once, with its reason and its new date, and only by who decides', async () => {
  const { id } = await acknowledged();
  const shown = await to(id, 2);
  const agent: Caller = { actor: 'member:agent' as Actor, role: 'agent', name: 'Agent', isLocal: false };
  const wish = { step: shown.now!.step, choice: null, reason: null, outsider: null };
  expect(await doStep(ports, agent, id, wish)).toMatchObject({ ok: false, reason: 'role-needed' });
  const letter = await send(id, { 'extension-reason': 'The supplier answers next week.' });
  expect(letter.text).toContain('27 May 2026');
  const after = await play.done(id, shown.now!.step);
  expect(after.now?.due?.date).toBe('2026-05-27');
  expect(after.now?.needs.map(({ predicate }) => predicate)).toContain('every-point-answered');
});

test('a second stage is decided by a second person, and the register follows', async () => {
  await here.addMember(ALEX, 'Alex', 'owner');
  await here.addMember(MIRA, 'Mira', 'manager');
  const alex: Caller = { actor: ALEX, role: 'owner', name: 'Alex', isLocal: false };
  const mira: Caller = { ...alex, actor: MIRA, role: 'manager', name: 'Mira' };
  const { complaint, id } = await acknowledged();
  const ready = await to(id, 0);
  for (const point of complaint.points) await outcome(complaint.id, point, 'not-upheld');
  await here.post(`/api/complaints/${complaint.id}/decision`, { says: 'No.', reason: 'It worked.' });
  await send(id, DECIDED);
  const nothing = { choice: null, reason: null, outsider: null };
  expect((await doStep(ports, alex, id, { step: ready.now!.step, ...nothing })).ok).toBe(true);
  // 13 and 15 May, three whole weeks, 8 to 10 June: the 14th is Ascension Day.
  expect((await play.see(id)).now?.due?.date).toBe('2026-06-10');
  here.chance.setClock(Date.parse('2026-05-13T10:00:00+03:00'));
  await here.app.ask('POST', '/api/interactions', {
    text: 'I do not agree with point 1. Please look again.',
    party: { id: here.orlov },
    direction: 'inbound',
    ...{ way: 'mail', at: '2026-05-13T09:30:00+03:00', from: 'orlov@client.example' },
  });
  await tick(ports);
  const second = await to(id, 0);
  expect(second.now?.second).toMatchObject({ isAlone: false });
  const state = await here.app.ask<{ stage: number; state: string }>(
    'GET',
    `/api/complaints/${complaint.id}`,
  );
  expect(state).toMatchObject({ stage: 2, state: 'open' });
  for (const point of complaint.points) await outcome(complaint.id, point, 'partly');
  const outsider = { name: 'Anna from the bank', proof: here.letters.bank };
  await here.post(`/api/complaints/${complaint.id}/decision`, { says: 'Half.', reason: 'Anew.', outsider });
  await send(id, DECIDED);
  const step = second.now!.step;
  expect(await doStep(ports, alex, id, { step, ...nothing })).toMatchObject({
    ok: false,
    reason: 'second-person-needed',
  });
  expect((await doStep(ports, mira, id, { step, ...nothing })).ok).toBe(true);
  const ended = await play.see(id);
  expect(ended.outcome?.title.en).toBe('Decided at the second stage');
  expect(ended.steps.at(-1)?.visits[0]?.done?.second).toMatchObject({ who: 'member' });
});
