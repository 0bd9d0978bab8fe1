import { describe, expect, test } from 'vitest';
import type { Caller } from '../../src/kernel/http.ts';
import { LANGS, type Lang } from '../../src/modules/procedure/pack.ts';
import { openPacks } from '../../src/modules/procedure/packs.store.ts';
import { readPolicyPack } from '../../src/modules/procedure/policy/pack.store.ts';
import { problemsOf } from '../../src/modules/procedure/policy/pack.ts';
import { markRead, viewPolicies } from '../../src/modules/procedure/policy/policy.actions.ts';
import { replay } from '../../src/replay.ts';
import { ALEX, firm, MIRA } from '../casefile/firm.ts';
import { rowsOf } from '../support/made-anew.ts';
import { refusedBy } from './playing.ts';

type Document = { readonly id: string; readonly title: string; readonly text: string };
type Shown = {
  readonly id: string;
  readonly lang: Lang;
  readonly version: number;
  readonly documents: readonly Document[];
  readonly isCurrent: boolean;
  readonly isReviewDue: boolean;
  readonly readAt: string | null;
  readonly unread: readonly string[] | null;
  readonly suggestions: readonly { readonly says: number; readonly now: number }[];
};

const here = await firm();
here.chance.setClock(Date.parse('2026-05-12T10:00:00+03:00'));
await here.addMember(ALEX, 'Alex', 'owner');
await here.addMember(MIRA, 'Mira', 'agent');
const pack = await readPolicyPack();

/** Answers as somebody might give them, from the examples. */
function answersIn(lang: Lang): Record<string, unknown> {
  const answered = pack.questions.map((question) => {
    const example = question.example[lang];
    if (question.kind === 'days') return [question.id, Number(example)];
    if (question.kind === 'lines' || question.kind === 'steps')
      return [question.id, [example, `${example} 2`]];
    if (question.kind !== 'table') return [question.id, example];
    const rows = question.rows.map(({ id, upTo }) => [id, { who: example, upTo: upTo ? '100 €' : null }]);
    return [question.id, Object.fromEntries(rows)];
  });
  return Object.fromEntries(answered);
}
const idOf = (kind: string) => pack.questions.find((one) => one.kind === kind)!.id;
const list = async () => (await here.app.ask<{ items: Shown[] }>('GET', '/api/policies')).items;
const publish = (lang: Lang, answers: Record<string, unknown>) =>
  here.app.call('POST', '/api/policies', { lang, answers });
const caller: Caller = { actor: ALEX, role: 'owner', name: 'Alex', isLocal: false };

test('twelve questions are asked, and every text asks for nothing else', async () => {
  expect(pack.questions).toHaveLength(12);
  expect(problemsOf(pack)).toEqual([]);
  const { items } = await here.app.ask<{ items: { id: string }[] }>('GET', '/api/policies/questions');
  expect(items.map(({ id }) => id)).toEqual(pack.questions.map(({ id }) => id));
});

describe.each(LANGS)('in %s', (lang) => {
  test('the answers make a complaint policy, how we work together, and who may do what', async () => {
    const { documents } = await here.app.ask<{ documents: Document[] }>('POST', '/api/policies/preview', {
      ...{ lang, answers: answersIn(lang) },
    });
    expect(documents).toHaveLength(3);
    for (const { title, text } of documents) {
      expect(text).not.toMatch(/\{\{|\bundefined\b|\.\./);
      expect(`${title}\n${text}`).not.toMatch(
        /difficult|aggressive|unreasonabl|toxic|manipulat|агрессивн|неадекватн|токсичн|hankala|kohtuut|tamper|legally binding/iu,
      );
    }
    expect(documents.at(-1)!.text).toMatch(/\| --- \| --- \|\n(?:\| .+ \| .+ \|\n){4}/);
    expect(await list()).toEqual([]);
  });

  test('days are said as the language says them', async () => {
    const say = async (days: number) => {
      const answers = {
        ...answersIn(lang),
        ...Object.fromEntries(
          pack.questions.filter(({ kind }) => kind === 'days').map(({ id }) => [id, days]),
        ),
      };
      const { documents } = await here.app.ask<{ documents: Document[] }>('POST', '/api/policies/preview', {
        lang,
        answers,
      });
      return documents[0]!.text;
    };
    const one = { en: '1 working day:', ru: '1 рабочего дня:', fi: '1 työpäivän kuluessa' }[lang];
    const many = { en: '21 working days', ru: '21 рабочего дня', fi: '21 työpäivän kuluessa' }[lang];
    expect(await say(1)).toContain(one);
    expect(await say(21)).toContain(many);
  });
});

describe('what cannot be used is refused with its question and its place', () => {
  test.each(pack.questions.map(({ id, kind }) => [id, kind]))('%s without an answer', async (id, kind) => {
    for (const nothing of [undefined, kind === 'lines' || kind === 'steps' ? ['  '] : '']) {
      const answers = { ...answersIn('en'), [id!]: nothing };
      const refused = await refusedBy(await publish('en', answers));
      expect(refused).toMatchObject({ status: 422, code: 'question-unanswered', params: { question: id } });
      expect(refused.params.at).toMatch(`answers.${id}`);
    }
  });

  test('a row of the table that names nobody', async () => {
    const id = idOf('table');
    const table = { ...(answersIn('en')[id] as object), 'give-refund': { who: 'Alex', upTo: ' ' } };
    const refused = await refusedBy(await publish('en', { ...answersIn('en'), [id]: table }));
    expect(refused).toMatchObject({
      code: 'question-unanswered',
      params: { question: id, row: 'give-refund', at: `answers.${id}.give-refund` },
    });
  });

  test.each([0, 1.5, 91, -2])('%d working days', async (days) => {
    const refused = await refusedBy(await publish('en', { ...answersIn('en'), [idOf('days')]: days }));
    expect(refused).toMatchObject({ status: 422, code: 'answer-unusable', params: { least: 1, most: 90 } });
  });

  test('a decision before the first answer', async () => {
    const [first, decision] = pack.questions.filter(({ kind }) => kind === 'days');
    const answers = { ...answersIn('en'), [first!.id]: 5, [decision!.id]: 4 };
    const refused = await refusedBy(await publish('en', answers));
    expect(refused).toMatchObject({ code: 'answer-unusable', params: { question: decision!.id, least: 5 } });
  });

  test.each(['2026-05-12', '2028-05-13', '2027-02-29', 'soon'])('a review on %s', async (day) => {
    const refused = await refusedBy(await publish('en', { ...answersIn('en'), [idOf('day')]: day }));
    expect(refused).toMatchObject({ status: 422, code: 'answer-unusable', params: { last: '2028-05-12' } });
  });

  test('a question that is none', async () => {
    const refused = await refusedBy(await publish('en', { ...answersIn('en'), 'shoe-size': '42' }));
    expect(refused).toMatchObject({
      status: 422,
      code: 'question-unknown',
      params: { question: 'shoe-size' },
    });
    expect(await list()).toEqual([]);
  });
});

test('a field or a line break inside an answer is neither', async () => {
  const [who] = pack.questions;
  const answers = { ...answersIn('en'), [who!.id]: '{{who-may}}\n# Big heading' };
  const { documents } = await here.app.ask<{ documents: Document[] }>('POST', '/api/policies/preview', {
    ...{ lang: 'en', answers },
  });
  expect(documents[0]!.text).toMatch(/^\{\{who-may\}\} # Big heading\./);
});

test('a new version takes the place of the one before; both are kept, and the same again is refused', async () => {
  expect((await publish('en', answersIn('en'))).status).toBe(201);
  expect(await refusedBy(await publish('en', answersIn('en')))).toMatchObject({
    ...{ status: 409, code: 'policy-unchanged', params: { version: 1 } },
  });
  const days = idOf('days');
  expect((await publish('en', { ...answersIn('en'), [days]: 3 })).status).toBe(201);
  expect((await publish('fi', answersIn('fi'))).status).toBe(201);
  const found = (await list()).map(({ lang, version, isCurrent }) => [lang, version, isCurrent]);
  expect(found).toEqual([
    ['fi', 1, true],
    ['en', 2, true],
    ['en', 1, false],
  ]);
});

test('where its days differ from a procedure of ours that is suggested, and nothing else is changed', async () => {
  const [, english] = await list();
  expect(english!.suggestions).toEqual([expect.objectContaining({ says: 3, now: 2 })]);
  const { packs } = await openPacks(`${here.app.dataDir}/packs/procedures`).load();
  expect(packs.filter(({ isYours }) => isYours)).toEqual([]);
});

test('everybody says that they have read it; who decides sees who has not, and others do not', async () => {
  const [, current, old] = await list();
  expect(new Set(current!.unread)).toEqual(new Set([ALEX, MIRA]));
  const stale = await here.app.call('POST', `/api/policies/${old!.id}/read`);
  expect(await refusedBy(stale)).toMatchObject({
    status: 409,
    code: 'policy-superseded',
    params: { version: 1 },
  });
  const unknown = await here.app.call('POST', `/api/policies/${here.orlov}/read`);
  expect(await refusedBy(unknown)).toMatchObject({ status: 404, code: 'policy-unknown' });
  const mira: Caller = { ...caller, actor: MIRA, role: 'agent', name: 'Mira' };
  for (const _ of [1, 2]) expect((await markRead(here.app.ledger, mira, current!.id)).ok).toBe(true);
  const packs = openPacks('nowhere');
  const asAlex = (await viewPolicies(here.app.ledger, packs, caller)).find(({ id }) => id === current!.id)!;
  const asMira = (await viewPolicies(here.app.ledger, packs, mira)).find(({ id }) => id === current!.id)!;
  expect(asAlex).toMatchObject({ unread: [ALEX], readAt: null, reads: [{ member: MIRA }] });
  expect(asMira).toMatchObject({ unread: null, reads: null, readAt: expect.any(String) });
});

test('after its day it says that it is time to look at it again', async () => {
  here.chance.setClock(Date.parse('2027-06-02T10:00:00+03:00'));
  expect((await list()).map(({ isReviewDue }) => isReviewDue)).toEqual([true, true, false]);
  const { now } = await here.app.ask<{ now: { items: { code: string; id: string; partyId: string }[] } }>(
    'GET',
    '/api/today',
  );
  const current = (await list()).filter(({ isCurrent }) => isCurrent).map(({ id }) => id);
  const due = now.items.filter(({ code }) => code === 'policy-review');
  expect(due.map(({ id }) => id).sort()).toEqual(current.sort());
  expect(due.map(({ partyId }) => partyId)).toEqual(['', '']);
});

test('all of it comes back from the record alone', async () => {
  const rows = () => rowsOf(here.app.pool, ['policies', 'policy_reads']);
  const before = await rows();
  expect(Object.values(before).flat()).toHaveLength(4);
  await replay(here.app.ledger);
  expect(await rows()).toEqual(before);
});
