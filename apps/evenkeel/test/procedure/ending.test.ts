import { beforeAll, describe, expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { DATES, LANGS, type Place, place, sendNow } from './restriction-ground.ts';

let here: Place;
beforeAll(async () => {
  here = await place();
});

const make = async (path: string, body: object) =>
  (await here.app.ask<{ id: string }>('POST', path, body)).id;
const of = (rest: string) => `/api/parties/${here.orlov}/${rest}`;

/** An agreement with a clause on its end, agreed by a line of theirs. */
async function agreed(): Promise<string> {
  const agreement = await make(of('agreements'), {
    title: 'Website',
    clauses: [
      { kind: 'scope_in', says: 'Five pages.' },
      { kind: 'other', says: 'Either side ends this with thirty days of notice.' },
    ],
  });
  const yes = await here.record('inbound', '2026-05-12T09:30:00+03:00', 'Yes, I agree to both.');
  const cite = await here.cite(yes, 'Yes, I agree to both.');
  await here.app.ask('POST', `/api/agreements/${agreement}/acceptance`, { proof: { kind: 'line', ...cite } });
  const sheet = await here.app.ask<{ notice: { id: string }[] }>('GET', of('stay-or-leave'));
  return sheet.notice[0]!.id;
}

test('the sheet says what is owed both ways, what is open, how long it took, and recommends nothing', async () => {
  await agreed();
  const owed = { currency: 'EUR', cite: null, reason: 'As invoiced.' };
  await make(of('sums'), {
    ...owed,
    side: 'theirs',
    amount: '1240.00',
    what: 'Invoice 118',
    dueOn: '2026-05-20',
  });
  await make(of('sums'), { ...owed, side: 'theirs', amount: '0.10', what: 'Postage', dueOn: null });
  await make(of('sums'), { ...owed, side: 'ours', amount: '400.00', what: 'Refund', dueOn: null });
  await here.app.ask('POST', '/api/interactions/by-hand', {
    ...{ kind: 'call', direction: 'inbound', parties: [{ id: here.orlov }], at: '2026-05-12T09:00:00+03:00' },
    ...{ durationMin: 45, channel: 'phone', people: [], subject: null, text: 'About the login.', quotes: [] },
    outcome: null,
  });
  await here.point(here.orlov, here.letters.orlov, 'The login does not work since Monday.');
  const sheet = await here.app.ask<Record<string, unknown>>('GET', of('stay-or-leave'));
  expect(sheet.totals).toEqual([
    { side: 'ours', currency: 'EUR', amount: '400.00', count: 1 },
    { side: 'theirs', currency: 'EUR', amount: '1240.10', count: 2 },
  ]);
  expect(sheet).toMatchObject({
    effort: { talks: 1, talksWithLength: 1, minutes: 45 },
    work: [{ says: 'Five pages.' }],
    notice: [{ says: 'Either side ends this with thirty days of notice.' }],
    points: [{ number: 1 }],
  });
  expect(JSON.stringify(sheet)).not.toMatch(/score|recommend|risk/i);
  expect((await here.refusal(`/api/parties/${here.letters.bank}/endings`, {})).code).toBe('party-unknown');
});

test('a day before the clause allows it is refused with the first day that it does, unless it is said why', async () => {
  const clause = (await here.app.ask<{ notice: { id: string }[] }>('GET', of('stay-or-leave'))).notice[0]!.id;
  const notice = { clause, within: { count: 30, unit: 'days' } };
  expect(await here.app.ask('POST', of('endings/earliest'), notice)).toEqual({
    earliest: DATES.ending.earliest,
  });
  const refused = async (wish: object) => here.refusal(of('endings'), { notice, ...wish });
  expect((await refused({})).code).toBe('end-date-missing');
  expect((await refused({ on: '2026-05-11' })).code).toBe('date-past');
  expect((await refused({ on: '2026-06-31' })).code).toBe('date-unusable');
  expect(await refused({ on: '2026-06-10' })).toMatchObject({
    ...{ status: 422, code: 'notice-too-short', params: { earliest: DATES.ending.earliest } },
  });
  const unknown = { notice: { ...notice, clause: here.letters.bank }, on: '2026-07-01' };
  expect((await here.refusal(of('endings'), unknown)).code).toBe('clause-unknown');
  const id = await make(of('endings'), { notice, on: '2026-05-20', shortWhy: 'A threat at the door.' });
  expect((await refused({ on: '2026-07-01' })).code).toBe('ending-running');
  expect((await here.refusal(`/api/endings/${id}/withdrawal`, {})).code).toBe('reason-missing');
  await here.app.ask('POST', `/api/endings/${id}/withdrawal`, { reason: 'They apologised.' });
});

test('it is told by a letter of ours, and ends on its day, not before', async () => {
  const id = await make(of('endings'), { on: DATES.ending.on });
  const at = (rest: string) => `/api/endings/${id}/${rest}`;
  expect((await here.refusal(at('over'), {})).code).toBe('not-told');
  expect((await here.refusal(at('told'), {})).code).toBe('letter-needed');
  expect((await here.refusal(at('told'), { letter: here.letters.orlov })).code).toBe('letter-unusable');
  await here.app.ask('POST', at('told'), { letter: here.letters.ours });
  expect((await here.refusal(at('told'), { letter: here.letters.ours })).code).toBe('told-already');
  expect((await here.refusal(at('over'), {})).code).toBe('too-early');
  const message = await here.cite(here.letters.orlov, 'The login does not work since Monday.');
  const answer = await here.cite(here.letters.ours, 'The login is in line 4.');
  expect((await here.refusal(at('answered'), { message, answer })).code).toBe('not-over');
  await here.app.ask('POST', at('withdrawal'), { reason: 'We go on.' });
});

describe.each(LANGS)('the whole way in %s', (lang) => {
  beforeAll(async () => {
    here = { ...here, ...(await here.client(`Client-${lang}`)) };
    await agreed();
  });

  test('from the sheet to the day, one answer after it, and the rest filed', async () => {
    const packs = (await here.packFor('party')).filter(({ id }) => id.startsWith('ending'));
    const id = await here.play.start(packs[0]!.id, here.orlov, { kind: 'party', id: here.orlov });
    const first = (await here.play.see(id)).now!.step;
    const { params } = await here.refusal(`/api/procedures/${id}/steps/${first}/done`, {});
    await here.play.done(id, first, { choice: (params.choices as string[])[1] });
    const next = async () => here.play.done(id, (await here.play.see(id)).now!.step);
    const sum = {
      side: 'theirs',
      amount: '1240.00',
      currency: 'EUR',
      what: 'Invoice 118',
      cite: null,
      reason: 'As invoiced.',
    };
    await make(of('sums'), { ...sum, dueOn: '2026-05-20' });
    const ending = await make(of('endings'), { on: DATES.ending.on });
    await next();

    const letter = await sendNow(here, id, lang, {
      'what-is-done': 'Four pages of five.',
      'dates-to-mind': 'The domain is paid until 1 July.',
      'files-and-access': 'All files as a folder by 10 June.',
    });
    expect(`${letter.subject} ${letter.finished?.text}`).toContain(DATES.ending.says[lang]);
    expect(letter.finished?.text).toContain('Invoice 118: 1240.00 EUR');
    expect(letter.missing).toEqual([]);
    await next();
    await here.app.ask('POST', `/api/endings/${ending}/told`, { letter: letter.interactionId });
    await next();

    here.clock('2026-06-11T12:00:00+03:00');
    await here.tick();
    expect((await here.play.see(id)).now?.due).toBeNull();
    here.clock(`${DATES.ending.on}T09:00:00+03:00`);
    await here.tick();
    const handed = await sendNow(here, id, lang, {
      'what-was-handed-over': 'The folder, and both passwords.',
    });
    expect(handed.finished?.text).toContain('The folder, and both passwords.');
    await next();
    await here.app.ask('POST', `/api/endings/${ending}/over`, { leftOpen: 'They owe 1,240 EUR.' });
    expect(await here.app.ask('GET', `/api/parties/${here.orlov}`)).toMatchObject({ state: 'former' });
    expect((await next()).now?.due?.date).toBe('2026-12-12');

    here.clock('2026-06-20T10:00:00+03:00');
    const text = 'Could you change one more page?';
    const message = await here.record('inbound', '2026-06-20T09:00:00+03:00', text);
    await here.tick();
    const { now } = await here.todayLines();
    expect(now.filter(({ interactionId }) => interactionId === message)).toMatchObject([
      { code: 'one-answer-after-end', says: text },
    ]);
    const short = 'The page is in the folder; another firm can change it.';
    const answer = await sendNow(here, id, lang, { 'short-answer': short });
    await next();
    const words = {
      message: await here.cite(message, text),
      answer: await here.cite(answer.interactionId, short),
    };
    const past = { ...words, fileUntilOn: '2026-06-01', reason: 'It ended.' };
    expect(await here.refusal(`/api/endings/${ending}/answered`, past)).toMatchObject({
      ...{ code: 'filing-refused', params: { why: 'date-past' } },
    });
    const given = { ...words, fileUntilOn: '2026-12-31', reason: 'The work ended on 12 June.' };
    await here.app.ask('POST', `/api/endings/${ending}/answered`, given);
    expect((await here.refusal(`/api/endings/${ending}/answered`, given)).code).toBe('answered-already');
    await here.tick();
    const outcome = (await here.play.see(id)).outcome ?? (await next()).outcome;
    expect(outcome?.title.en).toBe('Ended; one last answer was given');
    expect((await here.todayLines()).now.some(({ code }) => code === 'one-answer-after-end')).toBe(false);
    const { items } = await here.app.ask<{ items: { isQuiet: boolean }[] }>('GET', of('silences'));
    expect(items).toMatchObject([{ isQuiet: true }]);
    const before = await here.app.ask('GET', of('endings'));
    await replay(here.app.ledger);
    expect(await here.app.ask('GET', of('endings'))).toEqual(before);
  });
});
