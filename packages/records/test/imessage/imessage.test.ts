import { expect, test } from 'vitest';
import { imessage } from '../../src/imessage/reader.ts';
import { bytesSource } from '../../src/source.ts';
import { NOTHING, readAll, seamIn } from '../exports.ts';
import { type Message, messagesDb, plist, typedstream } from './messages-db.ts';

const read = (messages: readonly Message[], more = '') =>
  readAll(imessage, messagesDb(messages, more), 'chat.db');

test('a message has its people, its instant and its words, and is said to be rebuilt', async () => {
  const bytes = messagesDb([
    { text: 'hello', date: 800_000_000_000_000_123n, destination_caller_id: '+358409999999' },
  ]);
  expect(imessage.recognises(bytes.subarray(0, 16_384), 'x')).toBe(true);
  const { items, events, notes } = await readAll(imessage, bytes, 'chat.db');
  expect(notes).toEqual([]);
  expect(seamIn(events, bytes.length)).toBeNull();
  expect(events[0]).toMatchObject({ type: 'item', isRebuilt: true, range: { start: 0, end: 0 } });
  expect(items[0]).toMatchObject({
    conversation: { id: 'imessage:iMessage;-;+358401234567', name: '+358401234567', isGroup: false },
    from: { name: null, address: '+358401234567', isMe: false },
    to: [{ address: '+358409999999', isMe: true }],
    sentAt: '2026-05-09T06:13:20+00:00',
    sentAtRaw: '800000000000000123',
    text: 'hello',
    id: 'guid-1',
    noticed: ['rebuilt'],
  });
});

test('the bytes of a rebuilt message are canonical: the same rows give the same bytes', async () => {
  const [first, second] = [await read([{ text: 'a' }]), await read([{ text: 'a' }])];
  expect(Buffer.from(first.items[0]!.bytes).equals(Buffer.from(second.items[0]!.bytes))).toBe(true);
  expect(Object.keys(JSON.parse(Buffer.from(first.items[0]!.bytes).toString()))).toEqual([
    'attachments',
    'chat',
    'handle',
    'message',
  ]);
});

test('old databases count seconds, new ones nanoseconds; no time is no time', async () => {
  const { items } = await read([
    { text: 'old', date: 400_000_000 },
    { text: 'never', date: 0 },
  ]);
  expect(items.map((item) => item.sentAt)).toEqual(['2013-09-04T15:06:40+00:00', null]);
  expect(items[1]!.noticed).toContain('date-missing');
});

test('words come from the attributed text where the column is empty', async () => {
  const long = `${'ä'.repeat(150)} 😀`;
  const { items } = await read([
    { attributedBody: typedstream('only here') },
    { attributedBody: typedstream(long) },
  ]);
  expect(items.map((item) => item.text)).toEqual(['only here', long]);
});

test('own messages go to everybody in a group, and theirs to the owner and the others', async () => {
  const { items } = await read([
    { chat: 2, text: 'mine', is_from_me: 1, handle_id: 0 },
    { chat: 2, text: 'hers', handle_id: 2 },
  ]);
  expect(items[0]).toMatchObject({
    conversation: { id: 'imessage:iMessage;+;chat1', name: 'Crew', isGroup: true },
    from: { isMe: true },
    to: [{ address: '+358401234567' }, { address: 'anna@example.org' }],
  });
  expect(items[1]).toMatchObject({
    from: { address: 'anna@example.org', isMe: false },
    to: [{ isMe: true }, { address: '+358401234567' }],
  });
});

test('an edited message keeps what it said before, with the times', async () => {
  const summary = plist({
    ec: {
      '0': [
        { d: 800_000_000, t: typedstream('by Friday') },
        { d: 800_000_060, t: typedstream('by Monday') },
      ],
    },
  });
  const { items } = await read([{ attributedBody: typedstream('by Monday'), message_summary_info: summary }]);
  expect(items[0]).toMatchObject({
    text: 'by Monday',
    state: 'edited',
    editedAt: '2026-05-09T06:14:20+00:00',
    earlier: [{ text: 'by Friday', at: '2026-05-09T06:13:20+00:00' }],
  });
});

test('a withdrawn message, a failed one, a reaction and a reply say so', async () => {
  const { items } = await read([
    { message_summary_info: plist({ rp: [0] }) },
    { text: 'not sent', is_from_me: 1, error: 22 },
    { associated_message_type: 2001, associated_message_guid: 'p:0/guid-1', text: 'Liked “x”' },
    { associated_message_type: 3006, associated_message_guid: 'bp:guid-1', associated_message_emoji: '🚀' },
    { text: 'yes', thread_originator_guid: 'guid-2' },
  ]);
  expect(items.map((item) => [item.text, item.state, item.replyTo])).toEqual([
    [null, 'deleted', null],
    ['not sent', 'failed', null],
    ['Liked “x”', 'reaction', 'guid-1'],
    ['🚀', 'reaction-removed', 'guid-1'],
    ['yes', null, 'guid-2'],
  ]);
});

test('nobody wrote that a group has a new name', async () => {
  const { items } = await read([{ chat: 2, item_type: 2, group_title: 'Crew' }]);
  expect(items[0]).toMatchObject({ from: null, text: 'Crew' });
});

test('files have their place beside the database', async () => {
  const { items } = await read(
    [{ text: '\ufffc' }, { text: '\ufffclook' }],
    `INSERT INTO attachment VALUES (1, 'at_0', '~/Library/Messages/Attachments/aa/01/X/IMG_1.HEIC', 'image/heic', 'IMG_1.HEIC'),
       (2, 'at_1', '/var/mobile/Library/SMS/Attachments/b/2.pdf', 'application/pdf', NULL), (3, 'x', '/etc/passwd', NULL, 'passwd');
     INSERT INTO message_attachment_join VALUES (1, 1), (2, 2), (2, 3)`,
  );
  expect(items.map((item) => item.text)).toEqual([null, 'look']);
  expect(items.flatMap((item) => item.files.map((file) => [file.name, file.path]))).toEqual([
    ['IMG_1.HEIC', 'Attachments/aa/01/X/IMG_1.HEIC'],
    ['2.pdf', 'Attachments/b/2.pdf'],
    ['passwd', null],
  ]);
});

test('a database that keeps its newest messages in a log is read, and the log is pointed at', async () => {
  const bytes = messagesDb([{ text: 'x' }]);
  bytes.set([2, 2], 18);
  const asked: string[] = [];
  const { items, notes } = await readAll(imessage, bytes, 'Backup/chat.db', NOTHING, async (path) => {
    asked.push(path);
    return bytesSource(path, Buffer.from('log'));
  });
  expect(items).toHaveLength(1);
  expect(asked).toEqual(['chat.db-wal']);
  expect(notes).toEqual(['database-log']);
  expect([...bytes.subarray(18, 20)]).toEqual([2, 2]);
});

test('a database of something else says what is missing', async () => {
  const bytes = messagesDb([], 'DROP TABLE message; DROP TABLE handle');
  const { events } = await readAll(imessage, bytes, 'chat.db');
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    type: 'unreadable',
    issue: { code: 'unknown-format', message: expect.stringContaining('message, handle') },
  });
});

test('a table that is a view, or computes its columns, is not run', async () => {
  const view =
    'ALTER TABLE message RENAME TO m; CREATE VIEW message AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x FROM r) SELECT x AS guid, x AS text, x AS date FROM r';
  const { events } = await readAll(imessage, messagesDb([{ text: 'x' }], view), 'chat.db');
  expect(events.map((event) => event.type)).toEqual(['unreadable']);
});

test('a database in which nothing is said ends with an error', async () => {
  expect((await read([{ text: '' }, { text: null }])).notes).toEqual(['export-empty']);
  expect((await read([])).notes).toEqual(['export-empty']);
});

test('a damaged database gives what stands before the damage, and never throws', async () => {
  const whole = messagesDb(
    Array.from({ length: 200 }, (_, index) => ({ text: `message ${index} ${'x'.repeat(100)}` })),
  );
  for (const place of [100, 5000, 9000, 20_000, whole.length - 500]) {
    const bytes = Uint8Array.from(whole).fill(0xee, place, place + 400);
    const { events } = await readAll(imessage, bytes, 'chat.db');
    expect(seamIn(events, bytes.length)).toBeNull();
  }
  const { events } = await readAll(imessage, whole.subarray(0, 9000), 'chat.db');
  expect(seamIn(events, 9000)).toBeNull();
});
