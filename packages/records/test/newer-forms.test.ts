import { describe, expect, test } from 'vitest';
import { isMailItem } from '../src/container.ts';
import { discord } from '../src/discord/reader.ts';
import type { Beside } from '../src/exported.ts';
import { readerOf } from '../src/exports.ts';
import { instagram } from '../src/facebook/reader.ts';
import { googleChat } from '../src/google/reader.ts';
import { linkedin } from '../src/linkedin/reader.ts';
import { skype } from '../src/skype/reader.ts';
import { slack } from '../src/slack/reader.ts';
import { smsBackup } from '../src/sms/reader.ts';
import { bytesSource } from '../src/source.ts';
import { teamsTranscript } from '../src/teams/transcript.ts';
import { telegramJson } from '../src/telegram/json.ts';
import { whatsapp } from '../src/whatsapp/reader.ts';
import { eventsOf } from './containers.ts';
import { nothingBeside, runOf } from './export-run.ts';

const source = (value: unknown, name = 'export.json') =>
  bytesSource(name, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
const lying =
  (files: Readonly<Record<string, unknown>>): Beside =>
  async (path) =>
    Object.hasOwn(files, path) ? source(files[path], path) : null;

describe('Google Chat, out of Takeout', () => {
  const anna = { name: 'Anna Orlova', email: 'Anna@client.example', user_type: 'Human' };
  const mira = { name: 'Mira Lahti', email: 'mira@firm.example', user_type: 'Human' };
  const GROUP = { members: [anna, mira] };
  const at = (created_date: string, more: object = {}) => ({
    creator: anna,
    created_date,
    text: 'Well?',
    ...more,
  });
  const read = (messages: readonly unknown[], name = 'Google Chat/Groups/DM 4D1A/messages.json') =>
    runOf(googleChat, source({ messages }, name), lying({ 'group_info.json': GROUP }));

  test('both sides are told by their mail addresses, and a talk of two is one of two', async () => {
    const { items, seam } = await read([
      at('Tuesday, May 12, 2026 at 6:14:00\u202fAM UTC', { message_id: '4D1A/t/t' }),
    ]);
    expect(seam).toBeNull();
    expect(items).toMatchObject([
      {
        conversation: { id: 'google-chat:DM 4D1A', name: 'Anna Orlova, Mira Lahti', isGroup: false },
        from: { name: 'Anna Orlova', address: 'anna@client.example', isMe: false },
        to: [{ address: 'mira@firm.example' }],
        sentAt: '2026-05-12T06:14:00+00:00',
        text: 'Well?',
      },
    ]);
  });

  test.each([
    ['Tuesday, May 12, 2026 at 12:05:09 AM UTC', '2026-05-12T00:05:09+00:00'],
    ['Tuesday, May 12, 2026, 12:05:09 PM UTC', '2026-05-12T12:05:09+00:00'],
    ['Tuesday, 12 May 2026 at 22:41:03 UTC', '2026-05-12T22:41:03+00:00'],
    ['Tuesday, 31 February 2026 at 22:41:03 UTC', null],
    ['tiistai 12. toukokuuta 2026 klo 9.14.00 UTC+3', null],
  ])('%s is %s', async (stamp, sentAt) => {
    const { items } = await read([at(stamp)]);
    expect(items).toMatchObject([{ sentAt, sentAtRaw: stamp }]);
    expect(items[0]!.issues.map(({ code }) => code)).toEqual(sentAt === null ? ['date-unreadable'] : []);
  });

  test('answers, edits, deletions, signs and files say what they are', async () => {
    const when = 'Tuesday, May 12, 2026 at 6:14:00 AM UTC';
    const { items } = await read([
      at(when, {
        message_id: 's/t/m',
        updated_date: when,
        previous_message_versions: [{ text: 'Wel', created_date: when }],
      }),
      at(when, { message_id: 's/t/n', quoted_message_metadata: { message_id: 's/u/u' } }),
      at(when, { message_id: 's/t/o', text: undefined, message_state: 'DELETED' }),
      at(when, { text: '', attached_files: [{ original_name: 'plan.png', export_name: 'File-plan.png' }] }),
      at(when, { reactions: [{ emoji: { unicode: '👍' }, reactor_emails: ['mira@firm.example'] }] }),
      at(when, { text: '', annotations: [{ drive_metadata: { title: 'Budget' } }] }),
    ]);
    expect(items).toMatchObject([
      { state: 'edited', replyTo: 's/t/t', earlier: [{ text: 'Wel' }] },
      { state: null, replyTo: 's/u/u' },
      { state: 'deleted', text: null },
      { files: [{ name: 'plan.png', path: 'File-plan.png' }] },
      { reactions: [{ what: '👍', by: { name: 'Mira Lahti' } }] },
      { text: 'Budget' },
    ]);
  });

  test('what lies around the talks says what it is', async () => {
    for (const [name, value, says] of [
      ['user_info.json', { user: anna, membership_info: [] }, 'in Google Chat'],
      ['group_info.json', GROUP, 'in Google Chat'],
      ['Hangouts.json', { conversations: 1, conversation_state: [] }, 'Google Hangouts'],
    ] as const) {
      const [event] = await eventsOf(name, Buffer.from(JSON.stringify(value)));
      expect(event, name).toMatchObject({ issue: { message: expect.stringContaining(says) } });
    }
  });
});

describe('LinkedIn, its own download', () => {
  const HEAD =
    'CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT';
  const row = (more: Readonly<Record<string, string>> = {}) => {
    const cells = {
      ...{ id: '2-abc', title: '', from: 'Anna Orlova', profile: 'https://www.linkedin.com/in/Anna-Orlova/' },
      ...{ to: 'Mira Lahti', profiles: 'https://www.linkedin.com/in/miral', date: '2026-05-12 06:14:00 UTC' },
      ...{
        subject: '',
        content: '"Well,\nwhere is it?"',
        folder: 'INBOX',
        attachments: '',
        draft: 'No',
        ...more,
      },
    };
    return Object.values(cells).join(',');
  };
  const read = (...rows: readonly string[]) =>
    runOf(linkedin, source(`\ufeff${[HEAD, ...rows].join('\n')}\n`, 'messages.csv'));

  test('a row is a message with both people by their profiles, in UTC', async () => {
    const { items, seam, unreadable } = await read(row(), row({ from: 'LinkedIn Member', profile: '' }));
    expect([seam, unreadable]).toEqual([null, []]);
    expect(items).toMatchObject([
      {
        conversation: { id: 'linkedin:2-abc', isGroup: false },
        from: { name: 'Anna Orlova', address: 'linkedin:anna-orlova' },
        to: [{ name: 'Mira Lahti', address: 'linkedin:miral' }],
        ...{ sentAt: '2026-05-12T06:14:00+00:00', text: 'Well,\nwhere is it?', state: null, issues: [] },
      },
      { from: { name: 'LinkedIn Member', address: 'linkedin:name=LinkedIn Member' } },
    ]);
  });

  test('a page as words, a draft, a file that is a link, several people, and a row that is cut', async () => {
    const { items, unreadable, seam } = await read(
      row({ content: '"<p>Dear Mira,</p><p>an offer</p>"', draft: 'Yes' }),
      row({ attachments: 'https://www.linkedin.com/dms/prv/plan.pdf?x=1' }),
      row({
        to: '"Mira Lahti,Kai Aho"',
        profiles: '"https://linkedin.com/in/miral,https://linkedin.com/in/kai"',
      }),
      row({ date: 'yesterday' }),
      '2-abc,,Anna',
    );
    expect(items[0]).toMatchObject({
      state: 'draft',
      text: expect.stringMatching(/^Dear Mira,\n+an offer$/),
    });
    expect(items[1]).toMatchObject({
      files: [{ name: 'plan.pdf' }],
      issues: [{ code: 'file-not-exported' }],
    });
    expect(items[2]).toMatchObject({
      conversation: { isGroup: true },
      to: [{ name: 'Mira Lahti' }, { name: 'Kai Aho' }],
    });
    expect(items[3]).toMatchObject({
      sentAt: null,
      sentAtRaw: 'yesterday',
      issues: [{ code: 'date-unreadable' }],
    });
    expect([unreadable.length, seam]).toEqual([1, null]);
  });

  test('a table with other columns is not taken for it', () => {
    expect(linkedin.recognises(Buffer.from(HEAD), 'messages.csv')).toBe(true);
    expect(linkedin.recognises(Buffer.from('FROM,TO,DATE,CONTENT\n'), 'messages.csv')).toBe(false);
  });
});

describe('Skype', () => {
  const entry = (more: object) => ({
    ...{
      id: '1',
      originalarrivaltime: '2026-05-12T06:14:00Z',
      messagetype: 'RichText/UriObject',
      from: '8:orlov',
    },
    content:
      '<URIObject type="Picture.1" uri="https://api.asm.skype.com/v1/objects/0-weu-d1-abc"><OriginalName v="scan.png"/></URIObject>',
    ...more,
  });
  const read = (files: Readonly<Record<string, unknown>>, more: object = {}) =>
    runOf(
      skype,
      source(
        { userId: '8:me', exportDate: 'x', conversations: [{ id: '8:orlov', MessageList: [entry(more)] }] },
        'messages.json',
      ),
      lying(files),
    );

  test('a file is joined to its message by its number, the largest of its sizes', async () => {
    const files = {
      'media/0-weu-d1-abc.json': { filename: 'scan.webp' },
      'media/0-weu-d1-abc.1.webp': 'small',
      'media/0-weu-d1-abc.2.webp': 'the large one',
    };
    const { items } = await read(files);
    expect(items).toMatchObject([
      { files: [{ name: 'scan.png', path: 'media/0-weu-d1-abc.2.webp' }], issues: [] },
    ]);
    const listed = await read({ 'media/0-x.1.png': 'a' }, { content: '<URIObject>', amsreferences: ['0-x'] });
    expect(listed.items[0]?.files).toMatchObject([{ path: 'media/0-x.1.png' }]);
  });

  test('without it, or with a number that points elsewhere, it is named as missing', async () => {
    for (const files of [{}, { 'media/0-weu-d1-other.1.png': 'x' }])
      expect((await read(files)).items).toMatchObject([
        { files: [{ name: 'scan.png', path: null }], issues: [{ code: 'file-not-exported' }] },
      ]);
    const { items } = await read(
      { 'secret.1.png': 'x' },
      { amsreferences: ['../secret'], content: '<URIObject>' },
    );
    expect(items[0]?.files).toMatchObject([{ path: null }]);
  });
});

describe('Teams, out of an administrator’s search', () => {
  const page = (words: string) => `<!DOCTYPE html><html><body>${words}</body></html>`;
  const talk = '19:0123456789abcdef@thread.v2';

  test('a page of a conversation is kept whole and found by its words; nobody is guessed to have said them', async () => {
    const { items, seam } = await runOf(
      teamsTranscript,
      source(page(`<p>Conversation ${talk}</p><p>Anna: the roof leaks</p>`), 'Chat 1.html'),
    );
    expect(seam).toBeNull();
    expect(items).toMatchObject([
      {
        kind: 'document',
        from: null,
        to: [],
        text: expect.stringContaining('the roof leaks'),
        issues: [{ code: 'export-incomplete' }],
      },
    ]);
  });

  test('other pages are not taken for one, and the list beside it says what it is', async () => {
    const recognises = (text: string, name: string) => teamsTranscript.recognises(Buffer.from(text), name);
    expect(recognises(page(talk), 'a.html')).toBe(true);
    expect(recognises(page('hello'), 'Export/NativeFiles/1.html')).toBe(true);
    expect(recognises(page('hello'), 'a.html')).toBe(false);
    expect(recognises(`call me at ${talk}`, 'a.txt')).toBe(false);
    const [event] = await eventsOf(
      'Export_Loadfile_1.csv',
      Buffer.from('File ID,Conversation ID,Native file\n1,2,3\n'),
    );
    expect(event).toMatchObject({ issue: { message: expect.stringContaining('Purview') } });
  });
});

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
