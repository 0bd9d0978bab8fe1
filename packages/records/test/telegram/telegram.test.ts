import { describe, expect, test } from 'vitest';
import { bytesSource } from '../../src/source.ts';
import { telegramHtml } from '../../src/telegram/html.ts';
import { telegramJson } from '../../src/telegram/json.ts';
import { besideFixture, fixture, nothingBeside, runOf } from '../export-run.ts';

describe('a chat out of Telegram Desktop, as JSON', () => {
  const chat = () => runOf(telegramJson, fixture('telegram/result.json'));

  test('every entry is one item, and all bytes are told of', async () => {
    const run = await chat();
    expect(run.items.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(run.seam).toBeNull();
    expect(run.unreadable).toEqual([]);
  });

  test('the instant is the one in UTC; a local time alone stays without an offset, and that is said', async () => {
    const { items, notes } = await chat();
    expect(items[1]).toMatchObject({ sentAt: '2026-05-04T06:05:00+00:00', sentAtRaw: '1777874700' });
    expect(items[8]).toMatchObject({ sentAt: '2026-05-07T12:10:00', sentAtRaw: '2026-05-07T12:10:00' });
    expect(items[9]?.sentAt).toBeNull();
    expect(notes.map(({ code }) => code)).toEqual(['date-unknown-zone']);
  });

  test('a local time is read in the zone that a person gave', async () => {
    const settings = { zone: 'Europe/Moscow', dateOrder: null };
    const { items, notes } = await runOf(
      telegramJson,
      fixture('telegram/result.json'),
      nothingBeside,
      settings,
    );
    expect(items[8]?.sentAt).toBe('2026-05-07T12:10:00+03:00');
    expect(notes).toEqual([]);
  });

  test('words in pieces are joined; edits, answers and what was passed on are told apart', async () => {
    const { items } = await chat();
    expect(items[1]?.text).toBe('Where is the login? See here');
    expect(items[2]).toMatchObject({ state: 'edited', editedAt: '2026-05-04T07:03:00+00:00', replyTo: '2' });
    expect(items[3]).toMatchObject({ subject: 'Forwarded from Anna Virtanen', text: 'She told me so.' });
  });

  test('in a talk between two the other side is known by its number, and the rest is ours', async () => {
    const { items } = await chat();
    const orlov = { name: 'Dmitri Orlov', address: 'telegram:user777', isMe: false };
    expect(items[1]).toMatchObject({ from: orlov, to: [{ isMe: true }] });
    expect(items[2]).toMatchObject({
      from: { name: 'Mira', address: 'telegram:user555', isMe: true },
      to: [orlov],
    });
  });

  test('files have their place, or the export’s own reason why they have none', async () => {
    const { items } = await chat();
    expect(items[4]?.files).toEqual([
      { name: 'photo_1@05-05-2026.jpg', mediaType: null, path: 'photos/photo_1@05-05-2026.jpg', bytes: null },
    ]);
    expect(items[5]?.files).toMatchObject([{ name: 'scan.pdf', mediaType: 'application/pdf', path: null }]);
    expect(items[5]?.issues.map(({ code }) => code)).toEqual(['file-not-exported']);
  });

  test('calls have a length or were missed; what the platform wrote has no sender', async () => {
    const { items } = await chat();
    expect(items[6]).toMatchObject({ kind: 'call', durationSec: 56, from: { isMe: true }, state: null });
    expect(items[7]).toMatchObject({
      kind: 'call',
      durationSec: null,
      from: { isMe: false },
      state: 'missed',
    });
    expect(items[0]).toMatchObject({ from: null, text: 'Dmitri Orlov: joined telegram' });
  });

  test('the JSON that Telegram Desktop writes wrongly is read, its bytes stay, and it is said', async () => {
    const text =
      '{"name":"A","type":"bot_chat","id":1,"messages":[{"id":1,"type":"message","from_id":"user1","text":"a\\x0Cb"}]}';
    const { items } = await runOf(telegramJson, bytesSource('result.json', Buffer.from(text)));
    expect(items[0]).toMatchObject({ text: 'a\fb', issues: [{ code: 'json-repaired' }] });
  });

  test('an export that was cut gives what is whole and says what is missing', async () => {
    const whole = await fixture('telegram/result.json').read(0, 2000);
    const run = await runOf(telegramJson, bytesSource('result.json', whole));
    expect(run.items.length).toBeGreaterThan(1);
    expect(run.notes.map(({ code }) => code)).toContain('export-incomplete');
    expect(run.seam).toBeNull();
  });

  test('an export in which all texts are empty is an error', async () => {
    const text =
      '{"name":"A","type":"personal_chat","id":1,"messages":[{"id":1,"type":"message","from_id":"user1","text":""},{"id":2,"type":"message","from_id":"user1","text":[]}]}';
    const { notes } = await runOf(telegramJson, bytesSource('result.json', Buffer.from(text)));
    expect(notes.map(({ code }) => code)).toContain('export-empty');
  });
});

describe('a whole account out of Telegram Desktop', () => {
  test('each message belongs to its chat, also those of chats that were left', async () => {
    const run = await runOf(telegramJson, fixture('telegram/account.json'));
    expect(
      run.items.map(({ conversation, text }) => [conversation.name, conversation.isGroup, text]),
    ).toEqual([
      ['Dmitri Orlov', false, 'Only I wrote here.'],
      ['Saved Messages', false, 'A note to myself.'],
      ['Release', true, 'Mira Lahti: invite members, Dmitri Orlov, Anna Virtanen'],
      ['Release', true, 'When?\n- Friday (1)\n- Monday (0)'],
      ['Old group', true, 'Bye.'],
    ]);
    expect(run.seam).toBeNull();
  });

  test('the owner is whom the export names', async () => {
    const { items } = await runOf(telegramJson, fixture('telegram/account.json'));
    expect(items[0]).toMatchObject({
      from: { address: 'telegram:user555', isMe: true },
      to: [{ name: 'Dmitri Orlov', address: 'telegram:user777', isMe: false }],
    });
    expect(items[4]?.from).toMatchObject({ address: 'telegram:user444', isMe: false });
  });
});

describe('a chat out of Telegram Desktop, as pages', () => {
  test('messages have their stated offset; joined ones the sender above', async () => {
    const run = await runOf(telegramHtml, fixture('telegram/messages.html'));
    expect(run.seam).toBeNull();
    expect(run.items.map(({ id, from, text, sentAt }) => [id, from?.name, text, sentAt])).toEqual([
      ['101', 'Dmitri Orlov', 'Where is the login?\nThird time I ask.', '2026-05-12T09:14:00+03:00'],
      ['102', 'Dmitri Orlov', null, '2026-05-12T09:15:00+03:00'],
      ['103', 'Mira', 'It is in line 4.', '2026-05-12T09:16:00+03:00'],
      ['104', undefined, 'Mira pinned this message', null],
    ]);
    expect(run.items[1]?.files).toMatchObject([{ path: 'photos/photo_1@12-05-2026.jpg' }]);
    expect(run.items[2]).toMatchObject({
      replyTo: '101',
      subject: 'Forwarded from Anna',
      from: { isMe: true },
    });
  });

  test('the sender is known across the border of two pages', async () => {
    const source = fixture('telegram/messages2.html');
    const run = await runOf(telegramHtml, source, besideFixture(source));
    expect(run.items[0]).toMatchObject({
      from: { name: 'Mira' },
      text: 'still me',
      sentAt: '2026-05-13T09:15:00',
    });
    expect(run.items[1]).toMatchObject({ kind: 'call', durationSec: 56, from: { name: 'Dmitri Orlov' } });
    expect(run.items[2]).toMatchObject({
      files: [{ name: 'Photo', path: null }],
      issues: [{ code: 'file-not-exported' }],
    });
    expect(run.notes.map(({ code }) => code)).toEqual(['date-unknown-zone']);
    const alone = await runOf(telegramHtml, source);
    expect(alone.items[0]?.from).toBeNull();
  });
});

test('a quotation, code and the answers of a poll stand in lines of their own', () => {
  const context = { conversation: { id: 'telegram:x', name: null, isGroup: null }, zone: null };
  const read = (inside: string) =>
    telegramHtml.readItem(
      Buffer.from(`<div class="message default" id="message1"><div class="body">${inside}</div></div>`),
      context,
    ).text;
  expect(read('<div class="text">You wrote<blockquote>line 4</blockquote>where?</div>')).toBe(
    'You wrote\nline 4\nwhere?',
  );
  const poll =
    '<div class="question">When?</div><div class="answer">- Mon</div><div class="answer">- Fri</div>';
  expect(read(`<div class="media_wrap"><div class="media_poll">${poll}</div></div>`)).toBe(
    'When?\n- Mon\n- Fri',
  );
});
