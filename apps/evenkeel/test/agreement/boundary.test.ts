import { expect, test } from 'vitest';
import { duesOf } from '../../src/modules/agreement/terms.actions.ts';
import { agreementGround, type Cite, HOURS, LADDER } from './agreement-ground.ts';

const { app, party, post, make, said, open, clausesOf } = await agreementGround();
const agreement = await open([HOURS]);
await make(`/api/agreements/${agreement}/acceptance`, {
  proof: { kind: 'line', ...(await said('inbound', 'Those hours suit us.')) },
});
const [hours] = await clausesOf(agreement);
const set = (wish: object = {}) =>
  post(`/api/parties/${party}/boundaries`, {
    ...{ clauseId: hours!.id, says: 'Calls 9–18', ladder: LADDER, ...wish },
  });
const newBoundary = async () => (await set()).body.id!;

type Shown = {
  readonly id: string;
  readonly state: string;
  readonly count: number;
  readonly reviewOn: string | null;
  readonly breaches: readonly { id: string; number: number; isWithdrawn: boolean }[];
  readonly steps: readonly {
    id: string;
    rung: number;
    proofId: string | null;
    safety: unknown;
    answers: unknown;
  }[];
  readonly next: {
    index: number;
    action: string;
    breachId: string | null;
    reviewOn: string;
    lang: string;
    texts: Record<string, string>;
    appeals: Record<string, string>;
    needsAnswers: boolean;
  };
};
const shown = async (id: string) => {
  const { items } = await app.ask<{ items: readonly Shown[] }>('GET', `/api/parties/${party}/boundaries`);
  return items.find((one) => one.id === id)!;
};
const cross = (id: string, cite: Cite | null) => post(`/api/boundaries/${id}/breaches`, { cite });
let calls = 0;
const crossed = async (id: string, text = `Call number ${++calls} at night`) => {
  const cite = await said('inbound', text);
  return make(`/api/boundaries/${id}/breaches`, { cite });
};
const ANSWERS = { ownHandling: 'Yes: all was answered in time.', otherWay: 'No, they told us of none.' };
const step = (id: string, rung: number, more: object = {}, way = 'decisions') =>
  post(`/api/boundaries/${id}/${way}`, { rung, lang: 'en', words: 'As agreed …', ...more });

test('a boundary stands on a clause', async () => {
  expect(await set({ clauseId: null })).toMatchObject({
    status: 422,
    body: { code: 'boundary-without-clause', params: { at: 'clauseId' } },
  });
});

test('a ladder without an end is refused, with the rung', async () => {
  expect(await set({ ladder: { ...LADDER, rungs: LADDER.rungs.slice(0, 3) } })).toMatchObject({
    status: 422,
    body: { code: 'ladder-without-end', params: { at: 'ladder.rungs.2' } },
  });
});

test('a crossing without a quote is refused, and so is one in words that nobody wrote, or that are ours', async () => {
  const id = await newBoundary();
  expect(await cross(id, null)).toMatchObject({
    status: 422,
    body: { code: 'breach-without-quote', params: { at: 'cite' } },
  });
  const cite = await said('inbound', 'I call you when I like.');
  expect(await cross(id, { ...cite, end: cite.start, quote: '' })).toMatchObject({
    body: { code: 'breach-without-quote' },
  });
  expect(await cross(id, { ...cite, quote: 'I will never call.....' })).toMatchObject({
    body: { code: 'quote-not-found' },
  });
  expect(await cross(id, await said('outbound', 'We called at 21.'))).toMatchObject({
    body: { code: 'breach-not-theirs' },
  });
  expect((await shown(id)).count).toBe(0);
});

test('a crossing is counted once, and gives the exact next text in the client’s language', async () => {
  const id = await newBoundary();
  const cite = await said(
    'inbound',
    'Добрый вечер! Почему вы не берёте трубку, я звоню вам уже третий раз за вечер?',
    {
      quote: 'Почему вы не берёте трубку',
      at: '2026-05-12T21:40:00+03:00',
    },
  );
  await make(`/api/boundaries/${id}/breaches`, { cite });
  expect(await cross(id, cite)).toMatchObject({
    status: 409,
    body: { code: 'breached-already', params: { number: 1 } },
  });
  const { count, next } = await shown(id);
  expect(count).toBe(1);
  expect(next).toMatchObject({ index: 0, action: 'reminder', lang: 'ru', reviewOn: '2026-05-27' });
  expect(next.texts.ru).toBe(
    `reminder §1 «${HOURS.says}» 1× «Почему вы не берёте трубку» электронная почта, телефон 27 мая 2026 года`,
  );
  expect(next.appeals.en).toBe(`To Keel & Co: I disagree about “${HOURS.says}”. Baltika Oy`);
});

test('nobody is told that we agreed on a clause that they never said yes to', async () => {
  const offered = await clausesOf(await open([{ kind: 'conduct', says: 'We speak with respect.' }], 'Offer'));
  const told = async (clauseId: string) => {
    const id = (await set({ clauseId })).body.id!;
    await crossed(id);
    return (await shown(id)).next.texts.en;
  };
  expect(await told(offered[0]!.id)).toContain('Our terms that you received say (§1)');
  expect(await told(hours!.id)).toContain('We agreed (§1)');
});

test('the ladder is gone rung by rung: a reminder by anybody, a warning by who may, a restriction after two answers', async () => {
  const id = await newBoundary();
  await crossed(id);
  expect(await step(id, 1)).toMatchObject({
    status: 409,
    body: { code: 'rung-skipped', params: { asked: 2, next: 1 } },
  });
  expect((await step(id, 0, {}, 'steps')).status).toBe(201);
  expect(await step(id, 1, {}, 'steps')).toMatchObject({ status: 409, body: { code: 'nothing-to-answer' } });
  await crossed(id);
  expect((await shown(id)).next).toMatchObject({ index: 1, action: 'warning' });
  expect(await step(id, 1, {}, 'steps')).toMatchObject({
    status: 403,
    body: { code: 'role-not-allowed', params: { action: 'warning' } },
  });
  expect((await step(id, 1)).status).toBe(201);
  await crossed(id);
  expect((await shown(id)).next).toMatchObject({ index: 2, needsAnswers: true });
  expect(await step(id, 2)).toMatchObject({
    status: 422,
    body: { code: 'questions-unanswered', params: { at: 'answers.ownHandling' } },
  });
  expect(await step(id, 2, { answers: { ...ANSWERS, otherWay: ' ' } })).toMatchObject({
    body: { code: 'questions-unanswered', params: { at: 'answers.otherWay' } },
  });
  expect((await step(id, 2, { answers: ANSWERS })).status).toBe(201);
  const after = await shown(id);
  expect(after.steps.at(-1)).toMatchObject({ rung: 2, answers: ANSWERS });
  expect(after).toMatchObject({ count: 3, reviewOn: '2026-06-24', next: { index: 3, breachId: null } });
});

test('only safety passes over a rung: with a reason, at once, and the record says that nobody else has looked', async () => {
  const id = await newBoundary();
  await crossed(id, 'I know where you live.');
  expect(await step(id, 2, { answers: ANSWERS, safety: { reason: ' ' } })).toMatchObject({
    status: 422,
    body: { code: 'reason-missing' },
  });
  const safety = { reason: 'He wrote that he knows where we live.' };
  expect((await step(id, 2, { answers: ANSWERS, safety })).status).toBe(201);
  expect((await shown(id)).steps[0]!.safety).toEqual({
    ...safety,
    looked: 'Done at once for safety. Nobody else has looked.',
  });
});

test('that somebody outside has looked is shown by a record of theirs, which is looked up', async () => {
  const id = await newBoundary();
  await crossed(id, 'I know where you live, I said.');
  const looked = (proof: string) => ({
    reason: 'He wrote that he knows where we live.',
    outsider: { name: 'Mira, lawyer', proof },
  });
  const take = (proof: string) => step(id, 2, { answers: ANSWERS, safety: looked(proof) });
  expect(await take('00000000-0000-7000-8000-000000000000')).toMatchObject({
    status: 422,
    body: { code: 'proof-not-found', params: { at: 'safety.outsider.proof' } },
  });
  const ours = await said('outbound', 'Mira, would you look at this?');
  expect(await take(ours.interactionId)).toMatchObject({
    status: 422,
    body: { code: 'proof-not-theirs', params: { at: 'safety.outsider.proof' } },
  });
  expect((await shown(id)).steps).toEqual([]);
  const hers = await said('inbound', 'I have looked. Close the chat at once.');
  expect((await take(hers.interactionId)).status).toBe(201);
  expect((await shown(id)).steps[0]!.safety).toMatchObject({
    looked: 'Mira, lawyer, from outside, has looked.',
  });
});

test('a crossing that is withdrawn does not count, and the step that answered it does not lead on', async () => {
  const id = await newBoundary();
  const breach = await crossed(id);
  await step(id, 0);
  expect((await shown(id)).next.index).toBe(1);
  expect(await post(`/api/breaches/${breach}/withdrawal`, { reason: '' })).toMatchObject({
    body: { code: 'reason-missing' },
  });
  await make(`/api/breaches/${breach}/withdrawal`, { reason: 'It was our own number.' });
  expect(await shown(id)).toMatchObject({ count: 0, next: { index: 0 } });
  expect(await post(`/api/breaches/${breach}/withdrawal`, { reason: 'Again.' })).toMatchObject({
    status: 409,
    body: { code: 'breach-withdrawn' },
  });
  await crossed(id);
  const { breaches, count } = await shown(id);
  expect(breaches.map(({ number }) => number)).toEqual([1, 2]);
  expect(count).toBe(1);
});

test('what was said is shown later by a record of ours; theirs shows nothing', async () => {
  const id = await newBoundary();
  await crossed(id);
  await step(id, 0);
  const [taken] = (await shown(id)).steps;
  const prove = (proofId: string) => post(`/api/boundary-steps/${taken!.id}/proof`, { proofId });
  const theirs = await said('inbound', 'I never got anything.');
  expect(await prove(theirs.interactionId)).toMatchObject({ status: 422, body: { code: 'proof-not-found' } });
  const ours = await said('outbound', 'As agreed …');
  expect((await prove(ours.interactionId)).status).toBe(201);
  expect((await shown(id)).steps[0]).toMatchObject({ proofId: ours.interactionId });
});

test('the review is due, is put off with a reason, and ends with the boundary', async () => {
  const id = await newBoundary();
  await crossed(id);
  await step(id, 0, { reviewOn: '2026-05-29' });
  const reviews = async () =>
    (await duesOf(app.ledger.db, app.ledger.workspaceId, { party })).filter((due) => due.id === id);
  expect(await reviews()).toMatchObject([
    {
      code: 'agreement-review',
      kind: 'review',
      side: 'ours',
      at: '2026-05-29T20:59:59.999Z',
      says: 'Calls 9–18',
    },
  ]);
  expect(
    await post(`/api/boundaries/${id}/review`, { reason: 'Quiet since.', reviewOn: '2026-05-01' }),
  ).toMatchObject({ status: 422, body: { code: 'review-missing' } });
  await make(`/api/boundaries/${id}/review`, { reason: 'Quiet since.', reviewOn: '2026-06-12' });
  expect(await reviews()).toMatchObject([{ at: '2026-06-12T20:59:59.999Z' }]);
  await make(`/api/boundaries/${id}/lifting`, { reason: 'Kept for a month.' });
  expect(await reviews()).toEqual([]);
  expect(await cross(id, await said('inbound', 'Late call once more'))).toMatchObject({
    status: 409,
    body: { code: 'boundary-lifted' },
  });
});

test('beside it stands how we keep the same hours: of so many messages, so many', async () => {
  const id = await newBoundary();
  const before = await app.ask<{ of: number; kept: number }>('GET', `/api/boundaries/${id}/keeping`);
  const late = await said('outbound', 'A late answer of ours.', { at: '2026-05-11T22:10:00+03:00' });
  await said('outbound', 'An answer at noon.', { at: '2026-05-12T12:00:00+03:00' });
  // Midsummer Eve, which the agreement names; a Friday.
  await said('outbound', 'An answer on a holiday.', { at: '2026-06-19T12:00:00+03:00' });
  const { of, kept, slips } = await app.ask<{
    of: number;
    kept: number;
    slips: readonly { interactionId: string }[];
  }>('GET', `/api/boundaries/${id}/keeping`);
  expect({ of: of - before.of, kept: kept - before.kept }).toEqual({ of: 3, kept: 1 });
  expect(slips.map(({ interactionId }) => interactionId)).toContain(late.interactionId);
});
