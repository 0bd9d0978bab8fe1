import { describe, expect, test } from 'vitest';
import { discord } from '../src/discord/reader.ts';
import type { ExportReader } from '../src/exported.ts';
import { facebookHtml } from '../src/facebook/html.ts';
import { facebook, instagram } from '../src/facebook/reader.ts';
import { signalApp } from '../src/signal/app.ts';
import { signalText } from '../src/signal/text.ts';
import { skype } from '../src/skype/reader.ts';
import { slack } from '../src/slack/reader.ts';
import { bytesSource } from '../src/source.ts';
import { teams } from '../src/teams/reader.ts';
import { telegramHtml } from '../src/telegram/html.ts';
import { telegramJson } from '../src/telegram/json.ts';
import { nothingBeside, runOf } from './export-run.ts';

/** What each entry says of signs under it: sign, whose, when; `× 3` for three who are not named. */
async function signsIn(reader: ExportReader, value: unknown, name = 'export.json') {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const { items, seam } = await runOf(reader, bytesSource(name, bytes), nothingBeside);
  expect(seam).toBeNull();
  return items.map(({ reactions }) =>
    reactions?.map(({ what, by, count, at }) => [what, by?.name ?? by?.address ?? `× ${count}`, at]),
  );
}

describe('a sign that somebody set under an entry is told with whose it is and when, as far as the export says', () => {
  test('Telegram names the newest and counts the others', async () => {
    const entry = (id: number, more: object) => ({
      ...{ id, type: 'message', date_unixtime: '1778650000', from: 'Orlov', from_id: 'user1', text: 'Well?' },
      ...more,
    });
    const anna = { from: 'Anna', from_id: 'user2', date: '2026-05-12T09:14:00' };
    const reactions = [
      { type: 'emoji', count: 3, emoji: '👍', recent: [anna] },
      { type: 'custom_emoji', count: 1, document_id: '(File not included.)' },
      { type: 'paid', count: 2 },
    ];
    const chat = {
      name: 'Orlov',
      type: 'private_group',
      id: 1,
      messages: [entry(1, { reactions }), entry(2, {})],
    };
    expect(await signsIn(telegramJson, chat)).toEqual([
      [
        ['👍', 'Anna', '2026-05-12T09:14:00'],
        ['👍', '× 2', null],
        ['custom emoji', '× 1', null],
        ['paid', '× 2', null],
      ],
      undefined,
    ]);
  });

  test('Telegram’s pages show who it was in the titles of pictures', async () => {
    const picture = (name: string) =>
      `<div class="userpic userpic2"><div class="initials" title="${name}">A</div></div>`;
    const sign = (inner: string) => `<span class="reaction"><span class="emoji">👍</span>${inner}</span>`;
    const page = (signs: string) =>
      `<div class="page_header"><div class="text bold">Orlov</div></div>
<div class="message default clearfix" id="message1"><div class="body">
<div class="pull_right date details" title="12.05.2026 09:14:00 UTC+03:00">09:14</div>
<div class="from_name">Orlov</div><div class="text">Well?</div>${signs}</div></div>`;
    const named = sign(`<span class="userpics">${picture('Anna')}</span><span class="count">4</span>`);
    expect(
      await signsIn(telegramHtml, page(`<span class="reactions">${named}</span>`), 'messages.html'),
    ).toEqual([
      [
        ['👍', 'Anna', null],
        ['👍', '× 3', null],
      ],
    ]);
    expect(await signsIn(telegramHtml, page(''), 'messages.html')).toEqual([undefined]);
  });

  test('Signal states the moment; the text tool writes a line of its own, which is none of the author’s words', async () => {
    const lines = [
      { account: { profileKey: 'AA==', givenName: 'Mira' } },
      { recipient: { id: '1', self: {} } },
      { recipient: { id: '2', contact: { e164: '358401234567', profileGivenName: 'Dmitri' } } },
      { recipient: { id: '3', contact: { e164: '358407654321', profileGivenName: 'Anna' } } },
      { chat: { id: '10', recipientId: '2' } },
      {
        chatItem: {
          ...{ chatId: '10', authorId: '2', dateSent: '1778570100000', incoming: {} },
          standardMessage: {
            text: { body: 'Done?' },
            reactions: [
              { emoji: '👍', authorId: '1', sentTimestamp: '1778570160000', sortOrder: '1' },
              { emoji: '🎉', authorId: '3', sentTimestamp: '1778570170000' },
            ],
          },
        },
      },
    ];
    expect(await signsIn(signalApp, lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual([
      [
        ['👍', 'Mira', '2026-05-12T07:16:00+00:00'],
        ['🎉', 'Anna', '2026-05-12T07:16:10+00:00'],
      ],
    ]);
    const chat = Buffer.from(
      '[2026-05-12, 09:14] Me: Line 4.\n(- Dmitri: 👍, Anna: ❤️ -)\n[2026-05-12, 09:15] Me: Sums\n(- net: 5, gross: 6 -)\n',
    );
    const { items } = await runOf(signalText, bytesSource('chat.md', chat), nothingBeside);
    expect(items.map(({ text }) => text)).toEqual(['Line 4.', 'Sums\n(- net: 5, gross: 6 -)']);
    expect(items[0]?.reactions?.map(({ what, by }) => [what, by?.name])).toEqual([
      ['👍', 'Dmitri'],
      ['❤️', 'Anna'],
    ]);
    expect(items[1]?.reactions).toBeUndefined();
  });

  test('Slack names each by id, and says no time', async () => {
    const day = [
      {
        ...{ type: 'message', user: 'U0ORLOV', ts: '1778640001.000001', text: 'Well?' },
        reactions: [{ name: 'tada', users: ['U0MIRA', 'U0ANNA'], count: 3 }],
      },
      { type: 'message', user: 'U0ORLOV', ts: '1778640002.000001', text: 'Hello', reactions: [] },
    ];
    expect(await signsIn(slack, day)).toEqual([
      [
        [':tada:', 'slack:U0MIRA', null],
        [':tada:', 'slack:U0ANNA', null],
        [':tada:', '× 1', null],
      ],
      undefined,
    ]);
  });

  test('Discord names people where the tool was asked for them, and counts them where not', async () => {
    const entry = (id: string, reactions: readonly object[]) => ({
      ...{ id, type: 'Default', timestamp: '2026-05-12T09:14:00+03:00', content: 'Well?' },
      ...{ author: { id: '1', name: 'orlov' }, reactions },
    });
    const emoji = { id: '', name: '👍', code: 'thumbsup' };
    const messages = [
      entry('1', [{ emoji, count: 2, users: [{ id: '2', name: 'anna', nickname: 'Anna' }] }]),
      entry('2', [{ emoji: { id: '77', name: 'boat' }, count: 42 }]),
    ];
    const chat = {
      guild: { id: '0', name: 'x' },
      channel: { id: '5', type: 'DirectGroupTextChat' },
      messages,
    };
    expect(await signsIn(discord, chat)).toEqual([
      [
        ['👍', 'Anna', null],
        ['👍', '× 1', null],
      ],
      [[':boat:', '× 42', null]],
    ]);
  });

  test('Facebook and Instagram mend names and signs alike; a page has them as a list', async () => {
    const broken = (text: string) => Buffer.from(text).toString('latin1');
    const entry = (reactions: readonly object[]) => ({
      ...{ sender_name: 'Anna', timestamp_ms: 1778570000000, content: 'Well?', reactions },
    });
    const thread = (messages: readonly object[]) => ({
      participants: [{ name: 'Anna' }, { name: 'Mira' }],
      messages,
    });
    const signs = [{ reaction: broken('👍'), actor: broken('Äijä'), timestamp: 1778570060 }];
    const told = [[['👍', 'Äijä', '2026-05-12T07:14:20+00:00']], undefined];
    expect(await signsIn(facebook, thread([entry(signs), entry([])]), 'message_1.json')).toEqual(told);
    expect(await signsIn(instagram, thread([entry(signs), entry([])]), 'instagram/message_1.json')).toEqual(
      told,
    );
    const page = (list: string) =>
      `<div class="pam _3-95 _2ph- _a6-g uiBoxWhite"><div class="_2ph_ _a6-h">Anna</div><div class="_2ph_ _a6-p"><div>Well?</div>${list}</div><div class="_3-94 _a6-o">May 12, 2026 9:14 am</div></div>`;
    const list = '<ul class="_a6-q"><li><span>❤️Mira Lahti</span></li><li>more of it</li></ul>';
    expect(await signsIn(facebookHtml, page(list), 'message_1.html')).toEqual([[['❤️', 'Mira Lahti', null]]]);
    expect(await signsIn(facebookHtml, page(''), 'message_1.html')).toEqual([undefined]);
  });

  test('Teams states kind, person and moment; Skype its own id of the person', async () => {
    const message = (id: string, reactions: readonly object[]) => ({
      ...{ id, messageType: 'message', createdDateTime: '2026-05-12T06:14:00Z', chatId: '19:x@thread.v2' },
      ...{
        from: { user: { id: 'u1', displayName: 'Dmitri Orlov' } },
        body: { contentType: 'text', content: 'Well?' },
      },
      reactions,
    });
    const sign = {
      ...{ reactionType: 'like', createdDateTime: '2026-05-12T06:15:00Z' },
      user: { user: { id: 'u1', displayName: null } },
    };
    expect(await signsIn(teams, [message('1', [sign]), message('2', [])])).toEqual([
      [['like', 'Dmitri Orlov', '2026-05-12T06:15:00Z']],
      undefined,
    ]);
    const emotions = [{ key: 'heart', users: [{ mri: '8:anna', time: 1778570100000 }] }];
    const entry = (id: string, properties: object | null) => ({
      ...{ id, originalarrivaltime: '2026-05-12T06:14:00Z', messagetype: 'RichText', from: '8:orlov' },
      ...{ content: 'Well?', properties },
    });
    const MessageList = [
      entry('1', { emotions }),
      entry('2', { emotions: JSON.stringify(emotions) }),
      entry('3', null),
    ];
    const told = [['heart', 'skype:anna', '2026-05-12T07:15:00+00:00']];
    const chat = { userId: '8:mira', exportDate: 'x', conversations: [{ id: '8:orlov', MessageList }] };
    expect(await signsIn(skype, chat)).toEqual([told, told, undefined]);
  });
});
