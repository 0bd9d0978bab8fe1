import { expect, test } from 'vitest';
import { readMail } from '../src/mail.ts';
import { eventsOf, itemsOf, letter } from './containers.ts';
import { firstSeamInRun, sha256 } from './corpora.ts';

const LINE = 'From orlov@baltika.example Tue May 12 09:14:00 2026';

async function subjects(text: string): Promise<readonly (string | null)[]> {
  const bytes = Buffer.from(text, 'latin1');
  const events = await eventsOf('box.mbox', bytes);
  expect(firstSeamInRun(events, bytes.length)).toBeNull();
  return itemsOf(events).map((item) => readMail(item.bytes, { hash: sha256 }).subject);
}

test('the bytes of an item are the message alone: no From_ line, and not the blank line of the next one', async () => {
  const events = await eventsOf('box', Buffer.from(`${LINE}\n${letter('one')}\n${LINE}\n${letter('two')}\n`));
  const items = itemsOf(events);
  expect(items.map((item) => Buffer.from(item.bytes).toString())).toEqual([letter('one'), letter('two')]);
  expect(items.map((item) => item.separator)).toEqual([LINE, LINE]);
});

test.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['bare CR', '\r'],
])('line ends of %s split alike', async (_name, eol) => {
  const text = `${LINE}\n${letter('one')}\n${LINE}\n${letter('two')}\n`.replaceAll('\n', eol);
  expect(await subjects(text)).toEqual(['one', 'two']);
});

test.each([
  ['asctime', 'From a@b.example Tue May 12 09:14:00 2026'],
  ['asctime with a zone', 'From a@b.example Tue May 12 09:14:00 EET 2026'],
  ['asctime with an offset behind', 'From a@b.example  Tue May 12 09:14:00 2026 +0300'],
  ['a name without a domain', 'From MAILER-DAEMON Fri Jul  8 12:08:34 2011'],
  ['Thunderbird', 'From - Sat Apr 14 14:01:30 2018'],
  ['a mail date', 'From - Sat 23 Jan 2016 22:06:43 +0200'],
  ['ISO 8601', 'From a@b.example 2026-05-12T09:14:00+03:00'],
  ['uucp', 'From ivan Tue May 12 09:14:00 2026 remote from baltika'],
])('a separator may be %s', async (_name, line) => {
  expect(await subjects(`${line}\n${letter('one')}\n${line}\n${letter('two')}`)).toEqual(['one', 'two']);
});

test('a From line in a body is body, with a warning where it stands', async () => {
  const body =
    'Hello\n\nFrom Russia with love\n\nFrom here on it is Tue May 12: all is well\n\nFrom noon on 2026-05-12 10:00\n';
  const [first] = itemsOf(
    await eventsOf('box', Buffer.from(`${LINE}\n${letter('one', body)}\n${LINE}\n${letter('two')}`)),
  );
  expect(Buffer.from(first!.bytes).toString()).toBe(letter('one', body));
  expect(first!.issues.map((issue) => issue.code)).toEqual(Array(3).fill('unquoted-from-line'));
  const at = first!.issues[0]!.range!;
  expect(Buffer.from(first!.bytes).toString('latin1', at.start, at.end)).toBe('From ');
});

test('a quoted letter with its own From_ line is split only after a blank line and before a header', async () => {
  expect(await subjects(`${LINE}\n${letter('one', `> \n${LINE}\nno header here\n`)}`)).toEqual(['one']);
});

test('a separator without a blank line before it counts when a whole header follows', async () => {
  const text = `From - \n${letter('one', 'end')}\nFrom - \nReturn-Path: <a@b.example>\n${letter('two')}`;
  expect(await subjects(text)).toEqual(['one', 'two']);
});

test('Content-Length is believed when it leads to a separator, and then unquoted lines are body', async () => {
  const body = `Hello\n\n${LINE}\nSubject: only quoted\n\nbye\n`;
  const with_ = (length: number) =>
    `${LINE}\n${letter('one', body).replace('\n\n', `\nContent-Length: ${length}\n\n`)}\n${LINE}\n${letter('two')}`;
  expect(await subjects(with_(body.length))).toEqual(['one', 'two']);
  expect(await subjects(with_(body.length + 3))).toEqual(['one', 'only quoted', 'two']);
});

test('>From is unquoted in the reading of an mbox and nowhere else', () => {
  const bytes = Buffer.from(letter('one', '>From here\n>>From there\n> From not\n'));
  expect(readMail(bytes, { hash: sha256, mbox: true }).text).toBe('From here\n>From there\n> From not\n');
  expect(readMail(bytes, { hash: sha256 }).text).toBe('>From here\n>>From there\n> From not\n');
});

test('a run resumed at any item gives that item and everything after it, as the whole run did', async () => {
  const bytes = Buffer.from(Array.from({ length: 5 }, (_, n) => `${LINE}\n${letter(`no ${n}`)}`).join('\n'));
  const all = await eventsOf('box', bytes);
  for (const item of itemsOf(all)) {
    const resumed = await eventsOf('box', bytes, { from: item.range.start });
    expect(resumed).toEqual(
      all.slice(all.indexOf(item)).map((event) => {
        if (event !== item) return event;
        const { separator: _before, ...rest } = item;
        return rest;
      }),
    );
  }
});

test('messages larger than the reading window, and separators across its edges, are split alike', async () => {
  const sizes = [4 * 1024 * 1024 - 200, 9 * 1024 * 1024, 10, 4 * 1024 * 1024 + 7];
  const text = sizes
    .map((size, n) => `${LINE}\n${letter(`no ${n}`, `${'x'.repeat(70)}\n`.repeat(size / 71))}`)
    .join('\n');
  expect(await subjects(text)).toEqual(['no 0', 'no 1', 'no 2', 'no 3']);
});

test('an MMDF folder is split at its marks', async () => {
  const mark = '\x01\x01\x01\x01\n';
  const text = `${mark}${letter('one')}${mark}${mark}${letter('two')}${mark}`;
  expect(await subjects(text)).toEqual(['one', 'two']);
  expect(await subjects(text.replaceAll('\n', '\r\n'))).toEqual(['one', 'two']);
});

test('an .eml that begins with a From_ line is one message without that line', async () => {
  const bytes = Buffer.from(`${LINE}\n${letter('one', `a\n\n${LINE}\nSubject: quoted\n\nx`)}`);
  const events = await eventsOf('letter.eml', bytes);
  expect(itemsOf(events)).toHaveLength(1);
  expect(itemsOf(events)[0]!.range.start).toBe(LINE.length + 1);
  expect(firstSeamInRun(events, bytes.length)).toBeNull();
});
