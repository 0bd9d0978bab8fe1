import { expect, test } from 'vitest';
import { whatsapp } from '../../src/whatsapp/reader.ts';
import { chat, lines } from './chats.ts';

test('a message dated more than a day back keeps its place and is pointed at', async () => {
  const { items } = await chat(
    lines(
      '23.03.2022, 13:31 - Mika: one',
      '23.03.2022, 13:30 - Mika: late by a minute',
      '14.02.2022, 10:00 - Anna: forged or moved',
    ),
  );
  expect(items.map((item) => item.noticed)).toEqual([[], [], ['time-out-of-order']]);
});

const TWO = lines('01/12/24, 10:00 - Mika: a', '02/12/24, 10:00 - Anna: b');

test.each([
  ['a day above twelve', lines('3/4/22, 1:00 - A: x', '3/18/22, 1:00 - A: y'), 'mdy', 'shown'],
  ['a year in front', lines('2022-03-04 13:00 - A: x'), 'ymd', 'shown'],
  [
    'the name of a file',
    `${TWO}02/12/24, 11:00 - Mika: IMG-20241202-WA0001.jpg (file attached)\n`,
    'dmy',
    'shown',
  ],
  [
    'time that runs forward',
    lines(
      '01/02/24, 9:00 - A: a',
      '01/03/24, 9:00 - A: b',
      '02/01/24, 9:00 - A: c',
      '02/02/24, 9:00 - A: d',
      '03/01/24, 9:00 - A: e',
    ),
    'mdy',
    'shown',
  ],
  ['nothing but days that lie together', TWO, 'dmy', 'guessed'],
  ['nothing but an American clock', lines('1/2/24, 9:00 AM - A: a'), 'mdy', 'guessed'],
])('the order of the date follows from %s', async (_why, text, value, certainty) => {
  const { items, notes } = await chat(text);
  expect(items[0]!.context.dateOrder).toEqual({ value, certainty });
  expect(notes.includes('date-order-unknown')).toBe(certainty === 'guessed');
});

test('an order that nothing shows is what a person states, and can be corrected without the file', async () => {
  const stated = await chat(TWO, 'chat.txt', { zone: null, dateOrder: 'mdy' });
  expect(stated.notes).not.toContain('date-order-unknown');
  expect(stated.items.map((item) => item.sentAt)).toEqual(['2024-01-12T10:00', '2024-02-12T10:00']);
  const { bytes, context } = stated.items[1]!;
  const corrected = whatsapp.readItem(bytes, {
    ...context,
    dateOrder: { value: 'dmy', certainty: 'stated' },
  });
  expect(corrected.sentAt).toBe('2024-12-02T10:00');
});

test('a stated order does not make a day of a month that is not there', async () => {
  const { items } = await chat(lines('18/03/22, 10:00 - A: x'), 'chat.txt', { zone: null, dateOrder: 'mdy' });
  expect(items[0]).toMatchObject({ sentAt: '2022-03-18T10:00', noticed: [] });
});

test('a file that turns day and month round in the middle is read as each date can be', async () => {
  const { items } = await chat(
    lines(
      '20/03/22, 10:00 - A: x',
      '21/03/22, 10:00 - A: y',
      '22/03/22, 10:00 - A: y',
      '3/23/22, 10:00 - A: z',
    ),
  );
  expect(items.map((item) => item.sentAt?.slice(0, 10))).toEqual([
    '2022-03-20',
    '2022-03-21',
    '2022-03-22',
    '2022-03-23',
  ]);
  expect(items[3]!.noticed).toContain('date-odd');
});

test('a day that no calendar has leaves the time unknown', async () => {
  const { items } = await chat(lines('20/03/2022, 10:00 - A: x', '45/45/2022, 10:00 - A: y'));
  expect(items[1]).toMatchObject({
    sentAt: null,
    sentAtRaw: '45/45/2022, 10:00',
    noticed: ['date-unreadable'],
  });
});

test('local times get the offset of a zone that somebody states', async () => {
  const { items, notes } = await chat(lines('20/03/2022, 10:00 - A: x'), 'a.txt', {
    zone: 'Europe/Helsinki',
    dateOrder: null,
  });
  expect(items[0]!.sentAt).toBe('2022-03-20T10:00+02:00');
  expect(notes).not.toContain('date-unknown-zone');
});
