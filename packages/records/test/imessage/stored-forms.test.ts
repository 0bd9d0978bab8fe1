import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appWords, historyOf } from '../../src/imessage/content.ts';
import { readPlist, unarchived } from '../../src/imessage/plist.ts';
import { imessage } from '../../src/imessage/reader.ts';
import { attributedText } from '../../src/imessage/typedstream.ts';
import { chatBytes, HAS_CHATS, readAll, seamIn } from '../exports.ts';
import { processorMs } from '../processor-time.ts';
import { messagesDb, plist, typedstream } from './messages-db.ts';

const SET = 'imessage/imessage-exporter';

describe.runIf(HAS_CHATS)('what Messages stored on real Macs', () => {
  test.each([
    ['AttributedBodyTextOnly2', 'Test 3', 0],
    ['Blank', '', 0],
    ['MultiPart', '\ufffctest 1\ufffctest 2 \ufffctest 3', 3],
    ['WeirdText', '𝖍𝖊𝖑𝖑𝖔 𝖜𝖔𝖗𝖑𝖉', 0],
  ])('the text of %s', (name, text, files) => {
    const read = attributedText(chatBytes(`${SET}/streamtyped/${name}`))!;
    expect([read.text, read.files.length, read.isDamaged]).toEqual([text, files, false]);
  });

  test('a text whose length is wrong is read to its end, and said to be damaged', () => {
    const read = attributedText(chatBytes(`${SET}/streamtyped/ExtraData`))!;
    expect(read.text).toMatch(/^This is parsing/);
    expect(read.isDamaged).toBe(true);
  });

  test('an edit keeps both versions, and a withdrawal is one', () => {
    const edited = historyOf(chatBytes(`${SET}/edited_message/EditedToLink.plist`));
    expect(edited.earlier.map((one) => one.text)).toEqual(['here we go!']);
    expect(edited.latest).toEqual({
      text: 'https://github.com/ReagentX/imessage-exporter/issues/10',
      at: '2022-11-19T01:39:32.182+00:00',
    });
    expect(historyOf(chatBytes(`${SET}/edited_message/Deleted.plist`)).isWithdrawn).toBe(true);
  });

  test.each([
    ['app_message/ApplePayRecurring.plist', 'Sending you $1 weekly starting Nov 18, 2023'],
    ['app_message/Business.plist', 'Yes, connect me with Goldman Sachs.'],
    ['app_message/CheckinEnded.plist', 'Check\u00a0In: Ended'],
    ['app_message/CheckinLocation.plist', 'Check\u00a0In: Fake Location'],
    ['app_message/Game.plist', 'Your move.'],
    ['app_message/OpenTableInvited.plist', 'Rusty Grill - Boise'],
    ['app_message/Slideshow.plist', 'https://share.icloud.com/photos/1337h4x0r_jk#Home'],
    ['music_message/AppleMusic.plist', 'Песнь 1\nБАТЮШКА'],
  ])('%s says what its app showed', (path, words) => {
    expect(appWords(chatBytes(`${SET}/${path}`))).toContain(words);
  });

  test('every sample is tried', () => {
    const folder = new URL(`../../../../../shared/corpora/chat/${SET}/`, import.meta.url);
    expect(
      readdirSync(folder, { recursive: true }).filter((name) => /\.plist$|streamtyped./.test(String(name))),
    ).toHaveLength(15);
  });
});

const damaged = (whole: Uint8Array) =>
  fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }).map((edits) => {
    const copy = Buffer.from(whole);
    for (const [at, byte] of edits) copy[at] = byte;
    return copy;
  });

test('damaged or foreign bytes give less, never an exception', () => {
  const list = plist({
    ec: { '0': [{ d: 1, t: typedstream('a') }] },
    rp: [0],
    $objects: ['x'],
    $top: { root: 'y' },
  });
  const inputs = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    damaged(typedstream('hello there')),
    damaged(list),
  );
  fc.assert(
    fc.property(inputs, (bytes) => {
      attributedText(bytes);
      unarchived(readPlist(bytes));
      historyOf(bytes);
      appWords(bytes);
      imessage.readItem(bytes, { conversation: { id: 'x', name: null, isGroup: null } });
    }),
    { numRuns: 2000 },
  );
});

test('a list that holds itself a million times ends', () => {
  const levels = Array.from({ length: 30 }, (_, index) => Buffer.from([0xa2, 0, index + 1, 0, index + 1]));
  const objects = [...levels, Buffer.from([0x51, 0x78])];
  const offsets = Buffer.from(objects.flatMap((_, index) => [0, 0, 0, 8 + Math.min(index, 30) * 5]));
  const trailer = Buffer.alloc(32);
  trailer[6] = 4;
  trailer[7] = 2;
  trailer.writeBigUInt64BE(BigInt(objects.length), 8);
  trailer.writeBigUInt64BE(BigInt(8 + 30 * 5 + 2), 24);
  const start = processorMs();
  readPlist(Buffer.concat([Buffer.from('bplist00'), ...objects, offsets, trailer]));
  expect(processorMs() - start).toBeLessThan(5000);
});

test('any damage to a database: its bytes are accounted for, and each message reads the same again', async () => {
  const whole = messagesDb([
    { text: 'one' },
    { attributedBody: typedstream('two'), message_summary_info: plist({ rp: [0] }) },
  ]);
  await fc.assert(
    fc.asyncProperty(damaged(whole), async (bytes) => {
      imessage.recognises(bytes.subarray(0, 16_384), 'x');
      const first = await readAll(imessage, bytes, 'chat.db');
      expect(seamIn(first.events, bytes.length)).toBeNull();
      expect((await readAll(imessage, bytes, 'chat.db')).items).toEqual(first.items);
    }),
    { numRuns: 150 },
  );
});

test('a message whose words cannot be read says so; what happened to a group is told by its kind', async () => {
  const { items } = await readAll(
    imessage,
    messagesDb([
      { text: null, attributedBody: new Uint8Array([1, 2, 3]) },
      { text: 'hello', attributedBody: new Uint8Array([1, 2, 3]) },
      { item_type: 1, chat: 2 },
    ]),
    'chat.db',
  );
  expect(items.map(({ from, text, noticed }) => [from !== null, text, noticed])).toEqual([
    [true, null, ['rebuilt', 'text-not-exported']],
    [true, 'hello', ['rebuilt']],
    [false, 'participant added or removed', ['rebuilt']],
  ]);
});
