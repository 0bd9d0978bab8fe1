import { expect, test } from 'vitest';
import { courseOf } from '../../src/modules/signal/course.ts';
import { relation } from './relation.ts';

const day = (n: number, hour = 9) => new Date(Date.UTC(2026, 0, 5 + n, hour)).toISOString();

test('a relationship of few messages has weeks and no verdict on change', () => {
  const course = courseOf(
    relation([
      { side: 'theirs', at: day(0), threadId: 'a', recipients: 1 },
      { side: 'ours', at: day(0, 13), threadId: 'a', recipients: 1 },
      { side: 'theirs', at: day(15), recipients: 3, measure: { markedUnits: 5, quotes: ['You lie.'] } },
    ]),
    'Europe/Helsinki',
  );
  expect(course.weeks.map(({ week, theirs, ours }) => [week, theirs.messages, ours.messages])).toEqual([
    ['2026-01-05', 1, 1],
    ['2026-01-12', 0, 0],
    ['2026-01-19', 1, 0],
  ]);
  expect(course.weeks[0]!.ours).toMatchObject({ replyHours: 4, recipients: 1, marked: 0, threats: 0 });
  expect(course.weeks[1]!.theirs).toMatchObject({
    messages: 0,
    recipients: null,
    replyHours: null,
    behind: [],
  });
  expect(course.weeks[2]!.theirs.behind).toEqual([
    { interactionId: 'mail-2', at: day(15), quote: 'You lie.' },
  ]);
  expect(course.changes).toEqual([]);
  expect(course.tooFew).toContainEqual({ side: 'theirs', measure: 'recipients', n: 2 });
});

test('from one day on more people are copied in, and the change names the messages it rests on', () => {
  const calm = Array.from({ length: 20 }, (_, i) => ({ side: 'theirs' as const, at: day(i * 3) }));
  const loud = Array.from({ length: 12 }, (_, i) => ({
    side: 'theirs' as const,
    at: day(60 + i * 3),
    recipients: 4 + (i % 3),
    text: `Everybody should know this, number ${i}.`,
  }));
  const { changes } = courseOf(relation([...calm, ...loud]), 'Europe/Helsinki');
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatchObject({
    side: 'theirs',
    measure: 'recipients',
    at: day(60),
    before: { mean: 1, n: 20 },
    after: { mean: 5, n: 12 },
  });
  expect(changes[0]!.behind[0]).toMatchObject({ quote: 'Everybody should know this, number 2.', value: 6 });
});

test('our own delay is drawn as theirs is', () => {
  const said = Array.from({ length: 80 }, (_, i) => {
    const pair = Math.floor(i / 2);
    const waitHours = i % 2 === 0 ? 0 : pair < 20 ? 2 + (pair % 3) : 90 + (pair % 3);
    return {
      side: i % 2 === 0 ? ('theirs' as const) : ('ours' as const),
      at: new Date(Date.parse(day(pair * 7)) + waitHours * 3_600_000).toISOString(),
      threadId: `thread-${pair}`,
    };
  });
  const { changes } = courseOf(relation(said), 'Europe/Helsinki');
  expect(changes.map(({ side, measure, before }) => [side, measure, before.n])).toEqual([
    ['ours', 'replyHours', 20],
  ]);
});

test('messages whose time nobody stated are in no curve', () => {
  const untimed = relation([{ side: 'theirs', at: day(0), isTimed: false }]);
  expect(courseOf(untimed, 'Europe/Helsinki')).toEqual({ weeks: [], changes: [], tooFew: [] });
});
