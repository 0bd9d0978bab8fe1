import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readConcepts } from '../src/concepts/concepts.ts';
import { modelSpans, readModels, scoresOfText } from '../src/model/models.ts';
import { sentencesOf } from '../src/model/sentences.ts';
import { tokensOf } from '../src/model/tokens.ts';

const WEIGHTS = fileURLToPath(new URL('../weights/', import.meta.url));
const bytesOf = (lang: string) => readFileSync(`${WEIGHTS}${lang}.bin`);
const CONCEPTS = globSync(`${WEIGHTS}*.concepts`).map((path) => readConcepts(readFileSync(path)));
const models = readModels(['en', 'ru', 'fi'].map(bytesOf), CONCEPTS);

const wordsOf = (text: string) => {
  const tokens = tokensOf(text);
  return Array.from({ length: tokens.count }, (_, at) =>
    String.fromCharCode(...tokens.codes.subarray(tokens.from[at], tokens.to[at])),
  );
};

describe('words as the models see them', () => {
  test.each([
    ['Йод, Ёлка', ['йод', ',', 'елка']],
    ['don’t', ["don't"]],
    ['sooo', ['so']],
    ['st*pid', ['st*pid']],
    ['1diot idi0t', ['idiot', 'idiot']],
    ['дурak', ['дурак']],
    ['ÄÄLIÖ', ['ääliö']],
    ['10.30', ['', '.', '']],
    ['@someone you', ['', 'you']],
    ['[id12345|Dima Smirnov], you', ['', ',', 'you']],
    ['[see note] you', ['[', 'see', 'note', ']', 'you']],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('a token tells where it stands in the text as it was given', () => {
    const text = 'Oh, you 1diot!';
    const tokens = tokensOf(text);
    expect(text.slice(tokens.starts[3], tokens.ends[3])).toBe('1diot');
  });
});

describe('scores', () => {
  test.each([
    ['en', 'You are a pathetic idiot, shut up.', 'Could you tell me when the parcel will arrive? Thank you.'],
    ['ru', 'Ты тупой урод, пошёл вон.', 'Подскажите, пожалуйста, когда придёт посылка.'],
    ['fi', 'Haista paska, senkin idiootti.', 'Voisitteko kertoa, milloin paketti saapuu? Kiitos.'],
  ] as const)('in %s an insult is toxic and a question is not', (lang, harsh, calm) => {
    expect(scoresOfText(models, harsh, lang).toxicity).toBeGreaterThan(0.5);
    expect(scoresOfText(models, calm, lang).toxicity).toBeLessThan(0.2);
  });

  test('people who are only named are not attacked', () => {
    for (const group of ['Muslims', 'gay people', 'Jews', 'black women', 'refugees'])
      expect(scoresOfText(models, `My sister works with ${group} in Turku.`, 'en').toxicity).toBeLessThan(
        0.5,
      );
  });

  test('nor in Russian', () => {
    for (const group of ['мигрантами', 'мусульманами', 'геями', 'евреями', 'цыганами'])
      expect(scoresOfText(models, `Моя сестра работает с ${group} в Казани.`, 'ru').toxicity).toBeLessThan(
        0.5,
      );
  });

  test.each([
    ['You are a fat pig.', 'Somebody from your office called my son a fat pig, and that is unacceptable.'],
    [
      'Disabled people are scum.',
      'Remarks like "disabled people are scum" hurt, and it is wrong to post them.',
    ],
  ])('who says %j is hostile, who tells of it and objects is not', (said, told) => {
    expect(scoresOfText(models, said, 'en').toxicity).toBeGreaterThan(0.5);
    expect(scoresOfText(models, told, 'en').toxicity).toBeLessThan(0.5);
  });

  test.each([
    ['Опять лапотники из кишлака указывают, как жить.', 'Опять соседи из Казани указывают, как жить.'],
    ['Ты обычный перевёртыш и подпевала.', 'Ты обычный скрипач и запевала.'],
    ['Сгинь, моль бледная.', 'Моль съела шубу, верните деньги.'],
    ['Крысёныши из соседнего двора.', 'Мальчишки из соседнего двора.'],
  ])('in Russian a rare name for people is heard: %s', (harsh, calm) => {
    expect(scoresOfText(models, harsh, 'ru').toxicity).toBeGreaterThan(0.5);
    expect(scoresOfText(models, calm, 'ru').toxicity).toBeLessThan(0.5);
  });

  test('an angry letter that is fair is not toxic in Russian, one with a name for the reader is', () => {
    const fair = 'Ужасный сервис! Третью неделю жду возврата, менеджер трубку не берёт. Верните деньги.';
    expect(scoresOfText(models, fair, 'ru').toxicity).toBeLessThan(0.5);
    expect(scoresOfText(models, `${fair} Вы просто мудаки.`, 'ru').toxicity).toBeGreaterThan(0.5);
  });

  test('a polite request is more polite than a blunt one', () => {
    const polite = scoresOfText(
      models,
      'Hi! Would you mind having a look at this? Thanks a lot.',
      'en',
    ).politeness;
    const blunt = scoresOfText(models, 'Why did you delete this? You need to stop.', 'en').politeness;
    expect(polite).toBeGreaterThan(0.5);
    expect(blunt).toBeLessThan(0.5);
  });

  test.each([
    [
      '@firm three weeks and the sofa is still not here, nobody answers my emails',
      '@firm love the new sofa, thanks so much!',
    ],
    [
      '@firm so the app logs me out every time I try to pay my bill',
      '@firm is the app available on tablets too?',
    ],
  ])('%j complains, %j does not', (complaint, other) => {
    expect(scoresOfText(models, complaint, 'en').complaint).toBeGreaterThan(0.5);
    expect(scoresOfText(models, other, 'en').complaint).toBeLessThan(0.5);
  });

  test('a label without a model is null', () => {
    expect(scoresOfText(models, 'Привет', 'ru').politeness).toBeNull();
    expect(scoresOfText(models, 'Moi', 'fi').complaint).toBeNull();
    expect(scoresOfText(readModels([]), 'Hello', 'en').toxicity).toBeNull();
  });

  test('every score of any text is a probability', () => {
    for (const text of ['', ' ', '!!!', '😀😀', '\uD800', 'a'.repeat(10_000), '\u0000', '*'.repeat(50)])
      for (const score of Object.values(scoresOfText(models, text, 'en')))
        expect(score === null || (score >= 0 && score <= 1)).toBe(true);
  });

  test('the same text has the same scores, whatever was read before', () => {
    const text = 'This is a stupid joke and I am tired of it.';
    const before = scoresOfText(models, text, 'en');
    scoresOfText(models, 'Something else. '.repeat(400), 'fi');
    expect(scoresOfText(models, text, 'en')).toEqual(before);
  });
});

describe('spans', () => {
  test('the words that weigh are marked where they stand', () => {
    const text = '🙂 Well, you are an idiot and I am waiting for my parcel.';
    const spans = modelSpans(models, text, 'en', 'toxicity', 0.4);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['idiot']);
    expect(spans[0]?.words).toEqual(['idiot']);
    expect(spans[0]?.confidence).toBeGreaterThan(0.5);
  });

  test('words that a hyphen joins are marked together, words beside a dash are not', () => {
    const marked = (text: string) =>
      modelSpans(models, text, 'en', 'toxicity', 0.4).map(({ start, end }) => text.slice(start, end));
    expect(marked('What an idiot-brained plan it was.')).toEqual(['idiot-brained']);
    expect(marked('What an idiot - brained or not.')).toEqual(['idiot']);
  });

  test('beside a heavy word a doubtful one is not marked; alone it is, and far from the heavy one too', () => {
    const marked = (text: string) =>
      modelSpans(models, text, 'en', 'toxicity', 0.05).map(({ start, end }) => text.slice(start, end));
    const doubtful = 'What a strange and hateful day it was.';
    expect(marked(doubtful)).toContain('hateful');
    expect(marked(`You are an idiot. ${doubtful}`)).toEqual(['idiot']);
    expect(marked(`You are an idiot. ${'The parcel is here. '.repeat(120)}${doubtful}`)).toContain('hateful');
  });

  test('a calm text has none', () => {
    expect(modelSpans(models, 'The parcel arrived on Monday, thank you.', 'en', 'toxicity', 0.4)).toEqual([]);
  });
});

describe('the weights file', () => {
  test('is small: all languages together at most 4.5 MB', () => {
    expect(['en', 'ru', 'fi'].reduce((sum, lang) => sum + bytesOf(lang).length, 0)).toBeLessThan(4.5e6);
  });

  test('is read without a copy', () => {
    const bytes = new Uint8Array(bytesOf('ru'));
    expect(readModels([bytes], CONCEPTS).languages.get('ru')?.table.buffer).toBe(bytes.buffer);
  });

  test.each([
    ['other bytes', new Uint8Array(100)],
    ['nothing', new Uint8Array(0)],
    ['a file that is cut off', new Uint8Array(bytesOf('ru')).subarray(0, 5000)],
  ])('%s are refused', (_what, bytes) => {
    expect(() => readModels([bytes], CONCEPTS)).toThrow();
  });
});

test('sentences cover the text', () => {
  const text = 'First one is here. Is the second? No. And the rest without an end';
  const spans = sentencesOf(text);
  expect(spans.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  expect(spans.length).toBeGreaterThan(1);
});
