import { describe, expect, test } from 'vitest';
import { signalApp } from '../../src/signal/app.ts';
import { signalText } from '../../src/signal/text.ts';
import { bytesSource } from '../../src/source.ts';
import { fixture, nothingBeside, runOf } from '../export-run.ts';

const codes = (issues: readonly { code: string }[]) => issues.map(({ code }) => code);

describe('chats that Signal itself exported', () => {
  const run = () => runOf(signalApp, fixture('signal/main.jsonl'));

  test('every message is one item, named out of the lines before it', async () => {
    const { items, seam, unreadable } = await run();
    expect([seam, unreadable]).toEqual([null, []]);
    expect(items.map(({ text }) => text)).toEqual([
      'Where is the login?',
      'Line 4.',
      null,
      null,
      'Hello all.',
      'identity update',
    ]);
    const orlov = { name: 'Dmitri Orlov', address: '+358401234567', isMe: false };
    expect(items[0]).toMatchObject({
      from: orlov,
      to: [{ name: 'Mira Lahti', isMe: true }],
      sentAt: '2026-05-12T07:15:00+00:00',
    });
    expect(items[1]).toMatchObject({
      from: { name: 'Mira Lahti', isMe: true },
      to: [orlov],
      replyTo: '1778570100000',
    });
    expect(items[4]).toMatchObject({
      conversation: { name: 'Release', isGroup: true },
      from: { name: 'Anna', address: 'signal:10111213-1415-1617-1819-1a1b1c1d1e1f' },
    });
  });

  test('an edited message was sent when its first state was; deleted and missed ones say so', async () => {
    const { items } = await run();
    expect(items[1]).toMatchObject({
      state: 'edited',
      sentAt: '2026-05-12T07:16:40+00:00',
      editedAt: '2026-05-12T07:18:20+00:00',
      earlier: [{ text: 'Line 3.', at: '2026-05-12T07:16:40+00:00' }],
    });
    expect(items[1]?.files).toEqual([{ name: 'plan.png', mediaType: 'image/png', path: null, bytes: null }]);
    expect(items[2]?.state).toBe('deleted');
    expect(items[3]).toMatchObject({ kind: 'call', state: 'missed' });
    expect(items[5]?.from).toBeNull();
  });

  test('a damaged line is unreadable with its place, and the rest is read', async () => {
    const text = Buffer.from(await fixture('signal/main.jsonl').read(0, 1e6))
      .toString()
      .replace('"Line 4."', '"Line 4.');
    const broken = await runOf(signalApp, bytesSource('main.jsonl', Buffer.from(text)));
    expect(broken.items).toHaveLength(5);
    expect(broken.unreadable).toHaveLength(1);
    expect(broken.seam).toBeNull();
  });

  test('messages of a chat that is not described say that a part is missing', async () => {
    const line =
      '{"chatItem":{"chatId":"77","authorId":"2","dateSent":"1778570100000","incoming":{},"standardMessage":{"text":{"body":"Hi"}}}}\n';
    const { notes, items } = await runOf(signalApp, bytesSource('main.jsonl', Buffer.from(line)));
    expect(items[0]).toMatchObject({ text: 'Hi', from: null });
    expect(codes(notes)).toEqual(['export-incomplete']);
  });
});

describe('a chat out of signal-export', () => {
  test('messages run over lines; files are told from words', async () => {
    const run = await runOf(signalText, fixture('signal/chat.md'));
    expect(run.seam).toBeNull();
    expect(run.texts).toEqual(['Where is the login?\nThird time I ask.', 'In line 4: see here.', null]);
    expect(run.items[1]?.files).toMatchObject([{ name: 'plan.png', path: 'media/2026-05-12_plan 1.png' }]);
    expect(run.items[1]).toMatchObject({ from: { isMe: true }, to: [{ name: 'Dmitri Orlov', isMe: false }] });
    expect(run.items[0]).toMatchObject({ sentAt: '2026-05-12T09:14:00', conversation: { name: 'signal' } });
    expect(codes(run.notes)).toEqual(['date-unknown-zone']);
  });

  test('an export made after the app moved its texts is empty, and that is an error', async () => {
    const text = '[2026-05-12, 09:14] Dmitri Orlov: \n[2026-05-12, 09:15] Me: \n';
    const settings = { zone: 'Europe/Helsinki', dateOrder: null };
    const { notes } = await runOf(
      signalText,
      bytesSource('Orlov/chat.md', Buffer.from(text)),
      nothingBeside,
      settings,
    );
    expect(codes(notes)).toEqual(['export-empty']);
  });
});
