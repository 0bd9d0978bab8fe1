import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ContainerEvent } from '../src/container.ts';
import type { ExportedItem, ExportReader } from '../src/exported.ts';
import { EXPORT_READERS, readerOf } from '../src/exports.ts';
import { eventsOf, issuesOf, itemsOf, zip } from './containers.ts';
import { firstSeamInRun } from './corpora.ts';
import { tar } from './tar.ts';

/** A chat of one line an entry, `@file` naming a file beside it; enough to try what stands around a reader. */
const lines: ExportReader = {
  format: 'lines',
  platform: 'lines',
  recognises: (head) => Buffer.from(head).toString().startsWith('LINES'),
  async *read(source, settings, beside) {
    const bytes = Buffer.from(await source.read(0, source.sizeBytes));
    const names = (await beside('names.txt')) ?? (await beside('../names.txt'));
    const people = names ? { names: Buffer.from(await names.read(0, names.sizeBytes)).toString() } : {};
    const context = { conversation: { id: 'c', name: null, isGroup: null }, zone: settings.zone, people };
    let at = bytes.indexOf('\n') + 1;
    yield { type: 'gap', range: { start: 0, end: at } };
    yield { type: 'note', issue: { code: 'text-cut', message: 'a note before the first item' } };
    for (let end = bytes.indexOf('\n', at); end >= 0; end = bytes.indexOf('\n', at)) {
      if (bytes.toString('utf8', at, end) === 'throw') throw new Error('what no reader does');
      yield {
        type: 'item',
        range: { start: at, end: end + 1 },
        bytes: bytes.subarray(at, end + 1),
        context,
        issues: [],
      };
      at = end + 1;
    }
    if (at < bytes.length) yield { type: 'gap', range: { start: at, end: bytes.length } };
  },
  readItem: (bytes) => {
    const text = Buffer.from(bytes).toString().trim();
    const path = text.startsWith('@') ? text.slice(1) : null;
    const files = path ? [{ name: path, mediaType: null, path, bytes: null }] : [];
    return { text, files } as unknown as ExportedItem;
  },
};
const readers = [lines];
const chat = (...texts: string[]): Buffer =>
  Buffer.from(`LINES\n${texts.map((text) => `${text}\n`).join('')}`);

function textsOf(events: readonly ContainerEvent[]): readonly string[] {
  return itemsOf(events).map(({ member, bytes }) => `${member}: ${Buffer.from(bytes).toString().trim()}`);
}

const media = [
  { name: 'chat/photo.jpg', bytes: Buffer.from('\xff\xd8\xff picture', 'latin1') },
  { name: 'chat/chat.txt', bytes: chat('one', '@photo.jpg', '@../../../etc/passwd', '@other.txt') },
  { name: 'chat/other.txt', bytes: chat('of another chat') },
  { name: 'chat/stray.jpg', bytes: Buffer.from('\xff\xd8\xff nobody names it', 'latin1') },
  { name: 'names.txt', bytes: Buffer.from('u1=Orlov') },
];

test.each([
  ['zip', (files: typeof media) => zip(files)],
  ['tar', (files: typeof media) => tar(files)],
])('in a %s, what an entry takes along is no item, and what nobody names is said', async (kind, packed) => {
  const bytes = packed(media);
  const events = await eventsOf(`x.${kind}`, bytes, { readers });
  expect(firstSeamInRun(events, bytes.length)).toBeNull();
  expect(textsOf(events)).toEqual([
    'chat/chat.txt: one',
    'chat/chat.txt: @photo.jpg',
    'chat/chat.txt: @../../../etc/passwd',
    'chat/chat.txt: @other.txt',
    'chat/other.txt: of another chat',
  ]);
  expect(events.filter((event) => event.type === 'gap' && event.kind === 'companion')).toHaveLength(2);
  expect(events.filter((event) => event.type === 'unreadable').map(({ member }) => member)).toEqual([
    'chat/stray.jpg',
  ]);
  expect(itemsOf(events)[0]?.context?.people).toEqual({ names: 'u1=Orlov' });
});

test('a tar.gz and an archive in an archive find what lies beside', async () => {
  for (const [name, bytes] of [
    ['x.tar.gz', gzipSync(tar(media))],
    ['x.zip', zip([{ name: 'inner.zip', bytes: zip(media) }])],
  ] as const) {
    const events = await eventsOf(name, bytes, { readers });
    expect(firstSeamInRun(events, bytes.length)).toBeNull();
    expect(itemsOf(events)).toHaveLength(5);
    expect(itemsOf(events)[0]?.context?.people).toEqual({ names: 'u1=Orlov' });
  }
});

test('a run that goes on begins with the item it stopped at', async () => {
  const bytes = zip(media);
  const all = await eventsOf('x.zip', bytes, { readers });
  for (const item of itemsOf(all)) {
    const from = { member: item.member, start: item.range.start };
    const rest = await eventsOf('x.zip', bytes, { readers, from });
    expect(rest.map(shown)).toEqual(all.slice(all.indexOf(item)).map(shown));
  }
});

function shown(event: ContainerEvent): string {
  return JSON.stringify(event.type === 'note' ? event.issue : [event.member, event.range, event.type]);
}

test('a reader that fails gives back what it had, and the rest is unreadable', async () => {
  const bytes = chat('one', 'throw', 'two');
  const events = await eventsOf('chat.txt', bytes, { readers });
  expect(firstSeamInRun(events, bytes.length)).toBeNull();
  expect(textsOf(events)).toEqual(['null: one']);
  expect(issuesOf(events)).toEqual(['text-cut', 'reader-failed']);
});

test('what is unknown says which export it looks like, and what is missing', async () => {
  const said = async (name: string, text: string) => {
    const [event] = await eventsOf(name, Buffer.from(text, 'latin1'), { readers });
    return event?.type === 'unreadable' ? event.issue.message : null;
  };
  expect(await said('result.json', '{"chats": {"about": ""}')).toMatch(/Telegram.*missing/);
  expect(await said('x.json', '[{"client_msg_id": 1}]')).toMatch(/Slack.*users\.json/);
  expect(await said('Чат WhatsApp.txt', 'no line of a chat')).toMatch(/chat as text/);
  expect(await said('x.bin', '\x01\x02')).toMatch(/no kind of file that is known/);
});

test('every kind of export is known by its own name', () => {
  const formats = EXPORT_READERS.map(({ format }) => format);
  expect(new Set(formats).size).toBe(formats.length);
  for (const reader of EXPORT_READERS) expect(readerOf(reader.format)).toBe(reader);
  expect(readerOf('never heard of')).toBeNull();
});
