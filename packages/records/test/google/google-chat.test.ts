import { describe, expect, test } from 'vitest';
import type { Beside } from '../../src/exported.ts';
import { googleChat } from '../../src/google/reader.ts';
import { bytesSource } from '../../src/source.ts';
import { eventsOf } from '../containers.ts';
import { runOf } from '../export-run.ts';

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
    ['tiistai 12. toukokuuta 2026 klo 6.14.00 UTC', '2026-05-12T06:14:00+00:00'],
    ['tiistai 12. toukokuuta 2026 klo 9.14.00 UTC+3', null],
    ['вторник, 12 мая 2026 г. в 6:14:00 UTC', '2026-05-12T06:14:00+00:00'],
    ['2015. február 15., vasárnap 21:54:36 UTC', '2015-02-15T21:54:36+00:00'],
    ['martes, 12 de mayo de 2026, 6:14:00 p.\u00a0m. UTC', '2026-05-12T18:14:00+00:00'],
    ['Dienstag, 31. Februar 2026 um 06:14:00 UTC', null],
    ['Dienstag, 12. Wonnemond 2026 um 06:14:00 UTC', null],
    ['2026年5月12日火曜日 6時14分00秒 UTC', null],
  ])('%s is %s', async (stamp, sentAt) => {
    const { items } = await read([at(stamp)]);
    expect(items).toMatchObject([{ sentAt, sentAtRaw: stamp }]);
    expect(items[0]!.issues.map(({ code }) => code)).toEqual(sentAt === null ? ['date-unreadable'] : []);
  });

  test.each('en-US en-GB ru uk fi sv nb da et de nl fr es es-MX it pt-BR pt-PT pl cs hu'.split(' '))(
    'every month is read as it is written in %s, before and after noon',
    async (language) => {
      const written = new Intl.DateTimeFormat(language, {
        ...{ dateStyle: 'full', timeStyle: 'long', timeZone: 'UTC' },
      });
      const times = Array.from({ length: 24 }, (_, i) =>
        Date.UTC(2026, i % 12, i + 1, i < 12 ? 6 : 18, 4, 5),
      );
      const { items } = await read(times.map((time) => at(written.format(time))));
      expect(items.map(({ sentAt }) => Date.parse(sentAt!))).toEqual(times);
    },
  );

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
