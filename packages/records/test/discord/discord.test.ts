import { expect, test } from 'vitest';
import { discord } from '../../src/discord/reader.ts';
import { fixture, runOf } from '../export-run.ts';

test('a talk between two: nicknames, answers, edits, calls, and who the owner is', async () => {
  const { items, seam } = await runOf(discord, fixture('discord/direct.json'));
  expect(seam).toBeNull();
  expect(items[0]).toMatchObject({
    conversation: { id: 'discord:42', name: 'orlov', isGroup: false },
    from: { name: 'Dmitri', address: 'discord:1', isMe: false },
    sentAt: '2026-05-12T09:14:00.123+00:00',
    files: [{ name: 'scan 1.pdf', path: 'direct.json_Files/scan 1.pdf' }],
    issues: [],
  });
  expect(items[1]).toMatchObject({
    from: { name: 'Mira', isMe: true },
    to: [{ name: 'Dmitri', address: 'discord:1' }],
    state: 'edited',
    replyTo: '100',
    files: [{ name: 'x.png', path: null }],
    issues: [{ code: 'file-not-exported' }],
  });
  expect(items[2]).toMatchObject({ kind: 'call', durationSec: 120 });
  expect(items[3]).toMatchObject({ from: null, text: 'Mira: Pinned a message.' });
});

test('a count that is not what the file holds is told', async () => {
  const { notes } = await runOf(discord, fixture('discord/direct.json'));
  expect(notes).toEqual([{ code: 'count-differs', message: expect.stringContaining('5 messages, and 4') }]);
});
