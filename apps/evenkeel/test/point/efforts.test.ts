import { beforeEach, expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { NOW, promiseGround } from './promise-ground.ts';

const { app, chance, database, party, said, post, refused } = await promiseGround();

type Effort = {
  number: number;
  at: string;
  kind: string;
  side: string;
  about: number | null;
  says: string;
  interactionId: string | null;
  due: string | null;
  effortId: string | null;
  minutes: number | null;
};
type Efforts = {
  answers: { due: number; inTime: number };
  items: Effort[];
  leftOut: number;
  replyDays: number;
};
const efforts = (query = '') => app.ask<Efforts>('GET', `/api/parties/${party}/efforts${query}`);
const day = (date: string) => ({ date, time: null, zone: null });

beforeEach(() => chance.setClock(NOW));

test('offers, what was said to them, and what was proposed stand in order of time, each with its record', async () => {
  const told = await said('outbound', 'We offer you 200.', 'We offer you 200.', '2026-05-05T10:00:00+03:00');
  const { body } = await post(`/api/parties/${party}/offers`, {
    ...{ side: 'ours', decideBy: day('2026-05-29'), cites: [told] },
    options: [{ what: 'Back', sum: { amount: '200', currency: 'EUR' } }],
  });
  const no = await said('inbound', 'No, thank you.', 'No, thank you.', '2026-05-06T10:00:00+03:00');
  await post(`/api/offers/${body.id}/answer`, { is: 'refused', cites: [no] });
  const meet = await said(
    'outbound',
    'Shall we meet on Monday?',
    'Shall we meet',
    '2026-05-04T10:00:00+03:00',
  );
  const noted = await post(`/api/parties/${party}/efforts`, {
    side: 'ours',
    proposed: 'meeting',
    cites: [meet],
  });
  expect(noted.status).toBe(201);
  const { items } = await efforts();
  expect(
    items.map(({ number, kind, side, about, says, interactionId }) => [
      number,
      kind,
      side,
      about,
      says,
      interactionId,
    ]),
  ).toEqual([
    [1, 'proposed-meeting', 'ours', null, 'Shall we meet', meet.interactionId],
    [2, 'offer-made', 'ours', 1, 'Back 200.00 EUR', told.interactionId],
    [3, 'offer-refused', 'theirs', 1, 'No, thank you.', no.interactionId],
  ]);
});

test('an offer that nobody answered is listed as such on the day it expired, and nowhere as accepted', async () => {
  const told = await said('outbound', 'We offer you 300.', 'We offer you 300.', '2026-05-07T10:00:00+03:00');
  await post(`/api/parties/${party}/offers`, {
    ...{ side: 'ours', decideBy: day('2026-05-14'), cites: [told], options: [{ what: '300 back' }] },
  });
  chance.setClock(NOW + 3 * 24 * 3_600_000);
  const { items } = await efforts();
  expect(items.at(-1)).toMatchObject({
    kind: 'offer-expired',
    side: 'theirs',
    at: '2026-05-14T20:59:59.999Z',
    says: '300 back',
  });
  expect(items.filter(({ kind }) => kind === 'offer-accepted')).toEqual([]);
});

test('what was only prepared was offered to nobody', async () => {
  const before = (await efforts()).items.length;
  await post(`/api/parties/${party}/offers`, {
    ...{ side: 'ours', decideBy: day('2026-05-29'), options: [{ what: 'Not told yet' }] },
  });
  expect((await efforts()).items).toHaveLength(before);
});

test('an offer without prejudice is left out unless it is asked for, and it is said how many', async () => {
  const told = await said(
    'outbound',
    'Without prejudice: 500.',
    'Without prejudice: 500.',
    '2026-05-08T10:00:00+03:00',
  );
  await post(`/api/parties/${party}/offers`, {
    ...{
      side: 'ours',
      decideBy: day('2026-05-29'),
      cites: [told],
      options: [{ what: '500 back' }],
      isWithoutPrejudice: true,
    },
  });
  const open = await efforts();
  expect([open.leftOut, open.items.some(({ says }) => says === '500 back')]).toEqual([1, false]);
  const all = await efforts('?withoutPrejudice=shown');
  expect([all.leftOut, all.items.some(({ says }) => says === '500 back')]).toEqual([0, true]);
});

test('answers within our pace are listed with what was asked, and later ones only counted', async () => {
  const sent = async (direction: 'inbound' | 'outbound', text: string, at: string) => {
    const words = await said(direction, text, text, at);
    await database.pool.query("UPDATE interactions SET at_source = 'sent' WHERE id = $1", [
      words.interactionId,
    ]);
    return words;
  };
  await sent('inbound', 'Where is the login?', '2026-03-02T10:00:00+02:00');
  const answer = await sent('outbound', 'It is in line 4.', '2026-03-03T10:00:00+02:00');
  await sent('inbound', 'Where is the logo?', '2026-03-09T10:00:00+02:00');
  await sent('outbound', 'It is attached.', '2026-03-20T10:00:00+02:00');
  const { items, answers } = await efforts();
  expect(answers).toEqual({ due: 2, inTime: 1 });
  expect(items.filter(({ kind }) => kind === 'reply-in-time')).toMatchObject([
    { says: 'Where is the login?', interactionId: answer.interactionId, due: '2026-03-04', side: 'ours' },
  ]);
});

test('a kept promise of ours, and a meeting that was noted, are among them', async () => {
  const words = await said(
    'outbound',
    'We will repair the form by Friday.',
    'We will repair the form',
    '2026-04-01T10:00:00+03:00',
  );
  const { body } = await post(`/api/parties/${party}/commitments`, {
    ...{ side: 'ours', who: 'Alex', what: 'repair the form', due: day('2026-04-03'), cites: [words] },
  });
  const done = await said('outbound', 'The form works.', 'The form works.', '2026-04-02T10:00:00+03:00');
  await post(`/api/commitments/${body.id}/settle`, { as: 'kept', cites: [done] });
  const { items } = await efforts();
  expect(items.find(({ kind }) => kind === 'promise-kept')).toMatchObject({
    ...{
      says: 'repair the form',
      at: '2026-04-02T07:00:00.000Z',
      interactionId: done.interactionId,
      about: 1,
    },
  });
});

test('a proposal in the words of the other side, or noted by mistake, is none of ours', async () => {
  const theirs = await said('inbound', 'Let us talk on the phone.');
  const wrong = await post(`/api/parties/${party}/efforts`, {
    side: 'ours',
    proposed: 'call',
    cites: [theirs],
  });
  expect(refused(wrong)).toEqual({ status: 422, code: 'words-of-the-other-side' });
  const { body } = await post(`/api/parties/${party}/efforts`, {
    side: 'theirs',
    proposed: 'call',
    cites: [theirs],
  });
  const withdraw = (reason: string) => post(`/api/efforts/${body.id}/withdraw`, { reason });
  expect(refused(await withdraw(' '))).toMatchObject({ code: 'reason-missing' });
  expect((await withdraw('They spoke of their own team.')).status).toBe(200);
  expect(refused(await withdraw('again'))).toEqual({ status: 404, code: 'effort-unknown' });
  expect((await efforts()).items.filter(({ kind }) => kind === 'proposed-call')).toEqual([]);
});

test('made again from the ledger, they are what they were', async () => {
  const rows = () => rowsOf(database.pool, ['efforts']);
  const before = await rows();
  expect(before.efforts?.length).toBeGreaterThan(1);
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});
