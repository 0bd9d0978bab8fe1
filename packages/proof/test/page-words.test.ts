import { expect, test } from 'vitest';
import { visible } from '../page/visible.ts';
import { LANGUAGES, languageOf, SPEECH } from '../page/words.ts';

const valuesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

test.each(LANGUAGES)(
  'every sentence of the page takes the same values in %s, and none is empty',
  (language) => {
    const { words, codes } = SPEECH[language];
    for (const [name, text] of Object.entries(words)) {
      expect([name, text.trim()]).not.toEqual([name, '']);
      expect([name, valuesIn(text)]).toEqual([name, valuesIn(SPEECH.en.words[name as keyof typeof words])]);
    }
    for (const [code, text] of Object.entries(codes))
      expect([code, text]).toEqual([code, expect.stringMatching(/\.$/)]);
  },
);

test('the page speaks the first language of the reader that it knows, else English', () => {
  expect(languageOf(['de-AT', 'fi-FI', 'ru'])).toBe('fi');
  expect(languageOf(['RU-ru'])).toBe('ru');
  expect(languageOf(['ja', 'de'])).toBe('en');
  expect(languageOf([])).toBe('en');
});

test('what is invisible, turns the line or breaks it is written out; the rest stays as it is', () => {
  expect(visible('a\u202eb\u0000c\u200bd\u2028e\ue000')).toBe(
    'a⟨U+202E⟩b⟨U+0000⟩c⟨U+200B⟩d⟨U+2028⟩e⟨U+E000⟩',
  );
  expect(visible('Счёт, äö — 契約.pdf')).toBe('Счёт, äö — 契約.pdf');
  expect(visible('x'.repeat(600))).toHaveLength(501);
});
