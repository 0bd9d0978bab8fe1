import { beforeAll, describe, expect, test } from 'vitest';
import { DraftReadSchema } from '../../src/modules/signal/schemas.ts';
import { agreementGround, HOURS } from '../agreement/agreement-ground.ts';

// It is Wednesday, 13 May 2026. The agreement ends on Tuesday, 30 June; Midsummer Eve is free by it.
const { app, party, make, post, said } = await agreementGround();

const WHOLE_DAYS = ['20260521', '20260525', '20260630'];
const CALENDAR = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//firm.example//calendar//EN',
  ...WHOLE_DAYS.flatMap((day) => event(day, `;VALUE=DATE:${day}`)),
  ...event('hour', ':20260522T070000Z', 'DTEND:20260522T080000Z'),
  'END:VCALENDAR',
  '',
].join('\r\n');

function event(uid: string, starts: string, ...more: readonly string[]): readonly string[] {
  const head = ['BEGIN:VEVENT', `UID:${uid}@firm.example`, 'DTSTAMP:20260501T000000Z'];
  return [...head, `DTSTART${starts}`, ...more, 'SUMMARY:Elsewhere', 'END:VEVENT'];
}

/** What speaks against a promise: why, the words of the day, a day that holds, and the line of the record. */
async function unheld(text: string) {
  const { findings } = DraftReadSchema.parse(await app.ask('POST', '/api/language/draft', { text, party }));
  return findings
    .filter(({ why }) => why.startsWith('record:'))
    .map(({ kind, level, why, quote, phrase, record }) => {
      expect([kind, level]).toEqual(['over_promise', 'warning']);
      return { says: why.slice('record:'.length), day: quote, better: phrase, line: record };
    });
}

beforeAll(async () => {
  const agreement = await make(`/api/parties/${party}/agreements`, {
    ...{ title: 'Website and its care', endsOn: '2026-06-30', clauses: [HOURS] },
  });
  await make(`/api/agreements/${agreement}/acceptance`, {
    proof: { kind: 'line', ...(await said('inbound', 'Agreed, all of it.')) },
  });
  const { status } = await post('/api/calendar/own', {
    ...{ name: 'Alex', text: CALENDAR, hasTitles: false },
  });
  expect(status).toBe(201);
});

describe('a day that our own calendar has taken', () => {
  test.each([
    ['en', 'We will send you the new font on Thursday 21 May.', 'Thursday 21 May', 'Friday 22 May'],
    ['ru', 'Мы пришлём новый шрифт в четверг, 21 мая.', 'четверг, 21 мая', 'пятницу, 22 мая'],
    ['fi', 'Lähetämme uuden fontin torstaina 21.5.', 'torstaina 21.5.', 'perjantaina 22. toukokuuta'],
  ])('is marked in a promise, with the next one that is free (%s)', async (_lang, text, day, better) => {
    expect(await unheld(text)).toEqual([{ says: 'busy', day, better, line: null }]);
  });

  test.each([
    ['We will send you the new font by 21 May.', '22 May'],
    ['Мы пришлём новый шрифт до четверга, 21 мая.', 'пятницы, 22 мая'],
    ['Мы пришлём новый шрифт 21 мая.', '22 мая'],
    ['Toimitamme uuden fontin torstaihin 21.5. mennessä.', 'perjantaihin 22. toukokuuta'],
    ['Toimitamme uuden fontin viimeistään 21.5.', '22.5.'],
  ])('is replaced in the words in which it was written: %s', async (text, better) => {
    expect(await unheld(text)).toMatchObject([{ says: 'busy', better }]);
  });

  test('is passed by where another day is sought', async () => {
    expect(await unheld('We will send you the new font on Saturday 23 May.')).toMatchObject([
      { says: 'day-off', better: 'Tuesday 26 May' },
    ]);
  });

  test('has no better one where the agreement ends with it', async () => {
    expect(await unheld('We will send you the new font on Tuesday 30 June.')).toMatchObject([
      { says: 'busy', better: null },
    ]);
  });

  test.each([
    'We will send you the new font on Friday 22 May.',
    'We cannot send you the new font on Thursday 21 May.',
    'Can we send you the new font on Thursday 21 May?',
    'You wrote that you will send the font on Thursday 21 May.',
  ])('is not where only an hour of it is, or nothing is promised: %s', async (text) => {
    expect(await unheld(text)).toEqual([]);
  });
});

describe('a holiday that the agreement names', () => {
  test.each([
    ['We will send you the new font on Friday 19 June.', 'Friday 19 June', 'Monday 22 June'],
    ['Мы пришлём новый шрифт в пятницу, 19 июня.', 'пятницу, 19 июня', 'понедельник, 22 июня'],
    ['Lähetämme uuden fontin 19.6.2026.', '19.6.2026', '22.6.2026'],
  ])('is named: %s', async (text, day, better) => {
    expect(await unheld(text)).toEqual([{ says: 'holiday: Midsummer Eve', day, better, line: null }]);
  });

  test('is none on the day before it', async () => {
    expect(await unheld('We will send you the new font on Thursday 18 June.')).toEqual([]);
  });
});

describe('a day after the end of the agreement', () => {
  test.each([
    'We will deliver the new font on Thursday 2 July.',
    'Мы пришлём новый шрифт в четверг, 2 июля.',
    'Lähetämme uuden fontin torstaina 2.7.',
  ])('is marked, with the agreement and without another day: %s', async (text) => {
    const [found, ...more] = await unheld(text);
    expect(found).toMatchObject({ says: 'agreement-ends', better: null });
    expect(found!.line).toMatchObject({ what: 'agreement', number: 1, quote: 'Website and its care' });
    expect(more).toEqual([]);
  });

  test('is none where it lies before it, or where another agreement has no end', async () => {
    expect(await unheld('We will deliver the new font on Monday 29 June.')).toEqual([]);
    await make(`/api/parties/${party}/agreements`, {
      title: 'Hosting',
      clauses: [{ kind: 'other', says: 'By the month.' }],
    });
    expect(await unheld('We will deliver the new font on Thursday 2 July.')).toEqual([]);
  });
});
