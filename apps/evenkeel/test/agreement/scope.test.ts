import { expect, test } from 'vitest';
import { agreementGround } from './agreement-ground.ts';

const { app, party, post, make, said, open, clausesOf } = await agreementGround();
const agreement = await open([
  { kind: 'scope_in', says: 'Five pages and a contact form, with two rounds of corrections.' },
  { kind: 'scope_out', says: 'Translations of the texts are not included.' },
  {
    kind: 'payment',
    says: 'Extra work costs 85 euros an hour.',
    currency: 'EUR',
    price: '85',
    per: 'hour',
    termDays: 14,
  },
  { kind: 'scope_out', says: 'Переводы текстов на другие языки в цену не входят.' },
]);
const clauses = await clausesOf(agreement);
type Answer = {
  hints: readonly { shared: readonly string[]; clause: { number: number } }[];
  earlier: readonly { words: string; verdict: string }[];
};
const ask = (words: string, more: object = {}) =>
  app.ask<Answer>('POST', `/api/parties/${party}/scope`, { words, ...more });
const decide = (wish: object) =>
  post(`/api/parties/${party}/scope/decisions`, {
    ...{ words: 'Please translate the texts.', verdict: 'out', clauseId: clauses[1]!.id },
    ...{ reason: 'The clause says so.', ...wish },
  });
const order = (wish: object) =>
  post(`/api/parties/${party}/scope/order`, {
    ...{ what: 'Finnish texts', price: '510 €', time: 'two weeks', clauseId: clauses[1]!.id, lang: 'en' },
    ...wish,
  });

test('the clause that speaks of what was asked is suggested, with the words that both have', async () => {
  const { hints } = await ask('Could you also do the translation of all texts into Finnish?');
  expect(hints[0]).toMatchObject({ clause: { number: 2 } });
  expect(hints[0]!.shared).toEqual(expect.arrayContaining(['texts']));
});

test('a Russian question finds the clause that says it, in Russian and in English', async () => {
  const { hints } = await ask('А перевод текста на финский вы тоже сделаете?');
  expect(hints.map(({ clause }) => clause.number).sort()).toEqual([2, 4]);
});

test('what no clause speaks of finds none, and nobody decides for us', async () => {
  expect(await ask('How was your holiday?')).toEqual({ hints: [], earlier: [] });
});

test('a person decides, by a clause and with a reason; earlier decisions on the same are shown', async () => {
  expect(await decide({ clauseId: null })).toMatchObject({
    status: 422,
    body: { code: 'scope-without-clause', params: { at: 'clauseId' } },
  });
  expect(await decide({ reason: '' })).toMatchObject({ status: 422, body: { code: 'reason-missing' } });
  const cite = await said('inbound', 'Please translate the texts into Finnish.');
  await make(`/api/parties/${party}/scope/decisions`, {
    ...{ words: cite.quote, cite, verdict: 'out', clauseId: clauses[1]!.id, reason: '§2 says so.' },
  });
  const { earlier } = await ask('When will you translate our texts?');
  expect(earlier).toMatchObject([
    { words: cite.quote, verdict: 'out', clauseId: clauses[1]!.id, clauseVersion: 0, cite },
  ]);
  expect((await ask('Where is the invoice?')).earlier).toEqual([]);
});

test('decisions on one point are found by the point, whatever the words', async () => {
  const pointId = '0197c000-0000-7000-8000-00000000000a';
  expect(
    (await decide({ pointId, words: 'Голос за кадром', verdict: 'unclear', clauseId: null })).status,
  ).toBe(201);
  expect((await ask('the voice-over', { pointId })).earlier).toMatchObject([{ verdict: 'unclear', pointId }]);
});

test.each([
  ['en', 'This is not part of it. We can do it as extra work'],
  ['ru', 'Это в неё не входит.'],
  ['fi', 'Voimme tehdä sen lisätyönä'],
])('a priced change order is drafted in %s, with the clause in it', async (lang, words) => {
  const { status, body } = await order({ lang });
  expect(status).toBe(200);
  expect(body.text).toContain(words);
  for (const part of ['Finnish texts', '510 €', 'two weeks', clauses[1]!.says, 'Baltika Oy', 'Keel & Co'])
    expect(body.text).toContain(part);
  expect(body.text).not.toContain('{{');
});

test('a change order without a price is no offer', async () => {
  expect(await order({ price: ' ' })).toMatchObject({
    status: 422,
    body: { code: 'field-missing', params: { field: 'price' } },
  });
});
