import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { calendarFor, responseClock } from '../../src/modules/agreement/hours.actions.ts';
import { filesIn } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { agreementGround, HOURS } from './agreement-ground.ts';

const { app, party, post, make, said, terms, open, clausesOf } = await agreementGround();
const SCOPE = { kind: 'scope_in', says: 'Five pages, two rounds of corrections.' } as const;
const ANSWER = {
  kind: 'response_time',
  says: 'We answer within two working days.',
  within: { count: 2, unit: 'working-days' },
} as const;
const yes = (quote = 'yes, that is fine') =>
  said('inbound', `Hello, ${quote}.`, { quote }).then((cite) => ({ kind: 'line', ...cite }));
const changed = (agreement: string, changes: readonly unknown[], reason = 'They asked for it.') =>
  post(`/api/agreements/${agreement}/versions`, { reason, changes });

test('the first offer is version 0, and nothing of it is agreed until somebody shows a yes', async () => {
  const agreement = await open([SCOPE, HOURS]);
  const found = (await terms()).agreements.find(({ id }) => id === agreement)!;
  expect(found).toMatchObject({ version: 0, state: 'open' });
  expect(found.clauses.map(({ number, state }) => [number, state])).toEqual([
    [1, 'offered'],
    [2, 'offered'],
  ]);
});

test('one clause is accepted by their own line; the others are still not agreed', async () => {
  const agreement = await open([SCOPE, ANSWER]);
  const [scope] = await clausesOf(agreement);
  const proof = await yes();
  await make(`/api/agreements/${agreement}/acceptance`, { clauseId: scope!.id, proof });
  const [first, second] = await clausesOf(agreement);
  expect(first).toMatchObject({ state: 'agreed', agreedVersion: 0 });
  expect(first!.versions[0]).toMatchObject({ proof, acceptedBy: 'owner' });
  expect(second).toMatchObject({ state: 'offered', agreedVersion: null });
});

test('an agreement that is accepted twice is refused the second time, also when both come at once', async () => {
  const agreement = await open([SCOPE, ANSWER]);
  const proof = await yes();
  const both = await Promise.all(
    [1, 2].map(() => post(`/api/agreements/${agreement}/acceptance`, { proof })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(both.find(({ status }) => status === 409)!.body).toMatchObject({
    code: 'accepted-already',
    params: { version: 0 },
  });
});

test.each([
  ['our own words', 'outbound', 'mail', 'proof-not-theirs'],
  ['what was said on the telephone', 'inbound', 'call', 'proof-not-in-writing'],
] as const)('%s are no proof that they said yes', async (_what, direction, way, code) => {
  const agreement = await open([SCOPE]);
  const cite = await said(direction, 'Yes, agreed.', { way });
  const answer = await post(`/api/agreements/${agreement}/acceptance`, {
    proof: { kind: 'line', ...cite },
  });
  expect(answer).toMatchObject({ status: 422, body: { code, params: { at: 'proof' } } });
  expect((await clausesOf(agreement))[0]!.state).toBe('offered');
});

test('words that do not stand so in the record prove nothing', async () => {
  const agreement = await open([SCOPE]);
  const cite = await said('inbound', 'I will think about it.');
  const proof = { kind: 'line', ...cite, quote: 'I agree to it all.....' };
  expect(await post(`/api/agreements/${agreement}/acceptance`, { proof })).toMatchObject({
    status: 422,
    body: { code: 'quote-not-found' },
  });
});

test('a signed document proves it by its hash, in a record of this client', async () => {
  const agreement = await open([SCOPE]);
  const pdf = Buffer.from('%PDF-1.4 signed by Orlov');
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  const letter = [
    'From: Orlov <orlov@baltika.example>',
    'To: me@firm.example',
    'Subject: signed',
    'Date: Tue, 12 May 2026 09:14:00 +0300',
    'Message-ID: <signed@baltika.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain',
    '',
    'Here it is.',
    '--x',
    'Content-Type: application/pdf; name=signed.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    pdf.toString('base64'),
    '--x--',
    '',
  ].join('\r\n');
  const folder = filesIn(temporaryFolder(), { 'signed.eml': letter });
  const { acknowledged } = await app.bringIn({
    paths: [join(folder, 'signed.eml')],
    me: ['me@firm.example'],
  });
  const proof = { kind: 'document', interactionId: acknowledged[0], sha256 };
  const another = { ...proof, sha256: 'ab'.repeat(32) };
  const path = `/api/agreements/${agreement}/acceptance`;
  expect(await post(path, { proof: another })).toMatchObject({
    status: 422,
    body: { code: 'proof-not-found', params: { at: 'proof.sha256' } },
  });
  await make(path, { proof });
  expect((await clausesOf(agreement))[0]).toMatchObject({ state: 'agreed' });
});

test('one clause is amended without the rest: what was agreed holds until the other words are accepted', async () => {
  const agreement = await open([HOURS, ANSWER]);
  await make(`/api/agreements/${agreement}/acceptance`, { proof: await yes() });
  const [hours] = await clausesOf(agreement);
  const later = { ...HOURS, says: 'We take calls from 10 to 16.', from: '10:00', until: '16:00' };
  expect((await changed(agreement, [{ change: 'amend', clauseId: hours!.id, clause: later }])).status).toBe(
    201,
  );
  const [amended, answer] = await clausesOf(agreement);
  expect(amended).toMatchObject({ state: 'amendment-offered', says: later.says, agreedVersion: 0 });
  expect(answer).toMatchObject({ state: 'agreed' });
  expect((await calendarFor(app.ledger, party)).from).toBe('09:00');
  await make(`/api/agreements/${agreement}/acceptance`, { clauseId: hours!.id, proof: await yes() });
  expect((await calendarFor(app.ledger, party)).from).toBe('10:00');
  expect((await clausesOf(agreement))[0]!.versions.map(({ version }) => version)).toEqual([1, 0]);
});

test('other words can be taken back, and a clause withdrawn, each with its reason', async () => {
  const agreement = await open([SCOPE, ANSWER]);
  await make(`/api/agreements/${agreement}/acceptance`, { proof: await yes() });
  const [scope, answer] = await clausesOf(agreement);
  const wider = { kind: 'scope_in', says: 'Six pages.' };
  await changed(agreement, [{ change: 'amend', clauseId: scope!.id, clause: wider }]);
  await changed(agreement, [{ change: 'drop', clauseId: scope!.id }], 'They did not answer.');
  await changed(agreement, [{ change: 'withdraw', clauseId: answer!.id }], 'We are on leave in July.');
  const [after, withdrawn] = await clausesOf(agreement);
  expect(after).toMatchObject({ state: 'agreed', says: SCOPE.says });
  expect(withdrawn).toMatchObject({ state: 'withdrawn' });
  const steps = await app.ask<{ items: readonly { kind: string; detail: { reason?: string } }[] }>(
    'GET',
    `/api/parties/${party}/agreement-steps?limit=2`,
  );
  expect(steps.items[0]).toMatchObject({
    kind: 'agreement.revised',
    actor: 'owner',
    detail: { reason: 'We are on leave in July.', version: 3 },
  });
  const again = await changed(agreement, [{ change: 'drop', clauseId: scope!.id }]);
  expect(again).toMatchObject({ status: 409, body: { code: 'nothing-to-drop' } });
});

test.each([
  ['hours that end before they begin', { ...HOURS, until: '08:00' }, 'hours-contradict', 'clauses.0.until'],
  ['hours without a day', { ...HOURS, workDays: [] }, 'hours-without-days', 'clauses.0.workDays'],
  ['a zone that is none', { ...HOURS, zone: 'Mars/Olympus' }, 'zone-unknown', 'clauses.0.zone'],
  [
    'a holiday line that is not one',
    { ...HOURS, holidays: '2026-12-24 Christmas Eve\nsometime in June' },
    'holiday-line-unusable',
    'clauses.0.holidays',
  ],
  [
    'a holiday on a day that does not exist',
    { ...HOURS, holidays: '2026-02-30 Nothing' },
    'holiday-line-unusable',
    'clauses.0.holidays',
  ],
  ['a clause without words', { ...SCOPE, says: '  ' }, 'clause-empty', 'clauses.0.says'],
  [
    'a court before a mediator',
    {
      kind: 'escalation',
      says: 'How we disagree.',
      steps: [
        { step: 'court', says: 'Court', after: null },
        { step: 'mediator', says: 'Mediator', after: null },
      ],
    },
    'escalation-order',
    'clauses.0.steps.1',
  ],
])('%s are refused, with the place', async (_what, clause, code, at) => {
  const answer = await post(`/api/parties/${party}/agreements`, { title: 'Website', clauses: [clause] });
  expect(answer).toMatchObject({ status: 422, body: { code, params: { at } } });
});

test('a holiday line that is not one is named by its number and its words', async () => {
  const holidays = '2026-12-24 Christmas Eve\nsometime in June';
  const { body } = await post(`/api/parties/${party}/agreements`, {
    title: 'Website',
    clauses: [{ ...HOURS, holidays }],
  });
  expect(body.params).toMatchObject({ line: 2, words: 'sometime in June' });
});

test('two clauses of hours in one agreement would contradict each other, and are refused', async () => {
  const twice = await post(`/api/parties/${party}/agreements`, { title: 'Two', clauses: [HOURS, HOURS] });
  expect(twice).toMatchObject({ status: 422, body: { code: 'hours-given-twice' } });
  const agreement = await open([HOURS]);
  expect(await changed(agreement, [{ change: 'add', clause: HOURS }])).toMatchObject({
    status: 422,
    body: { code: 'hours-given-twice', params: { at: 'changes.0' } },
  });
});

test('agreed hours are the calendar for this client, with their own holidays', async () => {
  const agreement = await open([{ ...HOURS, from: '11:00', until: '15:00' }, ANSWER], 'Calendar');
  expect((await calendarFor(app.ledger, party)).from).not.toBe('11:00');
  await make(`/api/agreements/${agreement}/acceptance`, { proof: await yes() });
  const calendar = await calendarFor(app.ledger, party);
  expect(calendar).toMatchObject({ from: '11:00', until: '15:00', zone: 'Europe/Helsinki' });
  expect([...calendar.holidays(2026)]).toContainEqual(['2026-06-19', 'Midsummer Eve']);
  const clock = await responseClock(app.ledger.db, app.ledger.workspaceId, party);
  expect(clock?.clock).toEqual({ count: 2, unit: 'working-days' });
});

test('an agreement that has ended changes no more, and its hours hold no more', async () => {
  const agreement = await open([HOURS], 'Ends');
  await make(`/api/agreements/${agreement}/end`, { reason: 'The work is done.' });
  const [hours] = await clausesOf(agreement);
  expect(await changed(agreement, [{ change: 'withdraw', clauseId: hours!.id }])).toMatchObject({
    status: 409,
    body: { code: 'agreement-ended' },
  });
  const proof = await yes();
  expect(await post(`/api/agreements/${agreement}/acceptance`, { proof })).toMatchObject({
    body: { code: 'agreement-ended' },
  });
});

test('only somebody who may agree for the client accepts for it', async () => {
  const agreement = await open([SCOPE]);
  const name = (mayAgree: boolean) =>
    make(`/api/parties/${party}/people`, { name: mayAgree ? 'Olga' : 'Pekka', mayAgree });
  const proof = await yes();
  const path = `/api/agreements/${agreement}/acceptance`;
  expect(await post(path, { proof, personId: await name(false) })).toMatchObject({
    status: 422,
    body: { code: 'person-may-not-agree', params: { name: 'Pekka' } },
  });
  await make(path, { proof, personId: await name(true) });
});

test('an agreement that nobody knows is not there', async () => {
  const path = '/api/agreements/0197c000-0000-7000-8000-000000000000/end';
  expect(await post(path, { reason: 'x' })).toMatchObject({
    status: 404,
    body: { code: 'agreement-unknown' },
  });
});
