import { expect, test } from 'vitest';
import { smsBackup } from '../../src/sms/reader.ts';
import type { ByteSource } from '../../src/source.ts';
import { chatBytes, HAS_CHATS, NOTHING, readAll, seamIn } from '../exports.ts';

const HEAD =
  "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--File Created By SMS Backup & Restore-->\n";
const sms = (more: string, body = 'hello') =>
  `<sms protocol="0" address="+358 40 123 4567" date="1778566440000" type="1" subject="null" body="${body}" date_sent="1778566439000" readable_date="never" contact_name="Mika" ${more}/>`;
const backup = (...entries: readonly string[]) =>
  `${HEAD}<smses count="${entries.length}" backup_set="a">\n  ${entries.join('\n  ')}\n</smses>`;
const read = (text: string) => readAll(smsBackup, text, 'sms.xml');

test('a message has its instant, its people and its words', async () => {
  const { items, notes } = await read(backup(sms('')));
  expect(notes).toEqual([]);
  expect(items[0]).toMatchObject({
    kind: 'message',
    conversation: { id: 'sms:+358401234567', name: 'Mika', isGroup: false },
    from: { name: 'Mika', address: '+358401234567', isMe: false },
    to: [{ name: null, address: null, isMe: true }],
    sentAt: '2026-05-12T06:14:00+00:00',
    sentAtRaw: '1778566440000 (date_sent 1778566439000)',
    subject: null,
    text: 'hello',
    state: null,
    noticed: [],
  });
});

test('sent messages are of the owner; drafts and failed ones say so', async () => {
  const typed = (type: number) =>
    `<sms address="17100" date="1778566440000" type="${type}" body="x" contact_name="(Unknown)" />`;
  const { items } = await read(backup(...[1, 2, 3, 4, 5, 6].map(typed)));
  expect(items.map((item) => [item.from?.isMe, item.state])).toEqual([
    [false, null],
    [true, null],
    [true, 'draft'],
    [true, 'queued'],
    [true, 'failed'],
    [true, 'queued'],
  ]);
  expect(items[1]!.to).toEqual([{ name: null, address: 'sms:17100', isMe: false }]);
});

test('characters in two halves are joined, alone they are said to be damaged', async () => {
  const { items } = await read(
    backup(sms('', 'ok &#55357;&#56838; &lt;b&gt; &amp;amp; &#10;next'), sms('', 'half &#55357; only')),
  );
  expect(items.map((item) => item.text)).toEqual(['ok 😆 <b> &amp; \nnext', 'half \ufffd only']);
  expect(items.map((item) => item.noticed)).toEqual([['text-repaired'], ['undecodable-bytes']]);
});

const mms = (parts: string, head = 'msg_box="1" address="+358401111111~+358402222222"', addrs = '') =>
  `<mms date="1778566440000" sub="null" m_id="abc" contact_name="Anna, Mika" ${head}>\n<parts>${parts}</parts>\n<addrs>${addrs}</addrs></mms>`;
const SMIL = `<part ct="application/smil" cl="smil.xml" text='&lt;smil&gt;"x"&lt;/smil&gt;' />`;

test('a message with pictures has its text, its files and its group', async () => {
  const text = backup(
    mms(
      `${SMIL}<part ct="text/plain" cl="text_0.txt" text="look" /><part ct="image/jpeg" name="null" cl="a.jpg" data="/9j/4AAQ" />`,
      undefined,
      '<addr address="+358402222222" type="137" /><addr address="+358401111111" type="151" /><addr address="+358409999999" type="151" />',
    ),
  );
  const { items, events } = await read(text);
  expect(seamIn(events, Buffer.byteLength(text))).toBeNull();
  expect(items[0]).toMatchObject({
    conversation: { id: 'sms:+358401111111~+358402222222', name: 'Anna, Mika', isGroup: true },
    from: { name: 'Mika', address: '+358402222222', isMe: false },
    to: [
      { name: null, address: '+358409999999', isMe: true },
      { name: 'Anna', address: '+358401111111', isMe: false },
    ],
    text: 'look',
    id: 'abc',
  });
  expect(
    items[0]!.files.map((file) => [
      file.name,
      file.mediaType,
      file.bytes && Buffer.from(file.bytes).toString('hex'),
    ]),
  ).toEqual([['a.jpg', 'image/jpeg', 'ffd8ffe00010']]);
});

test('calls are calls, with what became of them', async () => {
  const call = (type: number, seconds: number, number = '+358401234567') =>
    `<call number="${number}" duration="${seconds}" date="1778566440000" type="${type}" presentation="1" contact_name="Mika" />`;
  const text = `${HEAD}<calls count="5">${call(1, 61)}${call(2, 0)}${call(3, 0)}${call(5, 0)}${call(1, 5, '-2')}</calls>`;
  expect(smsBackup.recognises(Buffer.from(text), 'calls.xml')).toBe(true);
  const { items, notes } = await read(text);
  expect(notes).toEqual([]);
  expect(items.map((item) => [item.kind, item.from?.isMe, item.durationSec, item.state])).toEqual([
    ['call', false, 61, null],
    ['call', true, 0, null],
    ['call', false, 0, 'missed'],
    ['call', false, 0, 'rejected'],
    ['call', false, 5, null],
  ]);
  expect(items[4]!.from).toEqual({ name: 'Mika', address: null, isMe: false });
});

test('the range of an entry is the entry, byte for byte', async () => {
  const text = backup(sms('', 'ä &gt; "'.replace('"', '&quot;')), mms(SMIL));
  const { items, events } = await read(text);
  const bytes = Buffer.from(text);
  for (const event of events)
    if (event.type === 'item')
      expect(bytes.subarray(event.range.start, event.range.end)).toEqual(Buffer.from(event.bytes));
  expect(items.map((item) => Buffer.from(item.bytes).toString().slice(0, 4))).toEqual(['<sms', '<mms']);
});

test('a wrong count and a missing end are said', async () => {
  expect((await read(backup(sms('')).replace('count="1"', 'count="7"'))).notes).toEqual(['count-differs']);
  expect((await read(backup(sms('')).replace('</smses>', ''))).notes).toEqual(['export-incomplete']);
  expect((await read(backup(sms(''), sms('')).slice(0, -60))).notes).toEqual([
    'count-differs',
    'export-incomplete',
  ]);
});

test('an entry whose quote is never closed is named, and the next one is read', async () => {
  const text = backup(sms(''), sms('').replace('body="hello"', 'body="hello'), sms('', 'third'));
  const { items, events } = await read(text);
  expect(seamIn(events, Buffer.byteLength(text))).toBeNull();
  expect(events.filter((event) => event.type === 'unreadable').map((event) => event.issue.code)).toEqual([
    'export-damaged',
  ]);
  expect(items.map((item) => item.text)).toEqual(['hello', 'third']);
});

test('nothing outside of the file is ever looked at, and what a comment holds is no message', async () => {
  const hostile = `<?xml version="1.0"?><!DOCTYPE smses [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "<sms address='1' date='1' type='1' body='forged'/>">]><!-- ${sms('', 'hidden')} --><smses count="1">${sms('', '&x;&y;')}</smses>`;
  expect(smsBackup.recognises(Buffer.from(hostile), 'a.xml')).toBe(true);
  const { items } = await read(hostile);
  expect(items.map((item) => item.text)).toEqual(['&x;&y;']);
});

test('a backup in which nothing is said ends with an error', async () => {
  expect((await read(backup(sms('', '')))).notes).toEqual(['export-empty']);
  expect((await read(`${HEAD}<smses count="0"></smses>`)).notes).toEqual(['export-empty']);
});

test.each([
  ['another program', '<calls><call><number>1</number></call></calls>'],
  ['a web page', '<!DOCTYPE html><html><smses></html>'],
  ['a letter', 'From: <smses count="1">'],
])('%s is no backup, whatever it is called', (_what, text) => {
  expect(smsBackup.recognises(Buffer.from(text), 'sms-2026.xml')).toBe(false);
});

test('a backup of a hundred megabytes on one line is read in pieces', async () => {
  const head = Buffer.from('<smses count="2000">');
  const one = Buffer.from(sms('', 'x'.repeat(50_000)));
  const size = head.length + 2000 * one.length + 8;
  let widest = 0;
  const source: ByteSource = {
    name: 'sms.xml',
    sizeBytes: size,
    read: async (start, end) => {
      widest = Math.max(widest, end - start);
      const out = Buffer.alloc(Math.max(0, Math.min(end, size) - start), ' ');
      for (let at = start; at < start + out.length; at += 1) {
        const inBody = at - head.length;
        if (inBody < 0) out[at - start] = head[at]!;
        else if (inBody < 2000 * one.length) {
          const from = inBody % one.length;
          out.set(one.subarray(from, from + out.length - (at - start)), at - start);
          at += one.length - from - 1;
        } else out[at - start] = Buffer.from('</smses>')[inBody - 2000 * one.length]!;
      }
      return out;
    },
  };
  let items = 0;
  for await (const event of smsBackup.read(source, NOTHING, async () => null))
    if (event.type === 'item') items += 1;
  expect(items).toBe(2000);
  expect(widest).toBeLessThan(8 * 1024 * 1024);
});

test.runIf(HAS_CHATS)('the backup of the corpora has its six messages and nine with parts', async () => {
  const bytes = chatBytes('sms/mobilecombackup/to_process/sms-test.xml');
  expect(smsBackup.recognises(bytes, 'x')).toBe(true);
  const { events, items, notes } = await readAll(smsBackup, bytes, 'x');
  expect(seamIn(events, bytes.length)).toBeNull();
  expect(notes).toEqual([]);
  expect(items).toHaveLength(15);
  expect(items.filter((item) => item.sentAt === null)).toEqual([]);
  expect(items.slice(0, 6).map((item) => item.text)).toContain('This is Phillip');
  expect(items.at(-1)).toMatchObject({
    from: { address: '+15555550005' },
    text: 'And only let in two.',
    conversation: { isGroup: true },
  });
  expect(items.at(-1)!.to).toContainEqual({ name: null, address: '+15555550002', isMe: true });
});
