import { expect, test } from 'vitest';
import { normalise } from '../src/text/normalise.ts';
import { readText } from '../src/text/reading.ts';
import { sentencesOf } from '../src/text/sentences.ts';

const cut = (text: string): string[] => {
  const normalised = normalise(text);
  return sentencesOf(normalised, 0, text.length).map(({ tokens }) =>
    text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0),
  );
};

test.each<[string, string[]]>([
  ['You lied. I will sue!', ['You lied.', 'I will sue!']],
  [
    'Mr. Smith of Baltika Ltd. paid approx. 5.50 euros.',
    ['Mr. Smith of Baltika Ltd. paid approx. 5.50 euros.'],
  ],
  [
    'Деньги и т. д. вернуть до 5 тыс. руб. сегодня. Жду.',
    ['Деньги и т. д. вернуть до 5 тыс. руб. сегодня.', 'Жду.'],
  ],
  ['Maksu esim. 12. maaliskuuta klo 14.30. Odotan.', ['Maksu esim. 12. maaliskuuta klo 14.30.', 'Odotan.']],
  ['well... you know... You lied', ['well... you know...', 'You lied']],
  ['Fix this:\n- the door\n- the window', ['Fix this:', '- the door', '- the window']],
  ['hello\nyou lied', ['hello', 'you lied']],
  ['He said "Go away!" and left. Really?!', ['He said "Go away!" and left.', 'Really?!']],
  [
    'see www.baltika.example/a.b and mail a.b@baltika.example now',
    ['see www.baltika.example/a.b and mail a.b@baltika.example now'],
  ],
])('%j is cut into %j', (text, expected) => {
  expect(cut(text)).toEqual(expected);
});

test('a wrapped line goes on in the next one', () => {
  const text =
    'This is a line that a mail program has wrapped at about\nseventy characters, as they did. Next.';
  expect(cut(text)).toHaveLength(2);
});

test('each sentence of a mixed thread has its own language, and a short one that of its text', () => {
  const { lang, sentences } = readText(
    'The invoice is wrong and I will not pay it. Я подам на вас в суд. Minä en maksa tätä laskua. Scam.',
  );
  expect(lang).toBe('en');
  expect(sentences.map((sentence) => sentence.lang)).toEqual(['en', 'ru', 'fi', 'en']);
});

test('Russian in Latin letters is read as Russian', () => {
  expect(readText('ya podam na vas v sud').sentences[0]?.lang).toBe('ru');
});

test('what is quoted by others is in no sentence', () => {
  const { sentences } = readText('No.\n> I will sue you');
  expect(sentences).toHaveLength(1);
});
