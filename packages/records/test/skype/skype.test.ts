import { expect, test } from 'vitest';
import { skype } from '../../src/skype/reader.ts';
import { fixture, runOf } from '../export-run.ts';

const run = () => runOf(skype, fixture('skype/messages.json'));

test('marks are taken out of texts, quotations stay, and the owner is whom the export names', async () => {
  const { items, seam } = await run();
  expect(seam).toBeNull();
  const orlov = { name: 'Dmitri Orlov', address: 'skype:live:orlov', isMe: false };
  expect(items[0]).toMatchObject({
    text: 'Where is the login? :) 2 < 3',
    from: orlov,
    to: [{ isMe: true }],
    sentAt: '2026-05-12T06:14:00.123Z',
  });
  expect(items[1]).toMatchObject({
    text: '> Where is the login?\nLine 4.',
    replyTo: '1',
    state: 'edited',
    editedAt: '2026-05-12T06:16:40.123+00:00',
    from: { address: 'skype:live:mira', isMe: true },
    to: [orlov],
  });
});

test('calls, files, deletions and the platform’s own lines', async () => {
  const { items } = await run();
  expect(items[2]).toMatchObject({ kind: 'call', durationSec: 63, text: null });
  expect(items[3]).toMatchObject({
    text: null,
    files: [{ name: 'scan.png', path: null }],
    issues: [{ code: 'file-not-exported' }],
  });
  expect(items[4]).toMatchObject({ state: 'deleted', text: null });
  expect(items[5]).toMatchObject({
    from: null,
    text: 'addmember: 8:live:mira, 8:live:orlov',
    conversation: { isGroup: true, name: 'Release' },
  });
  expect(items[6]?.from?.address).toBe('+358401234567');
});

test('what was written in pages has its paragraphs and quotations in lines of their own', () => {
  const entry = {
    ...{ id: '9', originalarrivaltime: '2026-05-12T06:14:00Z', messagetype: 'RichText/Html', from: '8:anna' },
    content: '<p>Where is the <b>login</b>?</p><blockquote>It is in line 4.</blockquote>',
  };
  const context = { conversation: { id: 'c', name: null, isGroup: null }, zone: null };
  const { text } = skype.readItem(Buffer.from(JSON.stringify(entry)), context);
  expect(text?.split('\n').filter((line) => line.trim() !== '>')).toEqual([
    'Where is the login?',
    '> It is in line 4.',
  ]);
});
