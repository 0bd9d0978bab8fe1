import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ExportedItem } from '../src/exported.ts';
import { readerOf } from '../src/exports.ts';
import { eventsOf, issuesOf, itemsOf } from './containers.ts';
import { firstSeamInRun } from './corpora.ts';

const CORPORA = fileURLToPath(new URL('../../../../shared/corpora', import.meta.url));

/** The items of a file as their reader sees them; every byte is accounted for. */
async function read(name: string, content: string | Uint8Array, zone: string | null = null) {
  const bytes = Buffer.from(content as string);
  const events = await eventsOf(name, bytes, { settings: { zone, dateOrder: null } });
  expect(firstSeamInRun(events, bytes.length)).toBeNull();
  const items = itemsOf(events).map((event): ExportedItem & { format: string } => {
    if (!event.context) throw new Error(`${name} was read as mail`);
    return { ...readerOf(event.format)!.readItem(event.bytes, event.context), format: event.format };
  });
  return { items, issues: issuesOf(events) };
}

const CALENDAR = `BEGIN:VCALENDAR\r
VERSION:2.0\r
METHOD:REQUEST\r
BEGIN:VTIMEZONE\r
TZID:Office\r
BEGIN:STANDARD\r
DTSTART:19701101T000000\r
TZOFFSETFROM:+0300\r
TZOFFSETTO:+0300\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:kick-off@studio.example\r
SEQUENCE:2\r
DTSTAMP:20260501T080000Z\r
DTSTART;TZID=Office:20260512T091400\r
DTEND;TZID=Office:20260512T101400\r
SUMMARY:Kick-off\r
ORGANIZER;CN=Anna Berg:mailto:Anna@Studio.example\r
ATTENDEE;CN=Ivan Orlov;PARTSTAT=DECLINED:mailto:orlov@baltika.example\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2@studio.example\r
DTSTART;TZID="Customized Time Zone":20260513T091400\r
SUMMARY:Somewhere\r
END:VEVENT\r
END:VCALENDAR\r
`;

test('each entry of a calendar is a meeting, with its method, its answers, and the time its own zone says', async () => {
  const { items } = await read('invite.ics', CALENDAR);
  expect(items[0]).toMatchObject({
    format: 'ics',
    kind: 'meeting',
    subject: 'Kick-off',
    sentAt: '2026-05-12T09:14:00+03:00',
    from: { name: 'Anna Berg', address: 'anna@studio.example' },
    to: [{ name: 'Ivan Orlov', address: 'orlov@baltika.example' }],
    state: 'request',
    durationSec: 3600,
  });
  expect(items[0]!.text).toMatch(/declined/);
  expect(items[0]!.id).toContain('kick-off@studio.example');
});

test('a zone that nobody describes leaves a time on a wall, never UTC', async () => {
  const { items } = await read('invite.ics', CALENDAR);
  expect(items[1]).toMatchObject({ sentAt: '2026-05-13T09:14:00', issues: [{ code: 'date-unknown-zone' }] });
});

test('a calendar of version 1.0 packs its words, over several lines', async () => {
  const packed = 'SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=D0=94=D0=B0 =\r\n=D0=BE=D0=BA';
  const lines = ['BEGIN:VCALENDAR', 'VERSION:1.0', 'BEGIN:VEVENT', 'DTSTART:20260512T061400Z', packed];
  const { items } = await read('old.ics', `${[...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n')}\r\n`);
  expect(items[0]).toMatchObject({ subject: 'Да ок', sentAt: '2026-05-12T06:14:00+00:00', issues: [] });
});

test('a calendar without entries says so', async () => {
  expect(await read('empty.ics', 'BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n')).toEqual({
    items: [],
    issues: ['export-empty'],
  });
});

test('a list of calls is read by its columns; the order of its dates is shown by one of them', async () => {
  const list = [
    'Date,Time,Number,Name,Type,Duration',
    '05/04/2026,09:14,"+358 40 123 4567","Orlov, Ivan",Incoming,1:05',
    '05/14/2026,2:30 PM,+358401234567,,Outgoing,0',
    '05/15/2026,18:00,+358401234567,,Missed,',
    '',
  ].join('\r\n');
  const { items } = await read('calls.csv', list);
  expect(items).toMatchObject([
    {
      kind: 'call',
      from: { name: 'Orlov, Ivan', address: '+358401234567', isMe: false },
      sentAt: '2026-05-04T09:14:00',
      durationSec: 65,
    },
    {
      from: { isMe: true },
      to: [{ address: '+358401234567' }],
      sentAt: '2026-05-14T14:30:00',
      durationSec: 0,
    },
    { state: 'missed', sentAt: '2026-05-15T18:00:00', durationSec: null },
  ]);
});

test('a card says by which addresses and numbers somebody is reached', async () => {
  const card = (more: string) => `BEGIN:VCARD\nVERSION:3.0\nFN:Ivan Orlov\n${more}\nEND:VCARD\n`;
  const { items } = await read(
    'people.vcf',
    card('item1.EMAIL;type=HOME:Orlov@Baltika.example\nTEL;type=CELL:+358 40 123 4567') + card('NOTE:x'),
  );
  expect(items[0]).toMatchObject({
    kind: 'document',
    subject: 'Ivan Orlov',
    to: [{ address: 'orlov@baltika.example' }, { address: '+358401234567' }],
  });
  expect(items[1]!.to).toEqual([]);
});

test('a saved page keeps its address and, where it says one, its time', async () => {
  const html = '<title>Two stars</title><p>They never answered.';
  const saved = (comment: string) => `<!DOCTYPE html><!-- ${comment} --><html>${html}</html>`;
  const url = 'https://reviews.example/studio/17';
  const chrome = await read('review.html', saved(`saved from url=(0033)${url}`));
  expect(chrome.items).toMatchObject([
    { format: 'saved-page', kind: 'document', subject: 'Two stars', sentAt: null, conversation: { id: url } },
  ]);
  expect(chrome.items[0]!.text).toContain('They never answered.');
  const single = saved(
    `\n Page saved with SingleFile \n url: ${url} \n saved date: Tue May 12 2026 09:14:00 GMT+0300 (Eastern)\n`,
  );
  expect((await read('review.html', single)).items).toMatchObject([{ sentAt: '2026-05-12T09:14:00+03:00' }]);
  const mhtml = `From: <Saved by Blink>\nSnapshot-Content-Location: ${url}\nSubject: Two stars\nDate: Tue, 12 May 2026 06:14:00 +0000\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html>${html}</html>`;
  expect((await read('review.mhtml', mhtml)).items).toMatchObject([
    { format: 'saved-page', subject: 'Two stars', sentAt: '2026-05-12T06:14:00+00:00' },
  ]);
});

test('a web page that was saved without its address is no document, and what is missing is said', async () => {
  const [event] = await eventsOf('page.html', Buffer.from('<!doctype html><p>x'));
  expect(event).toMatchObject({ type: 'unreadable', issue: { code: 'unknown-format' } });
});

test('a time of a call keeps its own offset; an order of dates that nothing shows is a guess, one with points is not', async () => {
  const head = 'Date,Number,Type,Duration\n';
  const stated = await read('calls.csv', `${head}2026-05-13T10:00:00+03:00,+358401234567,Outgoing,1m 5s\n`);
  expect(stated.items).toMatchObject([{ sentAt: '2026-05-13T10:00:00+03:00', durationSec: 65 }]);
  expect(stated.issues).toEqual([]);
  const open = await read(
    'calls.csv',
    `${head}05/06/2026 9:14,0401234567,Incoming,1:05\n`,
    'Europe/Helsinki',
  );
  expect(open.items).toMatchObject([{ sentAt: '2026-06-05T09:14:00+03:00' }]);
  expect(open.issues).toEqual(['date-order-unknown']);
  expect((await read('calls.csv', `${head}05.06.2026 9:14,0401234567,Incoming,1:05\n`)).issues).toEqual([]);
});

test('a list of calls in an older charset is read in it', async () => {
  const rows = 'Дата;Время;Номер;Тип;Длительность\r\n13.05.2026;09:14;+79001234567;Исходящий;65\r\n';
  const bytes = Buffer.from(
    [...rows].map((sign) => (sign < '\x80' ? sign.charCodeAt(0) : sign.charCodeAt(0) - 0x350)),
  );
  const { items, issues } = await read('calls.csv', bytes);
  expect(items).toMatchObject([{ from: { isMe: true }, text: 'Исходящий', durationSec: 65 }]);
  expect(issues).toEqual(['charset-guessed']);
});

test('a picture is a paper of its own', async () => {
  const { items } = await read('review.png', Buffer.from('\x89PNG\r\n\x1a\n...', 'latin1'));
  expect(items).toMatchObject([
    { kind: 'document', subject: 'review.png', from: null, to: [], sentAt: null },
  ]);
});

for (const folder of ['ics', 'vcard'])
  test.runIf(existsSync(join(CORPORA, folder)))(
    `real files (${folder}): nothing throws, nothing is lost`,
    async () => {
      for (const name of readdirSync(join(CORPORA, folder), { recursive: true, encoding: 'utf8' })) {
        if (!/\.(?:ics|vcf)$/.test(name)) continue;
        const bytes = readFileSync(join(CORPORA, folder, name));
        const events = await eventsOf(name, bytes);
        expect(firstSeamInRun(events, bytes.length), name).toBeNull();
        for (const { bytes: entry, context, format } of itemsOf(events))
          if (context) readerOf(format)!.readItem(entry, context);
      }
    },
  );
