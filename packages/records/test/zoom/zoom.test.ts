import { expect, test } from 'vitest';
import { bytesSource } from '../../src/source.ts';
import { zoom } from '../../src/zoom/reader.ts';
import { fixture, nothingBeside, runOf } from '../export-run.ts';

const SAVED = 'zoom/2026-05-12 23.50.33 Weekly with Orlov 81234567890/meeting_saved_chat.txt';

test('the day is that of the folder, as a guess that is recorded, and moves on at midnight', async () => {
  const settings = { zone: 'Europe/Helsinki', dateOrder: null };
  const { items, contexts, notes, seam } = await runOf(zoom, fixture(SAVED), nothingBeside, settings);
  expect(seam).toBeNull();
  expect(items.map(({ sentAt, text }) => [sentAt, text])).toEqual([
    ['2026-05-12T23:59:01+03:00', 'hello there'],
    ['2026-05-13T00:01:00+03:00', 'line one\nline two'],
    ['2026-05-13T00:02:00+03:00', 'between us'],
  ]);
  expect(contexts[1]).toMatchObject({ day: { value: '2026-05-13', certainty: 'guessed' } });
  expect(items[0]).toMatchObject({
    conversation: { name: 'Weekly with Orlov' },
    from: { name: 'Anna K' },
    to: [],
  });
  expect(items[2]).toMatchObject({ from: { name: 'Dmitri Orlov' }, to: [{ isMe: true }] });
  expect(notes.map(({ code }) => code)).toEqual(['date-guessed']);
});

test('without such a folder the time stays unknown, and what was written is kept', async () => {
  const bytes = await fixture(SAVED).read(0, 1e6);
  const { items, notes } = await runOf(zoom, bytesSource('meeting_saved_chat.txt', bytes));
  expect(items.map(({ sentAt, sentAtRaw }) => [sentAt, sentAtRaw])).toEqual([
    [null, '23:59:01'],
    [null, '00:01:00'],
    [null, '00:02:00'],
  ]);
  expect(notes.map(({ code }) => code)).toEqual(['date-missing']);
});

test('a cloud recording counts from the start of the meeting', async () => {
  const text = Buffer.from('00:05:12\tAnna K:\tCan you hear me?\n01:10:00\tDmitri Orlov:\tYes.\n');
  const { items } = await runOf(zoom, bytesSource('2026-05-12 23.50.33 Weekly 81234567890/chat.txt', text));
  expect(items.map(({ sentAt }) => sentAt)).toEqual(['2026-05-12T23:55:45', '2026-05-13T01:00:33']);
});
