import { beforeAll, describe, expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { type Firm, firm } from './firm.ts';

let here: Firm;
let caseId: string;
let login: { id: string; number: number };
let money: { id: string; number: number };
let paid: { id: string; number: number };
const NOBODY = '00000000-0000-7000-8000-000000000000';

type Case = Readonly<Record<string, unknown>> & {
  points: { id: string; number: number; isOpen: boolean }[];
  people: { id: string; role: string; name: string }[];
  steps: { kind: string; actor: string; reason: string | null }[];
};
const seen = () => here.app.ask<Case>('GET', `/api/cases/${caseId}`);
const listed = async (query: string) =>
  (await here.app.ask<{ items: { id: string }[] }>('GET', `/api/cases?${query}`)).items.map(({ id }) => id);

beforeAll(async () => {
  here = await firm();
  login = await here.point(here.orlov, here.letters.orlov, 'The login does not work since Monday.');
  money = await here.point(here.orlov, here.letters.orlov, 'I want 400 euros back by Friday.');
  paid = await here.point(here.virtanen, here.letters.virtanen, 'The invoice was paid in April.');
  const opened = await here.post(`/api/parties/${here.orlov}/cases`, {
    title: ' Orlov, the login ',
    wanted: 'The fix is accepted.',
    points: [login.id],
  });
  expect(opened.status).toBe(201);
  caseId = opened.body.id as string;
});

describe('a case', () => {
  test('has a title, what we want, and the points it was opened with', async () => {
    expect(await seen()).toMatchObject({
      title: 'Orlov, the login',
      wanted: 'The fix is accepted.',
      stage: 'open',
      partyName: 'Orlov',
      points: [{ id: login.id, number: login.number, isOpen: true }],
    });
    expect(await listed(`party=${here.orlov}`)).toEqual([caseId]);
    expect(await listed(`point=${login.id}`)).toEqual([caseId]);
    expect(await listed(`party=${here.bank}`)).toEqual([]);
  });

  test('takes in a point, names people, moves to another stage, and says each step with who and why', async () => {
    await here.post(`/api/cases/${caseId}/points`, { point: money.id });
    await here.post(`/api/cases/${caseId}/people`, {
      role: 'mediator',
      name: 'K. Laine',
      reach: 'laine@example.org',
    });
    await here.post(`/api/cases/${caseId}/stage`, {
      stage: 'mediator',
      reason: 'Both agreed to it on the phone.',
    });
    const now = await seen();
    expect(now).toMatchObject({ stage: 'mediator', people: [{ role: 'mediator', name: 'K. Laine' }] });
    expect(now.points.map(({ number }) => number)).toEqual([login.number, money.number]);
    expect(now.steps.map(({ kind }) => kind)).toEqual([
      'case.opened',
      'case.point-added',
      'case.person-named',
      'case.moved',
    ]);
    expect(now.steps.at(-1)).toMatchObject({ actor: 'owner', reason: 'Both agreed to it on the phone.' });
  });

  test('lets a person, a point and a record go again, each with a reason', async () => {
    const [person] = (await seen()).people;
    await here.post(`/api/cases/${caseId}/people/${person!.id}/removal`, { reason: 'Could not take it.' });
    await here.post(`/api/cases/${caseId}/points/${money.id}/removal`, { reason: 'It is another dispute.' });
    const record = `/api/cases/${caseId}/records/${here.letters.bank}`;
    await here.put(record, { isIn: true, reason: 'Shows the day of the transfer.' });
    expect(await seen()).toMatchObject({
      people: [],
      points: [{ id: login.id }],
      records: [{ id: here.letters.bank, reason: 'Shows the day of the transfer.' }],
    });
    await here.put(record, { isIn: false, reason: 'Another transfer.' });
    expect(await seen()).toMatchObject({ records: [] });
  });

  test('closed with a reason names what was open and what else is open to them, and is reopened with a reason', async () => {
    const path = `/api/cases/${caseId}`;
    expect(await here.post(`${path}/closing`, { reason: ' ' })).toMatchObject({
      status: 409,
      body: { code: 'points-open', params: { numbers: [`#${login.number}`] } },
    });
    const closed = await here.post(`${path}/closing`, {
      reason: 'They left; the point stays open.',
      nextRoute: 'kuluttajariitalautakunta',
    });
    expect(closed.status).toBe(200);
    expect(await seen()).toMatchObject({ stage: 'closed', nextRoute: 'kuluttajariitalautakunta' });
    expect((await seen()).steps.at(-1)).toMatchObject({ params: { openPoints: [login.number] } });
    expect(await listed(`party=${here.orlov}`)).toEqual([]);
    expect(await listed(`party=${here.orlov}&closed=shown`)).toEqual([caseId]);
    expect(await here.post(`${path}/stage`, { stage: 'court', reason: 'Summons.' })).toMatchObject({
      body: { code: 'case-closed' },
    });
    expect(await here.post(`${path}/reopening`, { reason: '' })).toMatchObject({
      body: { code: 'reason-missing' },
    });
    await here.post(`${path}/reopening`, { reason: 'They wrote again.' });
    expect(await seen()).toMatchObject({ stage: 'open', closedAt: null, nextRoute: null });
  });

  test('of no points and without a word of why is not closed either', async () => {
    const { body } = await here.post(`/api/parties/${here.bank}/cases`, { title: 'A fee' });
    expect(await here.post(`/api/cases/${body.id}/closing`, { reason: '' })).toMatchObject({
      status: 422,
      body: { code: 'reason-missing' },
    });
  });
});

describe('what is refused', () => {
  const opening = (party: string, wish: object) =>
    here.post(`/api/parties/${party}/cases`, { title: 'Something', ...wish });

  test.each([
    ['a case with nobody', () => opening(NOBODY, {}), 404, 'party-unknown'],
    ['a case without a title', () => opening(here.orlov, { title: ' ' }), 422, 'case-untitled'],
    ['a case of a point that is none', () => opening(here.orlov, { points: [NOBODY] }), 404, 'point-unknown'],
    [
      'a case of another client’s point',
      () => opening(here.orlov, { points: [paid.id] }),
      409,
      'point-elsewhere',
    ],
    [
      'another client’s point later',
      () => here.post(`/api/cases/${caseId}/points`, { point: paid.id }),
      409,
      'point-elsewhere',
    ],
    [
      'a point that is in it',
      () => here.post(`/api/cases/${caseId}/points`, { point: login.id }),
      409,
      'point-there',
    ],
    [
      'a point taken out that is not in it',
      () => here.post(`/api/cases/${caseId}/points/${paid.id}/removal`, { reason: 'x' }),
      404,
      'point-unknown',
    ],
    [
      'the stage it is at',
      () => here.post(`/api/cases/${caseId}/stage`, { stage: 'open', reason: 'x' }),
      409,
      'stage-same',
    ],
    [
      'a stage without a reason',
      () => here.post(`/api/cases/${caseId}/stage`, { stage: 'court', reason: '' }),
      422,
      'reason-missing',
    ],
    [
      'a stage nobody knows',
      () => here.post(`/api/cases/${caseId}/stage`, { stage: 'war', reason: 'x' }),
      422,
      'not-understood',
    ],
    [
      'a person without a name',
      () => here.post(`/api/cases/${caseId}/people`, { role: 'lawyer', name: ' ' }),
      422,
      'person-unnamed',
    ],
    [
      'a person who is to sign in here and does not',
      () => here.post(`/api/cases/${caseId}/people`, { role: 'second', name: 'K', member: 'member:none' }),
      404,
      'member-unknown',
    ],
    [
      'nobody taken out',
      () => here.post(`/api/cases/${caseId}/people/${NOBODY}/removal`, { reason: 'x' }),
      404,
      'person-unknown',
    ],
    [
      'a record that is none',
      () => here.put(`/api/cases/${caseId}/records/${NOBODY}`, { isIn: true, reason: 'x' }),
      404,
      'interaction-unknown',
    ],
    [
      'a case that is none',
      () => here.post(`/api/cases/${NOBODY}/closing`, { reason: 'x' }),
      404,
      'case-unknown',
    ],
    [
      'reopening an open one',
      () => here.post(`/api/cases/${caseId}/reopening`, { reason: 'x' }),
      409,
      'case-open',
    ],
  ])('%s', async (_what, wish, status, code) => {
    const before = await seen();
    const answer = await wish();
    expect(answer).toMatchObject({ status, body: { code } });
    expect(await seen()).toEqual(before);
  });
});

test('cases made again from the ledger are what they were', async () => {
  const before = await seen();
  await replay(here.app.ledger);
  expect(await seen()).toEqual(before);
});
