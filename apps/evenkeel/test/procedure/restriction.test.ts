import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/kernel/brand.ts';
import type { MeasureWish } from '../../src/modules/procedure/restriction/deciding.ts';
import {
  decideRestriction,
  decideRestrictionAppeal,
} from '../../src/modules/procedure/restriction/restriction.actions.ts';
import { replay } from '../../src/replay.ts';
import { ALEX, MIRA } from '../casefile/firm.ts';
import { rowsOf } from '../support/made-anew.ts';
import { DATES, LANGS, PLAN, type Place, place, QUOTE, sendNow } from './restriction-ground.ts';

let here: Place;
beforeAll(async () => {
  here = await place();
});

type Shown = {
  readonly items: readonly {
    readonly id: string;
    readonly number: number;
    readonly state: string;
    readonly isInForce: boolean;
    readonly isReviewLate: boolean;
    readonly measure: { readonly subjects: readonly string[]; readonly ways: readonly string[] };
    readonly review: { readonly on: string };
    readonly steps: readonly { readonly kind: string; readonly actor: string }[];
  }[];
};
const path = () => `/api/parties/${here.orlov}/restrictions`;
const list = async () => (await here.app.ask<Shown>('GET', path())).items;
const whole = () => ({ ...PLAN, cites: [here.quoted] });
const planned = async (wish: object = {}) =>
  (await here.app.ask<{ id: string }>('POST', path(), { ...whole(), ...wish })).id;
const nobody = { reason: '', outsider: null };

describe('a plan', () => {
  const refused = async (wish: object) => (await here.refusal(path(), { ...whole(), ...wish })).code;
  const measured = (measure: object) => ({ measure: { ...PLAN.measure, ...measure } });

  test('needs a review date, a last day, and the review before it', async () => {
    expect(await refused({ reviewOn: null })).toBe('review-date-missing');
    expect(await refused({ untilOn: null })).toBe('end-date-missing');
    expect(await refused({ reviewOn: '2026-12-01' })).toBe('review-after-end');
    expect(await refused({ reviewOn: '2026-05-12' })).toBe('date-past');
    expect(await refused({ reviewOn: '2026-02-30' })).toBe('date-unusable');
    expect(await refused({ reviewOn: '2027-06-01', untilOn: '2027-07-01' })).toBe('review-too-far');
  });

  test('needs one route that stays open, and that it does not close itself', async () => {
    expect(await refused(measured({ open: null }))).toBe('open-route-missing');
    expect(await refused(measured({ open: { way: 'mail', address: ' ' } }))).toBe('open-route-missing');
    expect(await refused(measured({ open: { way: 'call', address: '+358 9 1' } }))).toBe('open-route-closed');
    expect(await refused(measured({ ways: ['mail'] }))).toBe('open-route-closed');
  });

  test('needs to be weighed, talked over with those it concerns, and about quoted words', async () => {
    expect(await here.refusal(path(), { ...whole(), weighing: { ...PLAN.weighing, milder: ' ' } })).toEqual({
      ...{ status: 422, code: 'weighing-missing', params: { at: 'weighing.milder' } },
    });
    expect(await refused({ consulted: [] })).toBe('consulted-missing');
    expect(await refused({ cites: [] })).toBe('quote-missing');
    expect(await refused({ cites: [{ ...here.quoted, quote: 'I want 500 euros back by Friday.' }] })).toBe(
      'quote-not-found',
    );
  });

  test('restricts something, at hours that can be, by people who are there', async () => {
    const none = { subjects: [], ways: [], isWritingOnly: false };
    expect(await refused(measured(none))).toBe('measure-empty');
    const hours = { zone: 'Europe/Helsinki', workDays: [1], from: '12:00', until: '10:00' };
    expect(await refused(measured({ hours }))).toBe('hours-contradict');
    expect(await refused(measured({ contact: 'member:nobody' }))).toBe('member-unknown');
    const gone = await here.refusal(`/api/restrictions/${here.orlov}/force`, {});
    expect(gone).toMatchObject({ status: 404, code: 'restriction-unknown' });
    expect(await list()).toEqual([]);
  });
});

describe('until it is in force', () => {
  test('it is warned about first, decided by another person, and told by a letter sent after that', async () => {
    await here.addMember(ALEX, 'Alex', 'owner');
    await here.addMember(MIRA, 'Mira', 'manager');
    const id = await planned();
    const at = (rest: string) => `/api/restrictions/${id}/${rest}`;
    expect((await here.refusal(at('force'), { notice: null })).code).toBe('not-decided');
    expect((await here.refusal(at('decision'), { reason: 'Needed.' })).code).toBe('warning-missing');
    const theirs = { reason: 'Needed.', warning: here.letters.orlov };
    expect((await here.refusal(at('decision'), theirs)).code).toBe('warning-unusable');
    const warning = here.letters.ours;
    // The owner of the machine planned it, and is nobody else.
    const alone = await here.refusal(at('decision'), { reason: 'Needed.', warning });
    expect(alone).toMatchObject({ status: 403, code: 'second-person-needed' });
    const proof = { name: 'Anna', proof: here.letters.ours };
    expect((await here.refusal(at('decision'), { reason: 'x', warning, outsider: proof })).code).toBe(
      'proof-unusable',
    );
    const anna = { name: 'Anna', proof: here.letters.bank };
    await here.app.ask('POST', at('decision'), { reason: 'Needed.', warning, outsider: anna });
    expect((await here.refusal(at('decision'), { reason: 'x', warning })).code).toBe('decided-already');
    expect((await here.refusal(at('force'), { notice: null })).code).toBe('notice-missing');
    expect((await here.refusal(at('force'), { notice: here.letters.orlov })).code).toBe('notice-unusable');
    expect((await here.refusal(at('force'), { notice: warning })).code).toBe('notice-too-early');
    expect((await here.refusal(at('review'), { reason: 'x', ...PLAN })).status).toBe(422);
    const dates = { reviewOn: PLAN.reviewOn, untilOn: PLAN.untilOn };
    expect((await here.refusal(at('review'), { reason: 'x', ...dates })).code).toBe('not-in-force');
    await here.app.ask('POST', at('end'), { reason: 'It was quiet.' });
    expect((await here.refusal(at('end'), { reason: 'again' })).code).toBe('ended-already');
  });

  test('a danger to somebody needs no warning and no waiting, but it needs the notice', async () => {
    const id = await planned({ safety: 'He stood at the door of the office at night.' });
    await here.app.ask('POST', `/api/restrictions/${id}/decision`, { reason: 'Danger.' });
    const [one] = await list();
    expect(one).toMatchObject({ state: 'decided', isInForce: false });
    expect((await here.refusal(`/api/restrictions/${id}/force`, {})).code).toBe('notice-missing');
    await here.app.ask('POST', `/api/restrictions/${id}/end`, { reason: 'The police took over.' });
  });
});

describe.each(LANGS)('the whole way in %s', (lang) => {
  beforeAll(async () => {
    here = { ...here, ...(await here.client(`Client-${lang}`)) };
  });

  test('warned, decided, told, appealed, looked at again, ended, each with its letter and its date', async () => {
    here.clock('2026-05-12T10:00:00+03:00');
    const restriction = await planned();
    const [pack] = await here.packFor('restriction');
    const id = await here.play.start(pack!.id, here.orlov, { kind: 'restriction', id: restriction });
    const first = await here.play.see(id);
    const choices = (await here.refusal(`/api/procedures/${id}/steps/${first.now?.step}/done`, {})).params
      .choices as string[];
    await here.play.done(id, first.now!.step, { choice: choices[0] });
    const next = async () => here.play.done(id, (await here.play.see(id)).now!.step);

    const warning = await sendNow(here, id, lang, { 'what-we-saw': 'Eleven calls on 11 May.' });
    expect(warning.finished?.text).toContain(`> ${QUOTE}`);
    expect(warning.finished?.text).toContain(DATES.warning.says[lang]);
    expect(warning.finished?.text).toContain('desk@firm.example');
    expect((await next()).now?.due?.date).toBe(DATES.warning.due);

    here.clock(`${DATES.warning.due}T23:58:00+03:00`);
    await here.tick();
    expect((await here.play.see(id)).now?.due?.date).toBe(DATES.warning.due);
    here.clock('2026-05-28T09:00:00+03:00');
    await here.tick();
    const deciding = await here.play.see(id);
    expect(deciding.now?.needs).toMatchObject([{ holds: false }]);
    const warned = { ...nobody, reason: 'He called again.', warning: warning.interactionId };
    expect((await decideRestriction(here.app.ledger, MIRA, restriction, warned)).ok).toBe(false);
    const anna = { ...warned, outsider: { name: 'Anna', proof: here.letters.bank } };
    expect((await decideRestriction(here.app.ledger, MIRA, restriction, anna)).ok).toBe(true);
    await next();

    const notice = await sendNow(here, id, lang, {});
    for (const said of [DATES.plan.reviewSays, DATES.plan.untilSays])
      expect(notice.finished?.text).toContain(said[lang]);
    expect(notice.finished?.text).toContain(PLAN.weighing.aim);
    await next();
    here.clock('2026-05-28T09:30:00+03:00');
    await here.app.ask('POST', `/api/restrictions/${restriction}/force`, { notice: notice.interactionId });
    expect((await list())[0]).toMatchObject({ isInForce: true, state: 'in-force' });
    const allowed = await here.app.ask<{ isAllowed: boolean }>(
      'GET',
      `/api/parties/${here.orlov}/allowed?channel=call`,
    );
    expect(allowed).toMatchObject({ isAllowed: false, against: [{ rule: 'way' }] });
    await next();

    here.clock(`${DATES.appeal.asked}T10:00:00+03:00`);
    const asking = await here.record(
      'inbound',
      `${DATES.appeal.asked}T09:00:00+03:00`,
      'Please look at this anew.',
    );
    const cite = await here.cite(asking, 'Please look at this anew.');
    const appeal = `/api/restrictions/${restriction}/appeal`;
    expect((await here.refusal(`${appeal}/decision`, { reason: 'x', outcome: 'kept' })).code).toBe(
      'no-appeal',
    );
    expect((await here.refusal(appeal, {})).code).toBe('quote-missing');
    await here.app.ask('POST', appeal, { cite });
    expect((await here.refusal(appeal, { cite })).code).toBe('appealed-already');
    await here.tick();
    expect((await here.play.see(id)).now?.due?.date).toBe(DATES.appeal.due);
    const changed: MeasureWish = { ...PLAN.measure, ways: [] };
    const kept = { reason: 'Calls may be arranged by mail.', outsider: null, measure: changed };
    const same = await decideRestrictionAppeal(here.app.ledger, MIRA, restriction, {
      ...{ ...kept, outcome: 'changed' },
    });
    expect(same).toMatchObject({ ok: false, reason: 'second-person-needed' });
    const other = await decideRestrictionAppeal(here.app.ledger, ALEX, restriction, {
      ...{ ...kept, outcome: 'changed' },
    });
    expect(other.ok).toBe(true);
    await next();
    const answered = await sendNow(here, id, lang, { 'appeal-answer': kept.reason });
    expect(answered.finished?.text).toContain(kept.reason);
    await next();

    here.clock(`${DATES.review.lateFrom}T09:00:00+03:00`);
    await here.tick();
    const late = (await here.todayLines()).now.find(({ code }) => code === 'restriction-review');
    expect(late).toMatchObject({ kind: 'review', date: DATES.review.due, id: restriction });
    expect((await list())[0]).toMatchObject({ isReviewLate: true });
    const again = { reason: 'Eight calls in August.', reviewOn: '2026-11-16', untilOn: '2027-01-29' };
    await here.app.ask('POST', `/api/restrictions/${restriction}/review`, again);
    await next();
    const goesOn = await sendNow(here, id, lang, { 'why-it-goes-on': again.reason });
    expect(goesOn.finished?.text).toContain('2027');
    await next();
    expect((await here.todayLines()).now.some(({ code }) => code === 'restriction-review')).toBe(false);

    await here.app.ask('POST', `/api/restrictions/${restriction}/end`, { reason: 'Quiet since September.' });
    await here.tick();
    await sendNow(here, id, lang, {});
    const ended = await next();
    expect(ended.outcome?.title.en).toBe('Ended, and they were told');
    const [one] = await list();
    expect(one?.steps.map(({ kind }) => kind)).toEqual([
      ...['planned', 'decided', 'set', 'appealed', 'appeal-decided', 'reviewed', 'ended'],
    ]);
    const open = await here.app.ask('GET', `/api/parties/${here.orlov}/allowed?channel=call`);
    expect(open).toMatchObject({ isAllowed: true, against: [] });
  });
});

test('somebody who works alone writes a reason, and decides a day later', async () => {
  here.clock('2026-09-10T09:00:00+03:00');
  const { db } = here.app.ledger;
  await db.deleteFrom('members' as never).execute();
  const id = await planned({ reviewOn: '2026-10-01' });
  const decision = `/api/restrictions/${id}/decision`;
  const asked = { reason: 'I read it again.', warning: here.letters.ours };
  const waits = await here.app.ask<{ waitsUntil: string }>('POST', decision, asked);
  expect(waits.waitsUntil).toMatch(/^2026-09-11T06:00:00/);
  here.clock('2026-09-11T08:00:00+03:00');
  expect((await here.refusal(decision, asked)).code).toBe('wait-needed');
  here.clock('2026-09-11T09:00:01+03:00');
  const done = await here.app.ask<{ waitsUntil: string | null }>('POST', decision, {
    warning: here.letters.ours,
  });
  expect(done.waitsUntil).toBeNull();
  const [one] = await list();
  expect(one?.steps.map(({ kind }) => kind)).toEqual(['planned', 'second-asked', 'decided']);
  expect(one?.steps[0]?.actor).toBe('owner' as Actor);
});

test('everything that was done with restrictions is made again from the ledger', async () => {
  const rows = () => rowsOf(here.app.pool, ['restrictions', 'restriction_steps']);
  const before = await rows();
  expect(Object.values(before).flat().length).toBeGreaterThan(10);
  await replay(here.app.ledger);
  expect(await rows()).toEqual(before);
});
