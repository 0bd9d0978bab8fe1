import { beforeAll, describe, expect, test } from 'vitest';
import { lookWhileQuiet } from '../../src/modules/procedure/silence/silence.actions.ts';
import { replay } from '../../src/replay.ts';
import { LANGS, type Place, place, sendNow } from './restriction-ground.ts';

let here: Place;
beforeAll(async () => {
  here = await place();
});

type Silences = {
  readonly items: readonly {
    readonly id: string;
    readonly isQuiet: boolean;
    readonly looks: readonly {
      readonly interactionId: string;
      readonly lookedBy: string;
      readonly isNew: boolean;
      readonly compared: number;
      readonly settled: string | null;
      readonly found: readonly { readonly kind: string; readonly says: string }[];
    }[];
  }[];
};
const path = () => `/api/parties/${here.orlov}/silences`;
const list = async () => (await here.app.ask<Silences>('GET', path())).items;
const look = () => lookWhileQuiet(here.app.ledger, here.reader);
const lookAt = async (id: string) => {
  await look();
  return (await list()).flatMap(({ looks }) => looks).find(({ interactionId }) => interactionId === id);
};
const REPEAT = 'The login does not work since Monday.';
const wish = async () => ({
  reason: 'Answered on 5 May, and said again three times.',
  repeat: await here.cite(here.letters.orlov, REPEAT),
  answer: await here.cite(here.letters.ours, 'The login is in line 4.'),
  untilOn: '2026-06-30',
});

test('it needs a reason, the repeat in their words, the answer in ours, and a last day ahead', async () => {
  const whole = await wish();
  const refused = async (change: object) => (await here.refusal(path(), { ...whole, ...change })).code;
  expect(await refused({ reason: ' ' })).toBe('reason-missing');
  expect(await refused({ repeat: null })).toBe('repeat-missing');
  expect(await refused({ answer: null })).toBe('answer-missing');
  expect(await refused({ repeat: whole.answer })).toBe('repeat-not-theirs');
  expect(await refused({ answer: whole.repeat })).toBe('answer-not-ours');
  expect(await refused({ repeat: { ...whole.repeat, quote: 'another' } })).toBe('quote-not-found');
  expect(await refused({ untilOn: null })).toBe('end-date-missing');
  expect(await refused({ untilOn: '2026-05-12' })).toBe('date-past');
  expect(await refused({ untilOn: '2026-13-01' })).toBe('date-unusable');
  expect(await list()).toEqual([]);
});

describe('while it runs', () => {
  let id: string;
  beforeAll(async () => {
    id = (await here.app.ask<{ id: string }>('POST', path(), await wish())).id;
  });

  test('there is one at a time', async () => {
    expect(await here.refusal(path(), await wish())).toMatchObject({ status: 409, code: 'silence-running' });
  });

  test('a message that repeats is read, filed, written down, and not on Today', async () => {
    here.clock('2026-05-13T12:00:00+03:00');
    const message = await here.record('inbound', '2026-05-13T11:00:00+03:00', REPEAT);
    const looked = await lookAt(message);
    expect(looked).toMatchObject({ isNew: false, found: [], lookedBy: 'clock' });
    expect(looked?.compared).toBeGreaterThan(0);
    const { now } = await here.todayLines();
    expect(now.filter(({ interactionId }) => interactionId === message)).toEqual([]);
    expect(await look()).toBe(0);
  });

  test('a new fact comes to Today in its own words, until a person has seen to it', async () => {
    const message = await here.record(
      'inbound',
      '2026-05-13T11:30:00+03:00',
      'The login does not work since Monday. The invoice of 740 euros was paid on 3 March.',
    );
    const looked = await lookAt(message);
    expect(looked?.isNew).toBe(true);
    expect(looked?.found.map(({ kind }) => kind)).toContain('fact');
    const due = (await here.todayLines()).now.find(({ interactionId }) => interactionId === message);
    expect(due).toMatchObject({ code: 'filed-with-news', kind: 'reply' });
    expect(due?.says).toContain('740');
    const seen = `/api/silences/${id}/looks`;
    const filed = { interaction: message, outcome: 'filed' };
    expect((await here.refusal(seen, filed)).code).toBe('reason-missing');
    expect((await here.refusal(seen, { ...filed, interaction: here.letters.bank, note: 'x' })).code).toBe(
      'message-unknown',
    );
    await here.app.ask('POST', seen, { ...filed, note: 'It is invoice 118, settled in March.' });
    expect((await here.refusal(seen, { ...filed, note: 'x' })).code).toBe('settled-already');
    const after = (await here.todayLines()).now;
    expect(after.filter(({ interactionId }) => interactionId === message)).toEqual([]);
  });

  test('a new demand is brought, and waits for an answer as any message once a person says so', async () => {
    const message = await here.record(
      'inbound',
      '2026-05-13T11:40:00+03:00',
      'Please send me the contract with the signature page.',
    );
    expect((await lookAt(message))?.found.map(({ kind }) => kind)).toContain('demand');
    await here.app.ask('POST', `/api/silences/${id}/looks`, { interaction: message, outcome: 'answered' });
    const { now, later } = await here.todayLines();
    expect([...now, ...later].map(({ code, interactionId }) => [code, interactionId])).toContainEqual([
      ...['reply', message],
    ]);
  });

  test('a danger comes first, whatever else is filed', async () => {
    const message = await here.record(
      'inbound',
      '2026-05-13T11:50:00+03:00',
      'I will come to your office and break your legs.',
    );
    const looked = await lookAt(message);
    expect(looked?.found.map(({ kind }) => kind)).toContain('danger');
    const [first] = (await here.todayLines()).now;
    expect(first).toMatchObject({ kind: 'danger', interactionId: message });
  });

  test('what was written before it began and came after is read too, unless we answered it since', async () => {
    const waits = async (id: string) => {
      const { now, later } = await here.todayLines();
      return [...now, ...later].some(({ code, interactionId }) => code === 'reply' && interactionId === id);
    };
    const late = await here.record('inbound', '2026-05-12T09:30:00+03:00', `${REPEAT} It does not work.`);
    expect(await waits(late), 'nobody has read it yet').toBe(true);
    expect(await lookAt(late)).toMatchObject({ lookedBy: 'clock', isNew: false });
    expect(await waits(late)).toBe(false);
    const answered = await here.record('inbound', '2026-05-05T09:20:00+03:00', `${REPEAT} Still.`);
    expect(await lookAt(answered), 'our letter of 10:02 answers it').toBeUndefined();
  });

  test('it ends by itself after its last day: what comes then waits for an answer again', async () => {
    here.clock('2026-06-30T23:58:00+03:00');
    expect((await list())[0]?.isQuiet).toBe(true);
    here.clock('2026-07-01T09:00:00+03:00');
    expect((await list())[0]?.isQuiet).toBe(false);
    const message = await here.record('inbound', '2026-07-01T08:30:00+03:00', REPEAT);
    expect(await lookAt(message)).toBeUndefined();
    const { now, later } = await here.todayLines();
    expect([...now, ...later].some(({ code }) => code === 'reply')).toBe(true);
    expect((await here.refusal(`/api/silences/${id}/end`, { reason: 'x' })).code).toBe('silence-over');
    expect((await here.app.call('POST', path(), { ...(await wish()), untilOn: '2026-08-31' })).status).toBe(
      201,
    );
  });
});

test('each look is made again from the ledger', async () => {
  const before = await list();
  await replay(here.app.ledger);
  expect(await list()).toEqual(before);
});

test.each(LANGS)('the pack of it is played to its end in %s', async (lang) => {
  const there = await here.client(`Client-${lang}`);
  const [pack] = (await there.packFor('message')).filter(({ id }) => id.includes('reply'));
  const { id } = await there.app.ask<{ id: string }>('POST', '/api/procedures', {
    ...{ pack: pack!.id, partyId: there.orlov, subject: { kind: 'message', id: there.letters.orlov } },
    cite: await there.cite(there.letters.orlov, REPEAT),
  });
  const first = (await there.play.see(id)).now!.step;
  const { params } = await there.refusal(`/api/procedures/${id}/steps/${first}/done`, {});
  await there.play.done(id, first, { choice: (params.choices as string[])[0] });
  const next = async () => there.play.done(id, (await there.play.see(id)).now!.step);
  const answer = await sendNow(there, id, lang, {
    'answer-with-reasons': 'The login is in line 4 of our mail of 5 May.',
    'where-to-go-next': 'kuluttajariita.fi',
  });
  expect(answer.finished?.text).toContain(`> ${REPEAT}`);
  await next();
  const missing = await there.refusal(
    `/api/procedures/${id}/steps/${(await there.play.see(id)).now!.step}/done`,
    {},
  );
  expect(missing).toMatchObject({ code: 'needs-missing', params: { needs: ['silence-began'] } });
  await there.app.ask('POST', `/api/parties/${there.orlov}/silences`, {
    reason: 'Answered twice.',
    repeat: await there.cite(there.letters.orlov, REPEAT),
    answer: await there.cite(answer.interactionId, 'The login is in line 4 of our mail of 5 May.'),
    untilOn: '2026-06-30',
  });
  await next();
  there.clock('2026-07-01T00:01:00+03:00');
  await there.tick();
  expect((await there.play.see(id)).outcome?.title.en).toBe('Filed until its last day');
});
