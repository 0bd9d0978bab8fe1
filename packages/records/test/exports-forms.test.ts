import { describe, expect, test } from 'vitest';
import { discordPackage, discordTable } from '../src/discord/package.ts';
import { facebookHtml } from '../src/facebook/html.ts';
import { facebook, instagram } from '../src/facebook/reader.ts';
import { signalApp } from '../src/signal/app.ts';
import { skype } from '../src/skype/reader.ts';
import { slack } from '../src/slack/reader.ts';
import { bytesSource } from '../src/source.ts';
import { teams } from '../src/teams/reader.ts';
import { telegramJson } from '../src/telegram/json.ts';
import { vk } from '../src/vk/archive.ts';
import { zoom } from '../src/zoom/reader.ts';
import { eventsOf } from './containers.ts';
import { nothingBeside, runOf } from './export-run.ts';

const source = (value: unknown, name = 'export.json') =>
  bytesSource(name, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
const codes = (issues: readonly { code: string }[]) => issues.map(({ code }) => code);

describe('what stands in an export and is not understood is named, not passed over', () => {
  test('what is no entry is unreadable with its place; the entries around it are read', async () => {
    const day = [
      { type: 'message', user: 'U1', ts: '1778640001.000001', text: 'one' },
      7,
      { ts: 'never', text: 'two' },
    ];
    const { texts, unreadable, seam } = await runOf(slack, source(day));
    expect([texts, codes(unreadable.map(({ issue }) => issue)), seam]).toEqual([
      ['one'],
      ['export-damaged', 'export-damaged'],
      null,
    ]);
  });

  test('an entry without words says so; one with words of a later shape shows them', async () => {
    const entry = (id: number, text: unknown, more = {}) => ({
      ...{ id, type: 'message', date_unixtime: '1778650000', from: 'Orlov', from_id: 'user1' },
      ...{ text, text_entities: [], ...more },
    });
    const list = { title: 'Work', answers: [{ id: 1, text: 'roof' }] };
    const messages = [
      entry(1, ''),
      entry(2, [['deep ', [{ text: 'words' }]]]),
      entry(3, '', { todo_list: list }),
    ];
    const chat = source({ name: 'Orlov', type: 'personal_chat', id: 1, messages });
    const events = await eventsOf('result.json', Buffer.from(await chat.read(0, chat.sizeBytes)));
    const noticed = events.flatMap((event) => (event.type === 'item' ? [codes(event.issues)] : []));
    expect(noticed).toEqual([['text-not-exported'], [], []]);
    expect((await runOf(telegramJson, chat)).texts).toEqual([null, 'deep words', 'Work\n- roof']);
  });

  test('a card of Signal is names and numbers; what opens once is said to be missing', async () => {
    const item = (more: object) =>
      JSON.stringify({ chatItem: { chatId: '1', dateSent: '1778640000000', ...more } });
    const card = { contact: { name: { givenName: 'Anna' }, number: [{ value: '+358401234567' }] } };
    const text = `${item({ contactMessage: card })}\n${item({ viewOnceMessage: {} })}\n`;
    const events = await eventsOf('main.jsonl', Buffer.from(text));
    expect((await runOf(signalApp, source(text))).texts).toEqual(['Anna\n+358401234567', null]);
    const noticed = events.flatMap((event) => (event.type === 'item' ? [codes(event.issues)] : []));
    expect(noticed).toEqual([[], ['text-not-exported']]);
  });
});

describe('downloads of Facebook and Instagram of other years', () => {
  test('before 2018 a message states seconds, and people are names alone', async () => {
    const old = {
      participants: ['Mira', 'Orlov'],
      messages: [{ sender_name: 'Orlov', timestamp: 1_400_000_000, content: 'hello', type: 'Generic' }],
    };
    expect(facebook.recognises(Buffer.from(JSON.stringify(old)), 'message_1.json')).toBe(true);
    const { items } = await runOf(facebook, source(old));
    expect(items[0]).toMatchObject({ sentAt: '2014-05-13T16:53:20+00:00', to: [{ name: 'Mira' }] });
  });

  test('what was passed on is read beside what was typed; a call of no second was missed, a long one was not', async () => {
    const share = { link: 'https://example.com/x', share_text: 'words' };
    const common = { sender_name: 'rex', timestamp_ms: 1_778_650_000_000 };
    const messages = [
      { ...common, content: 'rex sent an attachment.', share },
      { ...common, content: 'see https://example.com/x', share: { link: share.link } },
      { ...common, content: 'missed', call_duration: 0 },
      { ...common, content: 'ended', call_duration: 40 },
    ];
    const { items } = await runOf(
      instagram,
      source({ participants: [{ name: 'rex' }], messages, title: 'rex' }),
    );
    expect(items.map(({ text, state }) => [text, state])).toEqual([
      ['rex sent an attachment.\nwords\nhttps://example.com/x', null],
      ['see https://example.com/x', null],
      ['missed', 'missed'],
      ['ended', null],
    ]);
  });

  test.each([
    ['May 13, 2026 9:14:22 pm', '2026-05-13T21:14:22'],
    ['13. toukok. 2026 klo 9.14.22', '2026-05-13T09:14:22'],
    ['13 мая 2026 г., 9:14:22', '2026-05-13T09:14:22'],
    ['13 мар. 2026 г. в 21:05', '2026-03-13T21:05:00'],
    ['13.5.2026 9.14', '2026-05-13T09:14:00'],
    ['31 мая 2026 г., 25:14', null],
    ['yesterday at 9:14', null],
  ])('a page asked for in any of three languages: %s', async (stamp, sentAt) => {
    const entry = `<section class="_3-95 _a6-g"><h2 class="_2ph_ _a6-h">Orlov</h2><div class="_a6-p"><div>hello</div></div><footer class="_a6-o">${stamp}</footer></section>`;
    const page = `<html><head><title>Orlov</title></head><body><main>${entry}</main></body></html>`;
    const { items, seam } = await runOf(facebookHtml, source(page, 'inbox/orlov_1/message_1.html'));
    expect(seam).toBeNull();
    expect(items).toMatchObject([{ from: { name: 'Orlov' }, text: 'hello', sentAt, sentAtRaw: stamp }]);
  });
});

describe('a chat of Teams as Graph gives it', () => {
  const message = {
    ...{
      id: '1',
      messageType: 'message',
      createdDateTime: '2026-05-13T05:26:40Z',
      chatId: '19:abc@thread.v2',
    },
    from: { application: null, user: { id: 'u1', displayName: 'Orlov' } },
    body: { contentType: 'html', content: '<p>Where is <b>it</b>?</p>' },
  };
  const ended = {
    ...message,
    ...{
      id: '2',
      messageType: 'systemEventMessage',
      from: null,
      body: { contentType: 'html', content: '<x/>' },
    },
    eventDetail: { '@odata.type': '#microsoft.graph.callEndedEventMessageDetail', callDuration: 'PT3M12S' },
  };

  test('is read as a tenant’s export is, calls too', async () => {
    const answer = { '@odata.context': 'x', value: [message, ended] };
    expect(teams.recognises(Buffer.from(JSON.stringify(answer)), 'messages.json')).toBe(true);
    const { items, seam } = await runOf(teams, source(answer));
    expect(seam).toBeNull();
    expect(items[0]).toMatchObject({ from: { name: 'Orlov', address: 'teams:u1' }, text: 'Where is it?' });
    expect(items[1]).toMatchObject({ kind: 'call', durationSec: 192 });
  });

  test('a mail out of Graph is none', () => {
    const mail = { id: '1', createdDateTime: '2026-05-13T05:26:40Z', body: message.body, subject: 'Roof' };
    expect(teams.recognises(Buffer.from(JSON.stringify({ value: [mail] })), 'mails.json')).toBe(false);
  });

  test('the app’s own export for a person is that of Skype: edits and deletions by their properties', async () => {
    const entry = (id: string, content: string, properties: object) => ({
      ...{ id, originalarrivaltime: '2026-05-13T05:26:40Z', messagetype: 'RichText/Html', from: '8:orgid:1' },
      ...{ content, properties },
    });
    const MessageList = [
      entry('1', '<p>now</p>', { edittime: '1778650100000' }),
      entry('2', '', { deletetime: '1778650200000' }),
    ];
    const conversations = [{ id: '19:abc@thread.v2', displayName: 'Roof', MessageList }];
    const { items, notes } = await runOf(skype, source({ userId: '8:me', exportDate: 'x', conversations }));
    expect(items.map(({ text, state }) => [text, state])).toEqual([
      ['now', 'edited'],
      [null, 'deleted'],
    ]);
    expect(notes).toEqual([]);
  });
});

describe('the package that Discord sends', () => {
  const list = [
    { ID: '1239999999999999999', Timestamp: '2026-05-13 09:14:22', Contents: 'hello', Attachments: '' },
  ];
  const files: Readonly<Record<string, unknown>> = {
    'channel.json': { id: '5', type: 'DM', recipients: ['7', '8'] },
    '../index.json': { 5: 'Direct Message with orlov' },
    '../../account/user.json': { id: '8' },
  };
  const beside = async (path: string) => (files[path] ? source(files[path], path) : null);

  test('is what its owner wrote, to whom, and says that the other half is missing', async () => {
    const { items, notes, seam } = await runOf(
      discordPackage,
      source(list, 'messages/c5/messages.json'),
      beside,
    );
    expect(seam).toBeNull();
    expect(items[0]).toMatchObject({
      conversation: { id: 'discord:5', name: 'orlov', isGroup: false },
      from: { isMe: true },
      to: [{ name: 'orlov', address: 'discord:7' }],
      sentAt: '2026-05-13T09:14:22+00:00',
      id: '1239999999999999999',
    });
    expect(codes(notes)).toEqual(['export-incomplete']);
  });

  test('an id that JSON cannot hold exactly is no id; the table of old packages keeps it', async () => {
    const inexact = JSON.stringify(list).replace('"1239999999999999999"', '1239999999999999999');
    expect((await runOf(discordPackage, source(inexact))).items[0]?.id).toBeNull();
    const table =
      'ID,Timestamp,Contents,Attachments\r\n1239999999999999999,2021-05-13 09:14:22.123000+00:00,"so ""he"",\nthen",\r\n';
    const { items, seam } = await runOf(discordTable, source(table, 'messages.csv'));
    expect(seam).toBeNull();
    expect(items).toMatchObject([
      { id: '1239999999999999999', text: 'so "he",\nthen', sentAt: '2021-05-13T09:14:22.123+00:00' },
    ]);
  });
});

test('a page of VK is read in the charset it is in, and a day that is no date stays as it stands', async () => {
  const page = (header: string) =>
    `<div class="message" data-id="1"><div class="message__header"><a href="https://vk.com/id9">Орлов</a>, ${header}</div><div>Где деньги?</div></div>`;
  const utf8 = await runOf(vk, source(page('13 мая 2026 в 9:14:22'), '9/messages0.html'));
  expect(utf8.items).toMatchObject([{ text: 'Где деньги?', sentAt: '2026-05-13T09:14:22' }]);
  const { items } = await runOf(vk, source(page('вчера в 9:14'), '9/messages0.html'));
  expect(items).toMatchObject([
    { sentAt: null, sentAtRaw: 'вчера в 9:14', issues: [{ code: 'date-unreadable' }] },
  ]);
});

test('in Zoom a name may hold a colon, and a line may state its day', async () => {
  const named = await runOf(
    zoom,
    source('09:15:00 From Dmitri: the boss to Everyone : hi: there\n', 'chat.txt'),
  );
  expect(named.items).toMatchObject([
    { from: { name: 'Dmitri: the boss' }, text: 'hi: there', sentAt: null },
  ]);
  const dated = await runOf(
    zoom,
    source('2026-05-13 09:15:00 From Orlov to Everyone:\n\thi\n', 'chat.txt'),
    nothingBeside,
    {
      zone: 'Europe/Helsinki',
      dateOrder: null,
    },
  );
  expect(dated.items).toMatchObject([{ text: 'hi', sentAt: '2026-05-13T09:15:00+03:00' }]);
  expect(dated.notes).toEqual([]);
});

test.each<[string, string, string, BufferEncoding?]>([
  ['msgstore.db.crypt14', 'x', 'an encrypted backup of WhatsApp'],
  ['signal-2026-05-13-10-00-00.backup', 'x', 'an encrypted backup of Signal'],
  ['letter.txt', '\ufeffDear all, see you on Monday.', 'text saved as UTF-16', 'utf16le'],
  ['chat.rtf', '{\\rtf1 hello}', 'a text of a word processor'],
  ['line.txt', '[LINE] Chat history with Orlov', 'a chat of LINE'],
  [
    'messages.json',
    '[{"conversationId":"c","body":"x","sent_at":1}]',
    'rows out of the database of Signal Desktop',
  ],
  ['element.json', '{"messages":[{"origin_server_ts":1}]}', 'an export of Element'],
  ['dated.txt', '13 May 2026 9:14 am, Orlov: hello\n', 'a chat as text'],
  ['copied.txt', 'Orlov, [13.05.2026 09:14]\nhello\n', 'messages copied out of Telegram by hand'],
  ['index-messages.html', '<div class="message-peer--id">x</div>', "the list of chats in VK's archive"],
])('%s: what it looks like and what to do is said', async (name, text, says, encoding) => {
  const [event] = await eventsOf(name, Buffer.from(text, encoding ?? 'utf8'));
  expect(event).toMatchObject({
    type: 'unreadable',
    issue: { code: 'unknown-format', message: expect.stringContaining(says) },
  });
});
