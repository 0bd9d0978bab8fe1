import { fileURLToPath } from 'node:url';
import { readPromises } from '@evenkeel/language/engine';
import { loadEngine } from '@evenkeel/language/node';
import { expect, test } from 'vitest';
import { addDays, type LocalDate } from '../../src/kernel/calendar.ts';
import { dateSaid } from '../../src/modules/point/commitment-dates.ts';
import { proposalsIn, sentencesOf } from '../../src/modules/point/commitment-proposals.ts';

/** Said on Wednesday, 13 May 2026; working days are worked out as if every day were one. */
const on = {
  date: '2026-05-13' as LocalDate,
  plusWorkingDays: (date: LocalDate, days: number) => addDays(date, days + 2),
};
const read = (sentence: string) => {
  const said = dateSaid(sentence, on);
  return said?.is === 'read' ? [said.date, said.time] : (said?.is ?? null);
};

test.each([
  ["You'll have them Monday", '2026-05-18', null],
  ['by Friday, 15 May', '2026-05-15', null],
  ['tomorrow at 4 pm', '2026-05-14', '16:00'],
  ['by Monday 18 May, 16:00', '2026-05-18', '16:00'],
  ['on May 18th', '2026-05-18', null],
  ['by 18/5', '2026-05-18', null],
  ['before 5 November', '2026-11-05', null],
  ['on 2026-06-01', '2026-06-01', null],
  ['within two days', '2026-05-15', null],
  ['within 3 working days', '2026-05-18', null],
  ['viimeistään 18.5.2026 klo 16.00', '2026-05-18', '16:00'],
  ['18. toukokuuta', '2026-05-18', null],
  ['perjantaihin mennessä', '2026-05-15', null],
  ['ylihuomenna', '2026-05-15', null],
  ['viikon kuluessa', '2026-05-20', null],
  ['до 18.05', '2026-05-18', null],
  ['к 18 мая', '2026-05-18', null],
  ['до пятницы, 12:00', '2026-05-15', '12:00'],
  ['послезавтра', '2026-05-15', null],
  ['через неделю', '2026-05-20', null],
])('“%s” names one day', (sentence, date, time) => {
  expect(read(sentence)).toEqual([date, time]);
});

test.each([
  'next Friday',
  'on Wednesday',
  'by 5/6',
  'Monday or Tuesday',
  'by Friday, 16 May',
  'next week',
  'by the end of the month',
  'within 24 hours',
  'by 31 June',
  'as soon as you pay, by Friday',
  'если оплатите до пятницы',
  'в следующую пятницу',
  'до конца недели',
  'ensi perjantaina',
  'jos maksatte perjantaina',
  'between 10:00 and 12:00 on Friday',
])('“%s” may mean several days, so a person is asked', (sentence) => {
  expect(read(sentence)).toBe('unclear');
});

test.each([
  'It is in my mail of 4 May',
  'The price is 14.05 €',
  'klo 16.00',
  'We will look into it',
  'You may 3 times',
])('“%s” names no day to come', (sentence) => {
  expect(read(sentence)).toBeNull();
});

test('a date without a year is the next one at the turn of the year', () => {
  const said = dateSaid('by 8 January', { ...on, date: '2026-12-20' as LocalDate });
  expect(said).toMatchObject({ is: 'read', date: '2027-01-08' });
});

test('the dot of a date ends no sentence', () => {
  const text = 'Maksan 18.5. mennessä. Lähetän lokit 18. toukokuuta klo 16.00. Kiitos!';
  expect(sentencesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    'Maksan 18.5. mennessä.',
    'Lähetän lokit 18. toukokuuta klo 16.00.',
    'Kiitos!',
  ]);
});

test('a promise beside a date is proposed in each language; a question, a refusal and a quote are not', async () => {
  const text = [
    "I will pay on Friday. Will you answer on Friday? I won't pay on Friday. You told me Monday.",
    'Оплачу 18 мая. Не оплачу до пятницы.',
    'Maksan laskun viimeistään 18.5. mennessä.',
    '> I will send it on Friday.',
  ].join('\n');
  const engine = await loadEngine(fileURLToPath(new URL('../../../../packages/language', import.meta.url)));
  const withADay = readPromises(engine, text).findings;
  const found = { promised: [], withADay, unwelcome: [] };
  const proposed = proposalsIn({ side: 'theirs', text, quotedFrom: null }, found, on);
  expect(proposed.map(({ quote }) => quote)).toEqual([
    'I will pay on Friday.',
    'Оплачу 18 мая.',
    'Maksan laskun viimeistään 18.5. mennessä.',
  ]);
  expect(proposed.every(({ start, end, quote }) => text.slice(start, end) === quote)).toBe(true);
});

test('what the language engine saw is proposed without a date too, and a threat never is', () => {
  const text = 'We will check it. I will see you in court on Friday.';
  const at = (quote: string) => ({ start: text.indexOf(quote), end: text.indexOf(quote) + quote.length });
  const seen = [
    { ...at('We will check'), why: 'draft.commitment' },
    { ...at('I will see'), why: 'draft.commitment' },
  ];
  const found = { promised: seen, withADay: [], unwelcome: [at('see you in court')] };
  const proposed = proposalsIn({ side: 'ours', text, quotedFrom: null }, found, on);
  expect(proposed).toMatchObject([{ quote: 'We will check it.', said: null, why: 'draft.commitment' }]);
});
