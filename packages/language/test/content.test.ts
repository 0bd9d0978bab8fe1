import { expect, test } from 'vitest';
import { contentOf } from '../src/content/content.ts';
import { particularsIn } from '../src/content/facts.ts';
import { likenessOf } from '../src/content/likeness.ts';

const keysOf = (text: string) => particularsIn(text).map(({ kind, key }) => `${kind} ${key}`);

test.each([
  ['4 May', 'date date:05-04'],
  ['May 4th, 2026', 'date date:05-04'],
  ['4.5.', 'date date:05-04'],
  ['04.05.2026', 'date date:05-04'],
  ['2026-05-04', 'date date:05-04'],
  ['4 мая', 'date date:05-04'],
  ['4. toukokuuta', 'date date:05-04'],
])('“%s” is the fourth of May', (text, key) => {
  expect(keysOf(`we met on ${text}`)).toEqual([key]);
});

test.each([
  ['1 240,50 €', 'sum n:1240.5'],
  ['€1,240.50', 'sum n:1240.5'],
  ['1240.5 euros', 'sum n:1240.5'],
  ['1.240,50 евро', 'sum n:1240.5'],
  ['25,5 %', 'share n:25.5'],
  ['25.5 percent', 'share n:25.5'],
  ['11:00', 'time time:11:00'],
  ['JJ8841', 'identifier id:jj8841'],
])('“%s” is one particular', (text, key) => {
  expect(keysOf(`it is ${text} now`)).toEqual([key]);
});

test('a number behind what is numbered names one thing; a number of a list names nothing', () => {
  expect(keysOf('1. invoice 118\n2. lasku 121\n3) счёт № 131')).toEqual([
    'identifier n:118',
    'identifier n:121',
    'identifier n:131',
  ]);
});

test('a capital inside a sentence is a name; one at its beginning, of a month or of a language is not', () => {
  const text = 'Hello Anna,\nThe warehouse in Kotka speaks Swedish since May. Вчера звонил Орлов.';
  expect(particularsIn(text).map(({ quote }) => quote)).toEqual(['Anna', 'Kotka', 'Орлов']);
});

test('particulars stand where they say', () => {
  const text = 'Верните 400 € до 4 мая, заказ № 5512.';
  for (const { quote, start, end } of particularsIn(text)) expect(text.slice(start, end)).toBe(quote);
});

const like = (one: [string, string], other: [string, string]) =>
  likenessOf(contentOf(one[0], one[1]), contentOf(other[0], other[1]));

test.each([
  [
    ['The VAT on invoice 118 is wrong.', 'en'],
    ['В счёте 118 неверный НДС.', 'ru'],
  ],
  [
    ['Please transfer the domain to our account.', 'en'],
    ['Siirtäkää verkkotunnus tilillemme.', 'fi'],
  ],
  [
    ['Добавьте поиск в каталог.', 'ru'],
    ['Lisätkää luetteloon haku.', 'fi'],
  ],
  [
    ['Orlovin projekti on myöhässä.', 'fi'],
    ['Проект Орлова опаздывает.', 'ru'],
  ],
] as [[string, string], [string, string]][])('%j and %j are about the same', (one, other) => {
  expect(like(one, other)).toMatchObject({ conflict: [] });
  expect(like(other, one)).not.toBeNull();
});

test('another sum, share, date or number is told, whatever else is the same', () => {
  expect(
    like(['I want a discount of 25 % on the hosting.', 'en'], ['Скидка 10 % на хостинг.', 'ru']),
  ).toMatchObject({
    conflict: ['25 %'],
  });
  expect(like(['Open the shop by 12 March.', 'en'], ['Open the shop by 27 March.', 'en'])).toMatchObject({
    conflict: ['12 March'],
  });
});

test('what much is about, and whom one speaks to, is not enough', () => {
  expect(
    like(['Alex, Mira, the site has a price.', 'en'], ['Alex, Mira, the site needs work.', 'en']),
  ).toBeNull();
  expect(like(['Where is the login, please?', 'en'], ['Where is the logo, please?', 'en'])).toBeNull();
});

test('any text at all has a content', () => {
  for (const text of ['', '   ', '€', '\ud800', '....', '1.1.1.1', 'a'.repeat(5000), '№ № №'])
    expect(() => likenessOf(contentOf(text, 'en'), contentOf(text, 'xx'))).not.toThrow();
});
