import { expect, test } from 'vitest';
import { isExplained, knownAmong, termsIn } from '../src/known-words.ts';

const known = (word: string, text: string, lang: 'en' | 'ru' | 'fi') =>
  knownAmong([word], [text], lang).has(word);

test.each([
  ['en', 'SLA', 'What does the sla say about this?'],
  ['en', 'APIs', 'Our API is down again.'],
  ['en', 'smoke test', 'Did you run the smoke test?'],
  ['ru', 'тикета', 'Я открыл тикет в понедельник.'],
  ['ru', 'SLA', 'Что говорит SLA?'],
  ['fi', 'tiketti', 'Avasin tiketin maanantaina.'],
  ['fi', 'API', 'API ei vastaa.'],
] as const)('a word that they wrote is known to them, in any of its forms (%s: %s)', (lang, word, text) => {
  expect(known(word, text, lang)).toBe(true);
});

test.each([
  ['en', 'SLA', 'We slay dragons.'],
  ['en', 'smoke test', 'There was smoke. The test was on Monday.'],
  ['ru', 'тикета', 'Мы купили билеты.'],
  ['fi', 'tiketti', 'Maksoimme tilin.'],
] as const)('a word that only looks like it is not (%s: %s)', (lang, word, text) => {
  expect(known(word, text, lang)).toBe(false);
});

test('what they quote of us is not their word', () => {
  expect(known('SLA', 'I do not understand.\n\nOn 4 May you wrote:\n> The SLA covers it.\n', 'en')).toBe(
    false,
  );
});

test.each([
  ['en', 'smoke test', 'The smoke tests ran, and no test smoked.', ['smoke tests']],
  ['ru', 'тикет', 'Закрыли тикет и открыли два новых тикета.', ['тикет', 'тикета']],
  ['fi', 'tiketti', 'Suljimme tiketin.', ['tiketin']],
  ['en', 'API', 'Nothing of it.', []],
] as const)('a term stands in a draft in any of its forms (%s: %s)', (lang, term, text, quotes) => {
  const found = termsIn(text, [{ term }], lang);
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(quotes);
});

test('a term is explained where one text says it together with its plain words', () => {
  const sla = { term: 'SLA', plain: 'how fast we answer' };
  expect(isExplained(sla, ['The SLA, that is how fast we answer, is four hours.'], 'en')).toBe(true);
  expect(isExplained(sla, ['The SLA is four hours.', 'You asked how fast we answer.'], 'en')).toBe(false);
  expect(isExplained(sla, ['Hello.\n\nOn 4 May you wrote:\n> The SLA, how fast we answer\n'], 'en')).toBe(
    false,
  );
});
