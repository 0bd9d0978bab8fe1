import { describe, expect, test } from 'vitest';
import { isMailItem } from '../src/container.ts';
import { discord } from '../src/discord/reader.ts';
import { readerOf } from '../src/exports.ts';
import { instagram } from '../src/facebook/reader.ts';
import { slack } from '../src/slack/reader.ts';
import { smsBackup } from '../src/sms/reader.ts';
import { bytesSource } from '../src/source.ts';
import { telegramJson } from '../src/telegram/json.ts';
import { whatsapp } from '../src/whatsapp/reader.ts';
import { eventsOf } from './containers.ts';
import { nothingBeside, runOf } from './export-run.ts';

const source = (value: unknown, name = 'export.json') =>
  bytesSource(name, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('what programs of today write into exports that were read before', () => {
  test('Google Messages hides a key in the subject of a message of RCS: it is no subject', async () => {
    const mms = (sub: string) =>
      `<mms date="1778570100000" msg_box="1" address="+358401234567" sub="${sub}" m_type="132"><parts><part seq="0" ct="text/plain" text="Well?"/></parts><addrs><addr address="+358401234567" type="137"/></addrs></mms>`;
    const { items } = await runOf(
      smsBackup,
      source(
        `<?xml version='1.0'?><smses count="2">${mms('proto:CjoKImNvbS5nb29nbGU=')}${mms('Roof')}</smses>`,
        'sms.xml',
      ),
    );
    expect(items.map(({ subject, text }) => [subject, text])).toEqual([
      [null, 'Well?'],
      ['Roof', 'Well?'],
    ]);
  });

  test('Telegram: a list of tasks, a gift, a paid picture and a passed-on story are told, and nothing stops', async () => {
    const entry = (id: number, more: object) => ({
      ...{ id, type: 'message', date_unixtime: '1778650000', from: 'Orlov', from_id: 'user1', text: '' },
      ...more,
    });
    const messages = [
      entry(1, { todo_list: { title: 'Work', answers: [{ id: 1, text: 'roof' }] } }),
      { ...entry(2, { type: 'service', action: 'send_star_gift', actor: 'Orlov', actor_id: 'user1' }) },
      entry(3, {
        paid_stars_amount: 50,
        media_type: 'photo',
        photo: '(File not included. Change data exporting settings to download.)',
      }),
      entry(4, { text: 'see', reply_to_peer_id: 'channel2', reply_to_message_id: 9, quote_text: 'q' }),
      entry(5, {
        text: 'x',
        via_bot: '@bot',
        inline_bot_buttons: [[{ type: 'url', text: 'Pay', data: 'https://x.example' }]],
      }),
    ];
    const { items, seam } = await runOf(
      telegramJson,
      source({ name: 'O', type: 'personal_chat', id: 1, messages }),
    );
    expect(seam).toBeNull();
    expect(items.map(({ text }) => text)).toEqual([
      'Work\n- roof',
      'Orlov: send star gift',
      null,
      'see',
      'x',
    ]);
    expect(items[2]).toMatchObject({ issues: [{ code: 'file-not-exported' }] });
  });

  test('WhatsApp: names that are only chosen, lines of communities and channels, and a poll', async () => {
    const chat = [
      '[12/05/2026, 09:14:00] \u200eMessages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them.',
      '[12/05/2026, 09:15:00] ~\u202fAnna Orlova: Well?',
      '[12/05/2026, 09:16:00] Mira: \u200ePOLL:',
      'Which day?',
      '\u200eOPTION: Monday (1 vote)',
      '\u200eOPTION: Friday (0 votes)',
      '[31/05/2026, 09:17:00] Mira: Done.',
    ];
    const { items, seam } = await runOf(whatsapp, source(`${chat.join('\r\n')}\r\n`, '_chat.txt'));
    expect(seam).toBeNull();
    expect(items.map(({ from }) => from?.name ?? null)).toEqual([null, '~ Anna Orlova', 'Mira', 'Mira']);
    expect(items[2]?.text).toContain('Monday (1 vote)');
  });

  test('Slack: a canvas is a file, a huddle is a call, and a workflow speaks', async () => {
    const says = { type: 'message', ts: '1778640001.000001' };
    const day = [
      {
        ...says,
        user: 'U1ORLOV',
        text: '',
        files: [{ id: 'F1', mode: 'quip', filetype: 'quip', title: 'Plan of the roof' }],
      },
      {
        ...says,
        user: 'USLACKBOT',
        subtype: 'huddle_thread',
        text: '',
        room: { date_start: 1778640000, date_end: 1778640060 },
      },
      {
        ...says,
        subtype: 'bot_message',
        bot_id: 'B1FORMS',
        username: 'Forms',
        text: '',
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'New request' } }],
      },
    ];
    const { items } = await runOf(slack, source(day, 'general/2026-05-12.json'), nothingBeside);
    expect(items).toMatchObject([
      { kind: 'message', files: [{ name: 'Plan of the roof' }] },
      { kind: 'call', durationSec: 60 },
      { from: { name: 'Forms' }, text: 'New request' },
    ]);
  });

  test('Discord: what was passed on has the words and files of the message it passes on', async () => {
    const message = {
      ...{
        id: '1',
        type: 'Default',
        timestamp: '2026-05-12T09:14:00+03:00',
        content: '',
        author: { id: '1', name: 'orlov' },
      },
      reference: { messageId: null, channelId: '9', guildId: null },
      forwardedMessage: {
        ...{ timestamp: '2026-05-11T09:14:00+03:00', content: 'the roof leaks' },
        attachments: [
          {
            id: '2',
            url: 'https://cdn.discordapp.com/a/b/plan.png?ex=1',
            fileName: 'plan.png',
            fileSizeBytes: 3,
          },
        ],
      },
    };
    const chat = {
      guild: { id: '0', name: 'x' },
      channel: { id: '5', type: 'DirectTextChat', name: 'orlov' },
      messages: [message],
    };
    const { items } = await runOf(discord, source(chat));
    expect(items).toMatchObject([
      { subject: 'Forwarded', text: 'the roof leaks', files: [{ name: 'plan.png' }] },
    ]);
  });

  test('Instagram: a message without words that is a like, a call, or was shared says what it is', async () => {
    const says = { sender_name: 'Anna', timestamp_ms: 1778570000000 };
    const messages = [
      { ...says, share: { link: 'https://www.instagram.com/reel/x/', share_text: 'roof' } },
      { ...says, content: 'Anna started a video call', call_duration: 65 },
      { ...says, content: 'Liked a message' },
      {
        ...says,
        is_geoblocked_for_viewer: false,
        is_unsent_image_by_messenger_kid_parent: false,
        photos: [{ uri: 'your_instagram_activity/messages/inbox/anna_1/photos/1.jpg' }],
      },
    ];
    const thread = {
      participants: [{ name: 'Anna' }, { name: 'Mira' }],
      messages,
      thread_path: 'inbox/anna_1',
    };
    const { items, notes } = await runOf(
      instagram,
      source(thread, 'your_instagram_activity/messages/inbox/anna_1/message_1.json'),
    );
    expect(notes).toEqual([]);
    expect(items).toMatchObject([
      { text: 'roof\nhttps://www.instagram.com/reel/x/' },
      { kind: 'call', durationSec: 65 },
      { text: 'Liked a message' },
      { files: [{ path: 'photos/1.jpg' }] },
    ]);
  });

  test.each([
    ['canvases.json', '[{"id":"F1","title":"Plan"}]', 'a list of a Slack export'],
    ['integration_logs.json', '[{"user_id":"U1","date":"1"}]', 'a list of a Slack export'],
    ['Viber messages.csv', '"a";"b"\n', 'Viber'],
    [
      'messages.csv',
      '\xef\xbb\xbf12/05/2026,09:14:22,Anna,+358401234567,Well?\r\nTwo lines\r\n12/05/2026,09:15:03,Me,+358407654321,Yes, today\r\n',
      'a chat of Viber',
    ],
    ['chat.txt', 'Well,12/05/2026,09:14:22,Anna,1,2\n', 'no kind of file'],
    ['data.db', 'SQLite format 3\0 CREATE TABLE ChatRelation (ChatID', 'the database of Viber'],
    ['other.db', 'SQLite format 3\0 CREATE TABLE Relations (ChatID', 'no table of messages'],
    ['chat.html', '<html><div class="message__header">x</div></html>', 'a saved chat page'],
    ['msgstore.db', 'SQLite format 3\0 message_media', 'WhatsApp on Android'],
    ['2026.rar', 'Rar!\x1a\x07', 'pack it as a zip'],
  ])('%s says what it looks like', async (name, text, says) => {
    const [event] = await eventsOf(name, Buffer.from(text, 'latin1'));
    expect(event).toMatchObject({
      issue: { code: 'unknown-format', message: expect.stringContaining(says) },
    });
  });

  test('Instagram’s pages are its own, and not Facebook’s, by where they lie or what they link to', async () => {
    const page = (link: string) =>
      `<div class="pam _3-95 _2ph- _a6-g uiBoxWhite"><div class="_2ph_ _a6-h">Anna</div><div class="_2ph_ _a6-p"><div>Well? <a href="${link}">x</a></div></div><div class="_3-94 _a6-o">May 12, 2026 9:14 am</div></div>`;
    const instagram = 'https://www.instagram.com/reel/x/';
    const formatOf = async (name: string, link: string) => {
      const events = await eventsOf(name, Buffer.from(page(link)));
      return events.flatMap((event) =>
        event.type === 'item' && !isMailItem(event)
          ? [[event.format, readerOf(event.format)!.readItem(event.bytes, event.context).from?.address]]
          : [],
      );
    };
    const own = [['instagram-html', 'instagram:name=Anna']];
    const theirs = [['facebook-html', 'facebook:name=Anna']];
    expect(await formatOf('message_1.html', instagram)).toEqual(own);
    expect(
      await formatOf('your_instagram_activity/messages/inbox/a_1/message_1.html', 'https://x.example'),
    ).toEqual(own);
    expect(await formatOf('your_facebook_activity/messages/inbox/a_1/message_1.html', instagram)).toEqual(
      theirs,
    );
    expect(await formatOf('message_1.html', 'https://x.example')).toEqual(theirs);
  });
});
