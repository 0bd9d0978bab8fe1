import { describe, expect, test } from 'vitest';
import { isMailItem } from '../src/container.ts';
import { readerOf } from '../src/exports.ts';
import { looksLike } from '../src/near-miss.ts';
import { wideOf } from '../src/wide.ts';
import { eventsOf } from './containers.ts';

const MARK = '\ufeff';
const little = (text: string) => Buffer.from(text, 'utf16le');
const big = (text: string) => Buffer.from(text, 'utf16le').swap16();
const WAYS = [
  ['little end first, with its mark', (text: string) => little(MARK + text)],
  ['big end first, with its mark', (text: string) => big(MARK + text)],
  ['little end first', little],
  ['big end first', big],
] as const;

const EXPORTS = {
  'WhatsApp Chat with Дмитрий.txt':
    '25.05.2026, 09:14 - Дмитрий Орлов: Где логин? 😀\n25.05.2026, 09:15 - Мира: В строке 4.\nИ ещё.\n',
  'calls.csv': 'Date,Number,Type,Duration\n2026-05-12 09:14,+358401234567,Incoming,63\n',
  'own.ics':
    'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@x\r\nSUMMARY:Päivä\r\nDTSTART:20260512T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
  'anna.vcf': 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ännä\r\nEMAIL:anna@card.example\r\nEND:VCARD\r\n',
  'messages.html':
    '<html><body><div class="page_header"><div class="text bold">Орлов</div></div><div class="message default clearfix" id="message1"><div class="body"><div class="pull_right date details" title="12.05.2026 09:14:00 UTC+03:00">09:14</div><div class="from_name">Орлов</div><div class="text">Где логин?</div></div></div></body></html>',
  'general/2026-05-12.json':
    '[{"type":"message","user":"U1ORLOV","ts":"1778640001.000001","text":"Hyvää päivää"}]',
} as const;

/** What is read, without the bytes it was read from. */
async function readIn(name: string, bytes: Uint8Array) {
  const events = await eventsOf(name, bytes);
  const items = events.filter((event) => event.type === 'item').filter((event) => !isMailItem(event));
  for (const { range, bytes: own } of items)
    expect(Buffer.from(own).equals(Buffer.from(bytes.subarray(range.start, range.end)))).toBe(true);
  let at = 0;
  for (const event of events)
    if (event.type !== 'note') {
      expect(event.range.start).toBe(at);
      at = event.range.end;
    }
  expect(at).toBe(bytes.length);
  return items.map(({ format, bytes: own, context }) =>
    readerOf(format)!.readItem(Uint8Array.from(own), JSON.parse(JSON.stringify(context))),
  );
}

describe.each(WAYS)('an export saved as UTF-16, %s', (_way, encoded) => {
  test.each(Object.entries(EXPORTS))(
    '%s is read as it is in UTF-8, and keeps its own bytes',
    async (name, text) => {
      const plain = await readIn(name, Buffer.from(text));
      expect(plain.length).toBeGreaterThan(0);
      expect(await readIn(name, encoded(text))).toEqual(plain);
    },
  );
});

test('half a character at the end is kept in the last entry, and half a pair is no reason to stop', async () => {
  const [name, text] = Object.entries(EXPORTS)[0]!;
  const cut = Buffer.concat([little(MARK + text), Buffer.from([0x41])]);
  expect((await readIn(name, cut)).length).toBe(2);
  const half = Buffer.concat([little(`${MARK + text}\ud83d`), little('\n')]);
  expect((await readIn(name, half)).length).toBe(2);
});

test('what is not UTF-16 is not taken for it, and what is none of our exports says so', () => {
  expect(wideOf(Buffer.from('25.05.2026'))).toBeNull();
  expect(wideOf(Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]))).toBeNull();
  expect(wideOf(Buffer.from('SQLite format 3\0'))).toBeNull();
  expect(wideOf(Buffer.from([0x41, 0, 1, 0, 2, 0, 3, 0]))).toBeNull();
  expect(looksLike(little(`${MARK}Dear all, see you on Monday.`), 'a.txt')).toContain('UTF-16');
  expect(looksLike(little('{"chats":{"list":[]}}'), 'result.json')).toContain('Telegram');
});
