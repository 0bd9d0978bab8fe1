import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyse, detectLanguage, type Lang, lexemesOf } from '../src/analyse.ts';

const LANGUAGES: readonly Lang[] = ['en', 'ru', 'fi', 'simple'];
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)))
    .map((units) => units.join('')),
  fc
    .array(
      fc.constantFrom(
        'INV',
        '-',
        '2024',
        '/',
        '17',
        ' ',
        'ä',
        'e\u0301',
        '\u00AD',
        "'",
        '@',
        '.',
        '+358',
        '1 240',
        '\uD83D',
        'ё',
        '👍🏽',
      ),
    )
    .map((parts) => parts.join('')),
);

function lexemes(text: string, lang: Lang): readonly string[] {
  return analyse(text, lang).map((found) => found.lexeme);
}

test('every lexeme lies inside the text, and its place never starts or ends in the middle of a character', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom(...LANGUAGES), (text, lang) => {
      for (const { lexeme, start, end } of analyse(text, lang)) {
        const written = text.slice(start, end);
        expect(start >= 0 && end <= text.length && start < end).toBe(true);
        expect(written.isWellFormed()).toBe(true);
        expect(lexeme).not.toBe('');
      }
    }),
    { numRuns: 500 },
  );
});

test('no lexeme holds U+0000, a lone surrogate, white space, a quote or a backslash, whatever the text holds', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const lexeme of lexemesOf(text)) {
        expect(lexeme.isWellFormed()).toBe(true);
        expect(lexeme).not.toMatch(/[\0\s'"\\]/);
      }
    }),
    { numRuns: 500 },
  );
});

test('a word that is written plainly is found at its place', () => {
  const words = fc.array(fc.stringMatching(/^[a-zа-яäö]{1,12}$/), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(words, (list) => {
      const found = analyse(list.join(' '), 'simple');
      expect(found.map(({ start, end }) => list.join(' ').slice(start, end))).toEqual(list);
    }),
  );
});

test.each([
  ['en', 'The invoices were paid', ['the', 'invoic', 'were', 'pay']],
  ['ru', 'Договоры нарушены', ['договор', 'наруш', 'нарушен']],
  ['fi', 'Laskun maksu', ['~lasku', '~maksu']],
  ['simple', 'Ёлка ＡＢＣ café', ['елка', 'abc', 'cafe']],
] as const)('a text in %s is cut into stems', (lang, text, expected) => {
  expect(lexemes(text, lang)).toEqual(expected);
});

test('an order number is held whole, in pairs and in parts', () => {
  expect(lexemes('INV-2024/17', 'simple')).toEqual(['inv', 'inv2024', '2024', '2024.17', '17']);
});

test('an address is held in pairs and in parts', () => {
  expect(lexemes('orlov@baltika.example', 'simple')).toEqual([
    'orlov',
    'orlov@baltika',
    'baltika',
    'baltika.example',
    'example',
  ]);
});

test.each(['1 240', '1\u00a0240', '1.240', '1,240', "1'240"])('the number %s is held as 1240', (written) => {
  expect(lexemes(`yhteensä ${written} €`, 'fi')).toContain('1240');
});

test('a telephone number is held by its last seven digits, however it is written', () => {
  for (const written of ['+358 40 123 4567', '040-1234567', '(040) 123 4567', '+358401234567']) {
    expect(lexemes(`Call ${written}!`, 'en')).toContain('#1234567');
  }
});

test('an ending behind a colon is no word', () => {
  expect(lexemes('EU:n ALV:tä', 'simple')).toEqual(['eu', 'alv']);
});

test('soft hyphens, zero-width characters and composed or decomposed marks make no difference', () => {
  expect(lexemes('so\u00ADpimus tyo\u0308 и\u0306 naïve\u200B', 'simple')).toEqual([
    'sopimus',
    'työ',
    'й',
    'naive',
  ]);
});

test('a word that mixes alphabets by look-alikes is the Cyrillic one', () => {
  expect(lexemes('cчет', 'ru')).toEqual(lexemes('счет', 'ru'));
});

test('pictures and characters of scripts without spaces stand alone', () => {
  expect(lexemes('ok 👍🏽 契約', 'simple')).toEqual(['ok', '👍', '契', '約']);
});

test.each([
  ['en', 'I will see you in court if this is not refunded by Friday.'],
  ['en', 'Please send the invoice'],
  ['ru', 'Увидимся в суде, если деньги не вернете.'],
  ['fi', 'Hei, laskun eräpäivä meni jo. Milloin maksatte?'],
  ['fi', 'En ole saanut vastausta'],
  ['simple', 'Jag vill ha mina pengar tillbaka och det är inte bra'],
  ['simple', 'Ich möchte die Rechnung nicht bezahlen und werde klagen'],
  ['simple', 'Я не отримав відповіді на свій лист, її немає'],
  ['simple', ''],
  ['simple', '12345 !!'],
] as const)('%s is the language of: %s', (lang, text) => {
  expect(detectLanguage(text)).toBe(lang);
});

test('a text in two languages is in the language of most of it', () => {
  expect(detectLanguage('Kiitos viestistä, palaan asiaan huomenna ja soitan teille.\n> Please call me')).toBe(
    'fi',
  );
});

test('a clear text is held in one analysis, an open one in both', () => {
  expect(
    lexemesOf('You never told me about the plants that were there').filter((lexeme) =>
      lexeme.startsWith('~'),
    ),
  ).toEqual([]);
  expect(lexemesOf('invoice')).toEqual(['invoic', '~invoice']);
});

test('a row holds each lexeme once and no more bytes than it may', () => {
  const text = Array.from({ length: 5_000 }, (_none, at) => `сло${at.toString(7)}во word${at}`).join(' ');
  const cut = lexemesOf(text, 2_000);
  expect(new Set(cut).size).toBe(cut.length);
  expect(Buffer.byteLength(cut.join(''))).toBeLessThanOrEqual(2_000);
  expect(Buffer.byteLength(cut.join(''))).toBeGreaterThan(1_900);
  expect(lexemesOf(text).slice(0, cut.length)).toEqual(cut);
});

test('a run of a million letters or digits is one short lexeme', () => {
  expect(lexemesOf('a'.repeat(1_000_000)).every((lexeme) => lexeme.length <= 66)).toBe(true);
  expect(lexemesOf('7'.repeat(1_000_000)).every((lexeme) => lexeme.length <= 66)).toBe(true);
});

test('a megabyte of anything is read in a moment: no run makes the work grow with its square', () => {
  const runs = ['0 ', '+1 ', '1 000', ' 000', 'a.', "a'", 'a\u0301', '\ud800', '契', '08(', '1.'];
  const lexemes = runs.map((run) => lexemesOf(run.repeat(300_000)).length);
  expect(Math.max(...lexemes)).toBeLessThan(50);
});
