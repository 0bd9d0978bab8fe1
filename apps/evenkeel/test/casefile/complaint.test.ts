import { beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../src/kernel/db.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import {
  complaintState,
  decideComplaint,
  moveComplaint,
} from '../../src/modules/casefile/complaint.actions.ts';
import { missingForDecision } from '../../src/modules/casefile/complaint.ts';
import { deciding } from '../../src/modules/ledger/deciding.actions.ts';
import { replay } from '../../src/replay.ts';
import { ALEX, type Complaint, cite, type Firm, firm, MIRA } from './firm.ts';

let here: Firm;
let login: { id: string; number: number };
let money: { id: string; number: number };
let line4: { id: string; number: number };
let paid: { id: string; number: number };
const NOBODY = '00000000-0000-7000-8000-000000000000';
const LOGIN = 'The login does not work since Monday.';
const MONEY = 'I want 400 euros back by Friday.';

beforeAll(async () => {
  here = await firm();
  const point = (quote: string) => here.point(here.orlov, here.letters.orlov, quote);
  [login, line4, money] = [
    await point(LOGIN),
    await point('You never told me about line 4.'),
    await point(MONEY),
  ];
  paid = await here.point(here.virtanen, here.letters.virtanen, 'The invoice was paid in April.');
});

const wish = (more: object = {}) => ({
  receivedAt: '2026-05-05T09:14:00+03:00',
  way: 'mail',
  cite: cite(here.letters.orlov, LOGIN),
  remedy: MONEY,
  remedyCite: cite(here.letters.orlov, MONEY),
  points: [login.id, money.id],
  ...more,
});
const register = (more: object = {}, party = here.orlov) =>
  here.post(`/api/parties/${party}/complaints`, wish(more));
const seen = (id: unknown) => here.app.ask<Complaint>('GET', `/api/complaints/${id}`);
const stateOf = (id: unknown) =>
  here.app.ledger.db
    .transaction()
    .execute((tx) => complaintState(tx, here.app.ledger.workspaceId, id as string));
const outcome = (id: unknown, point: { id: string }, more: object = {}) =>
  here.put(`/api/complaints/${id}/points/${point.id}/outcome`, {
    outcome: 'partly',
    reason: 'The login worked from Wednesday.',
    source: { kind: 'record', cite: cite(here.letters.orlov, LOGIN) },
    ...more,
  });
const registered = async (query = '') =>
  (await here.app.ask<{ items: { number: string }[] }>('GET', `/api/complaints?${query}`)).items;
const numbers = async (query = '') => (await registered(query)).map(({ number }) => number);

describe('registering', () => {
  test('gives a number that can be said aloud, and keeps when and how it came, with their words', async () => {
    const made = await register();
    expect(made).toMatchObject({ status: 201, body: { number: '2026-001' } });
    expect(await seen(made.body.id)).toMatchObject({
      number: '2026-001',
      receivedAt: '2026-05-05T06:14:00.000Z',
      received: { offsetMin: 180 },
      way: 'mail',
      cite: { quote: LOGIN },
      remedy: MONEY,
      remedyCite: { quote: MONEY },
      stage: 1,
      state: 'open',
      owner: 'owner',
      points: [
        { pointId: login.id, number: login.number, outcome: null },
        { pointId: money.id, number: money.number, outcome: null },
      ],
    });
  });

  test('of many at once gives each its own number, without a gap', async () => {
    const before = (await numbers()).length;
    const made = await Promise.all([
      ...Array.from({ length: 4 }, () => register()),
      ...Array.from({ length: 4 }, () =>
        register(
          {
            cite: cite(here.letters.virtanen, 'The invoice', 'The invoice was paid in April.'),
            remedyCite: null,
            points: [paid.id],
          },
          here.virtanen,
        ),
      ),
    ]);
    const given = made.map(({ body }) => body.number as string).sort();
    expect(given).toEqual(
      Array.from({ length: 8 }, (_, i) => `2026-${String(before + 1 + i).padStart(3, '0')}`),
    );
  });

  test('on New Year’s night counts in the year of the workspace', async () => {
    const { chance, app } = here;
    await sql`UPDATE workspaces SET zone = 'Europe/Helsinki'`.execute(app.ledger.db);
    const before = Date.parse(chance.now());
    chance.setClock(Date.parse('2026-12-31T23:30:00Z'));
    const made = await register();
    chance.setClock(before);
    expect(made.body.number).toBe('2027-001');
  });

  test.each([
    ['with nobody', () => register({}, NOBODY), 404, 'party-unknown'],
    ['without what they want', () => register({ remedy: ' ' }), 422, 'remedy-missing'],
    ['without a point', () => register({ points: [] }), 422, 'points-missing'],
    ['of a point that is none', () => register({ points: [NOBODY] }), 404, 'point-unknown'],
    ['of another client’s point', () => register({ points: [paid.id] }), 409, 'point-elsewhere'],
    [
      'with words that nobody wrote',
      () => register({ cite: { ...cite(here.letters.orlov, LOGIN), quote: 'Never.' } }),
      422,
      'quote-not-found',
    ],
    [
      'with a remedy that nobody wrote',
      () => register({ remedyCite: { ...cite(here.letters.orlov, LOGIN), quote: 'All.' } }),
      422,
      'quote-not-found',
    ],
    ['received tomorrow', () => register({ receivedAt: '2031-01-01T00:00:00Z' }), 422, 'time-ahead'],
    [
      'received at no stated place',
      () => register({ receivedAt: '2026-05-05T09:14:00' }),
      422,
      'not-understood',
    ],
    ['in no case', () => register({ case: NOBODY }), 404, 'case-unknown'],
    ['for somebody who is not here', () => register({ owner: 'member:nobody' }), 404, 'member-unknown'],
  ])('%s is refused, and no number is used up', async (_what, ask, status, code) => {
    const before = await numbers();
    expect(await ask()).toMatchObject({ status, body: { code } });
    expect(await numbers()).toEqual(before);
  });

  test('in another client’s case is refused', async () => {
    const { body } = await here.post(`/api/parties/${here.bank}/cases`, { title: 'A fee' });
    expect(await register({ case: body.id })).toMatchObject({
      status: 409,
      body: { code: 'case-elsewhere' },
    });
  });
});

describe('handling', () => {
  let id: string;
  beforeAll(async () => {
    id = (await register()).body.id as string;
  });

  test('says how severe it is, who owns it and when the answer is planned, each with why', async () => {
    await here.put(`/api/complaints/${id}/assessment`, {
      ...{ severity: 'medium', isSafety: false, isUrgent: true, reason: 'They cannot work meanwhile.' },
    });
    await here.put(`/api/complaints/${id}/answer-by`, {
      answerOn: '2026-05-18',
      reason: 'Ten working days.',
    });
    expect(await seen(id)).toMatchObject({
      severity: 'medium',
      isUrgent: true,
      assessment: 'They cannot work meanwhile.',
    });
    const due = (await here.dues({ party: here.orlov })).find((one) => one.id === id);
    expect(due).toMatchObject({ kind: 'reply', code: 'complaint-answer', isWholeDay: true, side: 'ours' });
    expect(await numbers('overdue=only')).toEqual([]);
    here.chance.setClock(Date.parse('2026-05-20T06:00:00Z'));
    expect(await numbers('overdue=only')).toEqual([(await seen(id)).number]);
    expect(await here.dues({ until: '2026-05-01T00:00:00.000Z' as Instant })).toEqual([]);
  });

  test('lists by number what the decision lacks, and refuses the decision until nothing is lacking', async () => {
    const lacks = async () => missingForDecision((await stateOf(id))!);
    const all = (number: number) => ['outcome', 'reason', 'source'].map((each) => ({ number, lacks: each }));
    expect(await lacks()).toEqual([...all(login.number), ...all(money.number)]);
    await outcome(id, login);
    await outcome(id, money, { source: null });
    expect(await lacks()).toEqual([{ number: money.number, lacks: 'source' }]);
    expect(await here.post(`/api/complaints/${id}/decision`, { says: 'We pay half.' })).toMatchObject({
      status: 409,
      body: { code: 'decision-incomplete', params: { numbers: [`#${money.number}`] } },
    });
    await outcome(id, money, { source: { kind: 'clause', clauseId: null, says: 'Agreement 1, §4 refunds' } });
    expect(await lacks()).toEqual([]);
    expect(await seen(id)).toMatchObject({ missing: [] });
  });

  test.each([
    ['without a reason', { reason: ' ' }, 422, 'reason-missing'],
    ['that rests on nothing', { source: { kind: 'outside', says: ' ' } }, 422, 'source-empty'],
    [
      'on a clause of nobody',
      { source: { kind: 'clause', clauseId: NOBODY, says: '§4' } },
      404,
      'clause-unknown',
    ],
    ['of a kind nobody knows', { outcome: 'won' }, 422, 'not-understood'],
    [
      'on words that nobody wrote',
      { source: { kind: 'record', cite: { interactionId: NOBODY, start: 0, end: 2, quote: 'No' } } },
      422,
      'quote-not-found',
    ],
  ])('an outcome %s is refused', async (_what, part, status, code) => {
    const before = await seen(id);
    expect(await outcome(id, login, part)).toMatchObject({ status, body: { code } });
    expect(await seen(id)).toEqual(before);
  });

  test('an outcome of a point that is not in it is refused', async () => {
    expect(await outcome(id, paid)).toMatchObject({ status: 404, body: { code: 'point-unknown' } });
    expect(await outcome(NOBODY, login)).toMatchObject({ status: 404, body: { code: 'complaint-unknown' } });
  });

  test('takes in one more point, which then lacks everything', async () => {
    const other = (await register()).body.id;
    const add = (point: string, reason = 'It belongs to it.') =>
      here.post(`/api/complaints/${other}/points`, { point, reason });
    expect(await add(line4.id)).toMatchObject({ status: 200 });
    expect(await add(line4.id)).toMatchObject({ body: { code: 'point-there' } });
    expect(await add(paid.id)).toMatchObject({ body: { code: 'point-elsewhere' } });
    expect((await seen(other)).points.map((point) => point.pointId)).toEqual([login.id, line4.id, money.id]);
  });
});

describe('deciding, where one person works', () => {
  let id: string;
  const decide = (more: object = {}) =>
    here.post(`/api/complaints/${id}/decision`, { says: 'We pay back half.', ...more });
  beforeAll(async () => {
    id = (await register()).body.id as string;
    await outcome(id, login);
    await outcome(id, money);
  });

  test('the second stage begins only after the first was decided, and never ends in the first', async () => {
    const toSecond = (stage: number) =>
      here.post(`/api/complaints/${id}/stage`, { stage, reason: 'They do not accept it.' });
    expect(await toSecond(2)).toMatchObject({ status: 409, body: { code: 'stage-undecided' } });
    expect(await decide({ says: ' ' })).toMatchObject({ status: 422, body: { code: 'decision-empty' } });
    expect(await decide()).toMatchObject({ status: 200, body: { state: 'decided' } });
    expect(await decide()).toMatchObject({ status: 409, body: { code: 'stage-decided' } });
    expect(await outcome(id, login)).toMatchObject({ body: { code: 'stage-decided' } });
    expect(await toSecond(2)).toMatchObject({ status: 200 });
    expect(await toSecond(2)).toMatchObject({ status: 409, body: { code: 'stage-passed' } });
    expect(await seen(id)).toMatchObject({
      stage: 2,
      state: 'open',
      decisions: [{ stage: 1, actor: 'owner', says: 'We pay back half.' }],
      points: [{ outcome: null }, { outcome: null }],
      earlier: [{ outcome: 'partly' }, { outcome: 'partly' }],
    });
  });

  test('the second takes a reason and a day, and says that nobody else has looked', async () => {
    await outcome(id, login, { outcome: 'upheld', reason: 'Looked at again.' });
    await outcome(id, money, { outcome: 'not-upheld', reason: 'Not agreed.' });
    expect(await decide({ reason: '' })).toMatchObject({ status: 422, body: { code: 'reason-missing' } });
    const asked = await decide({ reason: 'There is nobody else here.' });
    expect(asked).toMatchObject({ status: 200, body: { state: 'waiting' } });
    expect(await decide({ reason: 'There is nobody else here.' })).toMatchObject({
      status: 409,
      body: { code: 'wait-needed' },
    });
    expect((await here.dues({ party: here.orlov })).filter((due) => due.id === id)).toMatchObject([
      { code: 'complaint-wait', at: asked.body.until },
    ]);
    here.chance.setClock(Date.parse(asked.body.until as string) + 1000);
    expect(await decide({ reason: 'There is nobody else here.' })).toMatchObject({
      body: { state: 'decided' },
    });
    expect(await seen(id)).toMatchObject({
      decisions: [
        { stage: 1, second: null },
        { stage: 2, second: { who: 'nobody-else' } },
      ],
    });
  });

  test('closing names what else is open to them, and reopening brings it back decided', async () => {
    const close = (reason: string) =>
      here.post(`/api/complaints/${id}/closing`, { reason, nextRoute: 'kuluttajariitalautakunta' });
    expect(await close('')).toMatchObject({ body: { code: 'reason-missing' } });
    expect(await close('Answered in both stages.')).toMatchObject({ status: 200 });
    expect(await close('Again.')).toMatchObject({ status: 409, body: { code: 'complaint-closed' } });
    expect(await seen(id)).toMatchObject({ state: 'closed', nextRoute: 'kuluttajariitalautakunta' });
    const reopen = (reason: string) => here.post(`/api/complaints/${id}/reopening`, { reason });
    expect(await reopen('')).toMatchObject({ body: { code: 'reason-missing' } });
    expect(await reopen('They sent a new invoice.')).toMatchObject({ status: 200 });
    expect(await reopen('Once more.')).toMatchObject({ status: 409, body: { code: 'complaint-open' } });
    expect(await seen(id)).toMatchObject({ state: 'decided', stage: 2 });
  });

  test('one that is not decided is closed with a reason only, and names the points that are open', async () => {
    const other = (await register()).body.id;
    expect(await here.post(`/api/complaints/${other}/closing`, { reason: '' })).toMatchObject({
      status: 409,
      body: { code: 'points-open', params: { numbers: [`#${login.number}`, `#${money.number}`] } },
    });
    expect(
      await here.post(`/api/complaints/${other}/closing`, { reason: 'They took it back.' }),
    ).toMatchObject({
      status: 200,
    });
  });
});

describe('the second stage, where two work', () => {
  let id: string;
  const says = { says: 'We pay back all.', reason: 'Looked at again.', outsider: null };
  beforeAll(async () => {
    await here.addMember(ALEX, 'Alex', 'owner');
    await here.addMember(MIRA, 'Mira', 'manager');
    id = (await register({ owner: ALEX })).body.id as string;
    await outcome(id, login);
    await outcome(id, money);
    await decideComplaint(here.app.ledger, ALEX, id, says);
  });

  test('is moved to inside somebody else’s decision, and undone with it', async () => {
    const { ledger } = here.app;
    const move = (isKept: boolean) =>
      deciding(ledger, ALEX, `party:${here.orlov}`, async (book) => {
        const done = await moveComplaint(ledger, book, id, 2, 'They ask for another look.');
        return isKept ? done : ({ ok: false, reason: 'stage-passed' } as const);
      });
    await move(false);
    expect((await stateOf(id))!.stage).toBe(1);
    expect(await move(true)).toMatchObject({ ok: true });
    expect(await stateOf(id)).toMatchObject({
      stage: 2,
      state: 'open',
      decisions: [{ stage: 1, actor: ALEX }],
    });
  });

  test('is not decided by who decided the first, and is by somebody else', async () => {
    const { ledger } = here.app;
    await outcome(id, login);
    await outcome(id, money);
    expect(await decideComplaint(ledger, ALEX, id, says)).toMatchObject({ reason: 'second-person-needed' });
    expect(await decideComplaint(ledger, MIRA, id, says)).toMatchObject({ value: { state: 'decided' } });
    expect((await seen(id)).decisions).toMatchObject([
      { actor: ALEX },
      { actor: MIRA, second: { who: 'member' } },
    ]);
  });
});

describe('the register', () => {
  test('is filtered by state, stage, client and page', async () => {
    expect(
      new Set((await registered('state=closed')).map((line) => (line as { state?: string }).state)),
    ).toEqual(new Set(['closed']));
    expect((await numbers('stage=2')).length).toBe(2);
    expect((await numbers(`party=${here.virtanen}`)).length).toBe(4);
    const all = await numbers('limit=200');
    const first = await here.app.ask<{ items: { number: string }[]; next: string }>(
      'GET',
      '/api/complaints?limit=3',
    );
    const rest = await numbers(`limit=200&after=${encodeURIComponent(first.next)}`);
    expect([...first.items.map(({ number }) => number), ...rest]).toEqual(all);
  });

  test('is taken along as a table, in which their words are no formulas', async () => {
    await register({ remedy: '=HYPERLINK("http://evil.example")', remedyCite: null });
    const response = await here.app.call('GET', '/api/complaints.csv?state=open');
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    const csv = Buffer.from(await response.arrayBuffer()).toString('utf8');
    const lines = csv.slice(1).split('\r\n');
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(lines[0]).toMatch(/^number,received,way,client,remedy,stage,state,owner/);
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(lines.length).toBe((await numbers('state=open&limit=200')).length + 2);
  });

  test('made again from the ledger is what it was', async () => {
    const before = await registered('limit=200');
    const pages = await Promise.all(before.map((line) => seen((line as unknown as { id: string }).id)));
    await replay(here.app.ledger);
    expect(await registered('limit=200')).toEqual(before);
    expect(await Promise.all(before.map((line) => seen((line as unknown as { id: string }).id)))).toEqual(
      pages,
    );
  });
});
