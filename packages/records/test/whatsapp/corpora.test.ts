import { describe, expect, test } from 'vitest';
import { likenessOf } from '../../src/likeness.ts';
import { whatsapp } from '../../src/whatsapp/reader.ts';
import { chatBytes, HAS_CHATS, type ReadEntry, readAll, seamIn } from '../exports.ts';

const SET = 'whatsapp/whats_json';
const IPHONES = [
  'languages/english_ios.txt',
  'languages/english_ios_media.txt',
  'languages/french_ios.txt',
  'languages/deutch_ios.txt',
  'languages/spanish_ios.txt',
  'languages/arabic2_ios.txt',
  'calendars/Gregorian iOS.txt',
  'ios/WhatsApp Chat - Elon Musk (Arabic).txt',
  'ios/WhatsApp Chat - Elon Musk (EN).txt',
  'ios/WhatsApp Chat - Elon Musk (EN+Media).txt',
  'ios/WhatsApp Chat - Elon Musk (FR).txt',
  'ios/WhatsApp Chat - Elon Musk (German).txt',
  'ios/WhatsApp Chat - Elon Musk (Spanish).txt',
];
const ANDROIDS = [
  'languages/english_android.txt',
  'languages/english_android_media.txt',
  'languages/russian_android.txt',
];

async function itemsOf(path: string): Promise<readonly ReadEntry[]> {
  const bytes = chatBytes(path);
  expect(whatsapp.recognises(bytes.subarray(0, 16_384), path)).toBe(true);
  const { events, items } = await readAll(whatsapp, bytes, path);
  expect(seamIn(events, bytes.length)).toBeNull();
  return items;
}

/** What must be equal in every language: who, how many files, what became of it, and people's own words. */
function sense(item: ReadEntry) {
  const isPlace = /maps\.google\.com|foursquare\.com/.test(item.text ?? '');
  const own = item.from === null || item.kind === 'call' || isPlace ? null : item.text;
  return [item.kind, item.from?.name?.replace('Starkov', 'S') ?? null, item.files.length, item.state, own];
}

function secondsApart(a: ReadEntry, b: ReadEntry): number {
  return Math.abs(Date.parse(`${a.sentAt}Z`) - Date.parse(`${b.sentAt}Z`)) / 1000;
}

describe.runIf(HAS_CHATS)('one chat exported in many languages', () => {
  test.each(IPHONES)('%s says what the English one says, in its order, to the second', async (path) => {
    const english = await itemsOf(`${SET}/ios/WhatsApp Chat - Elon Musk (EN).txt`);
    const items = await itemsOf(`${SET}/${path}`);
    expect(items.length).toBeGreaterThanOrEqual(23);
    for (const [index, item] of items.entries()) {
      expect(sense(item)).toEqual(sense(english[index]!));
      expect(secondsApart(item, english[index]!)).toBeLessThanOrEqual(1);
    }
  });

  test.each(ANDROIDS)('%s has the messages of the others', async (path) => {
    const english = await itemsOf(`${SET}/android/WhatsApp Chat with Dmitry S EN Android.txt`);
    const items = await itemsOf(`${SET}/${path}`);
    expect(items.map((item) => item.sentAt)).toEqual(english.map((item) => item.sentAt));
    const plain = (item: ReadEntry) => sense(item).slice(0, 4);
    expect(items.map(plain)).toEqual(english.map(plain));
    expect(items.filter((item) => item.state === 'missed')).toHaveLength(2);
  });

  test('both phones agree about who wrote what from the evening they have in common', async () => {
    const said = (items: readonly ReadEntry[]) =>
      items.filter(
        (item) => item.sentAt?.startsWith('2022-03-27T21') && item.text && item.files.length === 0,
      );
    const android = said(await itemsOf(`${SET}/languages/english_android.txt`));
    const iphone = said(await itemsOf(`${SET}/languages/english_ios.txt`));
    const hello = (items: readonly ReadEntry[]) => items.filter((item) => item.text === 'Hello World');
    expect(hello(android).map((item) => item.sentAt)).toEqual(
      hello(iphone).map((item) => item.sentAt?.slice(0, 16)),
    );
  });
});

test.runIf(HAS_CHATS)('the lines of a group are told from what its people write', async () => {
  const items = await itemsOf(`${SET}/android/WhatsApp Chat with Group Chat XXX Android.txt`);
  expect(items.filter((item) => item.from === null)).toHaveLength(16);
  expect(items.filter((item) => item.from?.name === 'Dmitry S')).toHaveLength(4);
  expect(items[0]!.conversation.isGroup).toBe(true);
});

test.runIf(HAS_CHATS).each([
  ['whatsapp/chat-analytics/whatsapp/2A_5M.txt', 5, 2],
  ['whatsapp/chat-analytics/whatsapp/4A_11M.txt', 14, 5],
  ['whatsapp/whats-reader/chats/android-private-chat/WhatsApp Chat with Alice.txt', 45, 2],
  ['whatsapp/whats-reader/chats/ios-private-chat/_chat.txt', 45, 2],
  ['whatsapp/whats-reader/parser-tests/asian-format-test.txt', 5, 2],
  ['whatsapp/whats-reader/parser-tests/dash-format-test.txt', 5, 2],
  ['whatsapp/whats-reader/parser-tests/ios-format-test.txt', 5, 1],
  ['whatsapp/whatstk/pokemon.txt', 20, 8],
  ['whatsapp/whatstk/lorem.txt', 500, 4],
])('%s has %i entries of %i people', async (path, count, people) => {
  const items = await itemsOf(path);
  expect(items).toHaveLength(count);
  expect(new Set(items.flatMap((item) => item.from?.name ?? [])).size).toBe(people);
  expect(items.filter((item) => item.sentAt === null)).toEqual([]);
});

test.runIf(HAS_CHATS)(
  'two exports that overlap are joined where they are alike, and nothing of either is lost',
  async () => {
    const likeness = async (path: string) =>
      (await itemsOf(path)).map((item) => likenessOf(item, item.context));
    const whole = await likeness('whatsapp/whatstk/lorem.txt');
    expect(new Set(whole).size).toBe(whole.length);
    const text = chatBytes('whatsapp/whatstk/lorem.txt').toString('utf8').split('\n');
    const parts = [text.slice(0, 300), text.slice(200)].map((lines) =>
      readAll(whatsapp, lines.join('\n'), 'part.txt'),
    );
    const [first, second] = (await Promise.all(parts)).map(({ items }) =>
      items.map((item) => likenessOf(item, item.context)),
    );
    const common = first!.filter((one) => second!.includes(one));
    expect(common).toHaveLength(100);
    expect(new Set([...first!, ...second!])).toEqual(new Set(whole));
  },
);
