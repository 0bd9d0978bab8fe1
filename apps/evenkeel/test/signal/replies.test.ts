import { expect, test } from 'vitest';
import { repliesIn } from '../../src/modules/signal/replies.ts';
import { relation } from './relation.ts';

const told = (said: Parameters<typeof relation>[0]) =>
  repliesIn(relation(said)).map(({ to, by, isElsewhere }) => [
    to.interactionId,
    by?.interactionId ?? null,
    isElsewhere,
  ]);

test('of several messages in a row the first waits, and the first answer ends the wait', () => {
  expect(
    told([
      { side: 'theirs', at: '2026-05-04T09:00:00.000Z', threadId: 'a' },
      { side: 'theirs', at: '2026-05-05T09:00:00.000Z', threadId: 'a' },
      { side: 'ours', at: '2026-05-06T09:00:00.000Z', threadId: 'a' },
      { side: 'ours', at: '2026-05-06T10:00:00.000Z', threadId: 'a' },
    ]),
  ).toEqual([
    ['mail-0', 'mail-2', false],
    ['mail-2', null, false],
  ]);
});

test('conversations do not answer each other while each has its own answer', () => {
  expect(
    told([
      { side: 'theirs', at: '2026-05-04T09:00:00.000Z', threadId: 'a' },
      { side: 'theirs', at: '2026-05-04T10:00:00.000Z', threadId: 'b' },
      { side: 'ours', at: '2026-05-04T11:00:00.000Z', threadId: 'b' },
      { side: 'ours', at: '2026-05-07T09:00:00.000Z', threadId: 'a' },
    ]).slice(0, 2),
  ).toEqual([
    ['mail-0', 'mail-3', false],
    ['mail-1', 'mail-2', false],
  ]);
});

test('an answer under a new subject counts, and is said to be elsewhere', () => {
  expect(
    told([
      { side: 'theirs', at: '2026-05-04T09:00:00.000Z', threadId: 'a' },
      { side: 'theirs', at: '2026-05-04T09:30:00.000Z', threadId: 'a' },
      { side: 'ours', at: '2026-05-05T09:00:00.000Z', threadId: 'other' },
    ])[0],
  ).toEqual(['mail-0', 'mail-2', true]);
});

test('what comes more than a month later answers nothing, and a time nobody stated is left out', () => {
  expect(
    told([
      { side: 'theirs', at: '2026-01-04T09:00:00.000Z' },
      { side: 'ours', at: '2026-02-20T09:00:00.000Z', isTimed: false },
      { side: 'ours', at: '2026-05-06T09:00:00.000Z' },
    ]),
  ).toEqual([
    ['mail-0', null, false],
    ['mail-2', null, false],
  ]);
});
