import { expect, test } from 'vitest';
import { facebookHtml } from '../../src/facebook/html.ts';
import { mended } from '../../src/facebook/mojibake.ts';
import { facebook, instagram } from '../../src/facebook/reader.ts';
import { bytesSource } from '../../src/source.ts';
import { fixture, runOf } from '../export-run.ts';

test('bytes written as characters are read again, names too; both forms are kept', async () => {
  const { items, seam } = await runOf(facebook, fixture('facebook/inbox/orlov_1/message_1.json'));
  expect(seam).toBeNull();
  expect(items[0]).toMatchObject({
    conversation: { id: 'facebook:inbox/orlov_1', name: 'Дмитрий Орлов', isGroup: false },
    from: { name: 'Дмитрий Орлов', address: 'facebook:name=Дмитрий Орлов' },
    to: [{ name: 'Mira Lahti' }],
    text: 'Где логин? 👀',
    sentAt: '2026-05-12T07:18:20+00:00',
    issues: [{ code: 'text-repaired', message: expect.stringContaining('Ð') }],
  });
});

test('text that is no such damage stays as it is', async () => {
  const { items } = await runOf(facebook, fixture('facebook/inbox/orlov_1/message_1.json'));
  expect(items[1]).toMatchObject({ text: 'Été à 5 €', issues: [] });
  expect([mended('Été'), mended('Где Ã©'), mended('plain'), mended('Ã©')]).toEqual([
    'Été',
    'Где Ã©',
    'plain',
    'é',
  ]);
});

test('what was taken back says so, and a photo lies beside its chat', async () => {
  const { items } = await runOf(facebook, fixture('facebook/inbox/orlov_1/message_1.json'));
  expect(items[2]).toMatchObject({ state: 'deleted', text: null });
  expect(items[3]).toMatchObject({
    sentAt: '2026-05-12T07:13:20.123+00:00',
    files: [{ name: '1.jpg', path: 'photos/1.jpg' }],
  });
});

test('an end-to-end encrypted chat has other keys', async () => {
  const { items, seam } = await runOf(facebook, fixture('facebook/e2ee/Dmitri_1.json'));
  expect(seam).toBeNull();
  expect(items[0]).toMatchObject({
    conversation: { name: 'Dmitri Orlov' },
    from: { name: 'Dmitri Orlov' },
    to: [{ name: 'Mira Lahti' }],
    text: 'Encrypted, and still here.',
    sentAt: '2026-05-12T07:18:20+00:00',
  });
  expect(items.map(({ state }) => state)).toEqual([null, 'deleted', null]);
  expect(items[2]?.files).toMatchObject([{ path: 'media/1.jpg' }]);
});

test('the same shape from Instagram is told by where it lies', () => {
  const head = Buffer.from(
    '{"participants":[{"name":"A"}],"messages":[{"sender_name":"A","timestamp_ms":1}]}',
  );
  const path = 'your_instagram_activity/messages/inbox/a_1/message_1.json';
  expect([facebook.recognises(head, path), instagram.recognises(head, path)]).toEqual([false, true]);
  expect([facebook.recognises(head, 'message_1.json'), instagram.recognises(head, 'message_1.json')]).toEqual(
    [true, false],
  );
});

test('an export of empty messages is an error', async () => {
  const text =
    '{"participants":[],"messages":[{"sender_name":"A","timestamp_ms":1778570000000},{"sender_name":"B","timestamp_ms":1778570000001}]}';
  const { notes } = await runOf(facebook, bytesSource('message_1.json', Buffer.from(text)));
  expect(notes.map(({ code }) => code)).toEqual(['export-empty']);
});

test('pages are read too: minutes only, and no zone', async () => {
  const entry = (name: string, body: string, at: string) =>
    `<div class="_a6-g"><div class="_2ph_ _a6-h _a6-i">${name}</div><div class="_2ph_ _a6-p"><div>${body}</div></div><div class="_3-94 _a6-o"><div class="_a72d">${at}</div></div></div>`;
  const page = `<html><head><title>Dmitri Orlov</title></head><body><main>${entry('Dmitri Orlov', 'Where is<br>the login?', 'Sep 13, 2020, 12:26 PM')}${entry('Mira', '<img src="messages/inbox/orlov_1/photos/1.jpg"/>', 'Sep 13, 2020 2:05:07 am')}</main></body></html>`;
  const { items, notes, seam } = await runOf(
    facebookHtml,
    bytesSource('inbox/orlov_1/message_1.html', Buffer.from(page)),
  );
  expect(seam).toBeNull();
  expect(items[0]).toMatchObject({
    conversation: { id: 'facebook:orlov_1', name: 'Dmitri Orlov' },
    from: { name: 'Dmitri Orlov' },
    text: 'Where is\nthe login?',
    sentAt: '2020-09-13T12:26:00',
  });
  expect(items[1]).toMatchObject({
    sentAt: '2020-09-13T02:05:07',
    text: null,
    files: [{ path: 'photos/1.jpg' }],
  });
  expect(notes.map(({ code }) => code)).toEqual(['date-unknown-zone']);
  expect(facebookHtml.recognises(Buffer.from(page), 'message_1.html')).toBe(true);
});
