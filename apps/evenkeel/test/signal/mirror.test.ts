import { expect, test } from 'vitest';
import type { LocalDate } from '../../src/kernel/calendar.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import type { Pace } from '../../src/modules/signal/hours.ts';
import { mirrorOf } from '../../src/modules/signal/mirror.ts';
import type { OwnWords } from '../../src/modules/signal/reader.ts';
import { relation } from './relation.ts';

const today = (date: string) => `${date}T09:00:00.000Z` as Instant;
const pace: Pace = {
  zone: 'Europe/Helsinki',
  workDays: [1, 2, 3, 4, 5],
  from: '09:00',
  until: '17:00',
  replyDays: 2,
  agreed: null,
  holidays: () => new Map(),
};
const promise = (quote: string): OwnWords['promised'][number] => ({
  kind: 'commitment',
  start: 0,
  end: quote.length,
  quote,
  confidence: 0.9,
  band: 'clear',
  why: 'en/commitment.will',
  pack: 'en@1',
  engine: '1',
  level: 'note',
});

test('an answer within the pace is in time; one after it is late, with the days that passed', () => {
  const mirror = mirrorOf(
    relation([
      { side: 'theirs', at: '2026-05-04T07:00:00.000Z', threadId: 'a', asks: ['Where is the login?'] },
      { side: 'ours', at: '2026-05-06T13:00:00.000Z', threadId: 'a' },
      { side: 'theirs', at: '2026-05-08T07:00:00.000Z', threadId: 'b', asks: ['And the logo?'] },
      { side: 'ours', at: '2026-05-14T07:00:00.000Z', threadId: 'b' },
    ]),
    pace,
    today('2026-05-20'),
  );
  expect(mirror.answers).toEqual({ due: 2, inTime: 1 });
  expect(mirror.late).toEqual([
    {
      asked: { interactionId: 'mail-2', at: '2026-05-08T07:00:00.000Z', quote: 'And the logo?' },
      answered: { interactionId: 'mail-3', at: '2026-05-14T07:00:00.000Z', isElsewhere: false },
      dueOn: '2026-05-12',
      workDays: 4,
    },
  ]);
});

test('what nobody answered is late from the day after it was due, and thanks need no answer', () => {
  const messages = relation([
    { side: 'theirs', at: '2026-05-04T07:00:00.000Z', threadId: 'a', asks: ['Where is the login?'] },
    { side: 'theirs', at: '2026-05-04T08:00:00.000Z', threadId: 'b', text: 'Thank you, all is well.' },
  ]);
  expect(mirrorOf(messages, pace, today('2026-05-06')).late).toEqual([]);
  expect(mirrorOf(messages, pace, today('2026-05-06')).answers.due).toBe(0);
  const late = mirrorOf(messages, pace, today('2026-05-07')).late;
  expect(late.map(({ asked, answered }) => [asked.interactionId, answered])).toEqual([['mail-0', null]]);
});

test('a promise names the later message that speaks of it, and says so when there is none', () => {
  const { promised } = mirrorOf(
    relation([
      {
        side: 'ours',
        at: '2026-05-04T07:00:00.000Z',
        ours: { promised: [promise('I will send you the server logs on Monday.')] },
      },
      {
        side: 'ours',
        at: '2026-05-05T07:00:00.000Z',
        ours: { promised: [promise('We will repair the newsletter form.')] },
      },
      { side: 'ours', at: '2026-05-11T07:00:00.000Z', text: 'Here are the logs of the server since Monday.' },
    ]),
    pace,
    today('2026-05-20'),
  );
  expect(promised.map(({ quote, shownBy }) => [quote, shownBy?.interactionId ?? null])).toEqual([
    ['I will send you the server logs on Monday.', 'mail-2'],
    ['We will repair the newsletter form.', null],
  ]);
});

test('what we sent outside our hours is named with the time on our wall', () => {
  const { outsideHours } = mirrorOf(
    relation([
      { side: 'ours', at: '2026-05-12T18:40:00.000Z', text: 'Once more about the login.' },
      { side: 'ours', at: '2026-05-12T10:00:00.000Z' },
      { side: 'ours', at: '2026-05-16T10:00:00.000Z', isTimed: false },
      { side: 'theirs', at: '2026-05-16T10:00:00.000Z' },
    ]),
    pace,
    today('2026-05-20'),
  );
  expect(outsideHours).toEqual([
    {
      interactionId: 'mail-0',
      at: '2026-05-12T18:40:00.000Z',
      local: '2026-05-12T21:40',
      quote: 'Once more about the login.',
    },
  ]);
});

test('a holiday is no working day: an answer after it is in time, and a message on it is outside our hours', () => {
  const messages = relation([
    { side: 'theirs', at: '2026-05-13T07:00:00.000Z', threadId: 'a', asks: ['Where is the login?'] },
    { side: 'ours', at: '2026-05-14T09:00:00.000Z', threadId: 'b', text: 'A note on a holiday.' },
    { side: 'ours', at: '2026-05-18T07:00:00.000Z', threadId: 'a' },
  ]);
  const withHoliday: Pace = {
    ...pace,
    holidays: () => new Map([['2026-05-14' as LocalDate, 'Ascension']]),
  };
  const isLate = (one: Pace) => mirrorOf(messages, one, today('2026-05-20')).late.length > 0;
  expect([isLate(pace), isLate(withHoliday)]).toEqual([true, false]);
  const { outsideHours } = mirrorOf(messages, withHoliday, today('2026-05-20'));
  expect(outsideHours.map(({ local }) => local)).toEqual(['2026-05-14T12:00']);
});

test('where a response time was agreed, it is the measure, to the minute where it is counted in hours', () => {
  const messages = (answeredAt: string) =>
    relation([
      { side: 'theirs', at: '2026-05-12T07:00:00.000Z', threadId: 'a', asks: ['Where is the login?'] },
      { side: 'ours', at: answeredAt, threadId: 'a' },
    ]);
  const agreed: Pace = { ...pace, agreed: { count: 24, unit: 'hours' } };
  const late = (at: string, one: Pace) => mirrorOf(messages(at), one, today('2026-05-20')).late.length;
  expect(late('2026-05-13T06:59:00.000Z', agreed)).toBe(0);
  expect(late('2026-05-13T07:01:00.000Z', agreed)).toBe(1);
  expect(late('2026-05-13T07:01:00.000Z', pace)).toBe(0);
});
