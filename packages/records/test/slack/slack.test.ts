import { expect, test } from 'vitest';
import { slack } from '../../src/slack/reader.ts';
import { shownText } from '../../src/slack/texts.ts';
import { bytesSource } from '../../src/source.ts';
import { besideFixture, fixture, runOf } from '../export-run.ts';

const DAY = 'slack/export/general/2026-05-12.json';
const run = (path = DAY) => runOf(slack, fixture(path), besideFixture(fixture(path)));

test('a day of a channel: people by name, instants out of the stamp, which stays text', async () => {
  const { items, seam, notes } = await run();
  expect([seam, notes]).toEqual([null, []]);
  expect(items[1]).toMatchObject({
    conversation: { id: 'slack:C0GENERAL', name: 'general', isGroup: true },
    from: { name: 'Dmitri Orlov', address: 'slack:U0ORLOV', isMe: false },
    id: '1778570050.551219',
    sentAt: '2026-05-12T07:14:10.551+00:00',
    replyTo: null,
  });
});

test('a text is shown as people saw it', async () => {
  const { texts } = await run();
  expect(texts[1]).toBe(
    '@Mira where is the login? See the page (https://example.com/a?b=1&c=2) in #general, 2 < 3 & so on @here',
  );
  expect(texts[4]).toBe('When shall we meet?');
});

test('threads, edits, deletions and the platform’s own lines are told apart', async () => {
  const { items } = await run();
  expect(items[0]).toMatchObject({ from: null, text: '@Dmitri Orlov has joined the channel' });
  expect(items[2]).toMatchObject({
    replyTo: '1778570050.551219',
    state: 'edited',
    editedAt: '2026-05-12T07:16:00+00:00',
  });
  expect(items[5]?.state).toBe('deleted');
});

test('files that the export does not hold are named with the reason', async () => {
  const { items } = await run();
  expect(items[3]?.files.map(({ name, path }) => [name, path])).toEqual([
    ['scan.pdf', null],
    [null, null],
    ['old.png', null],
  ]);
  expect(items[3]?.issues.map(({ message }) => message)).toEqual([
    expect.stringContaining('only a link'),
    expect.stringContaining('deleted'),
    expect.stringContaining('limit of the plan'),
  ]);
});

test('the key inside a link to a file is in nothing but the original bytes', async () => {
  const { items, contexts, notes } = await run();
  const told = JSON.stringify([items, contexts, notes]);
  expect(told).not.toMatch(/xoxe|xox[a-z]-|[?&]t=x/);
  expect(items[3]?.text).toContain('scan');
  expect(shownText('<https://youtu.be/x?t=42>', {})).toBe('https://youtu.be/x?t=42');
  const named =
    '[{"type":"message","ts":"1778570050.551219","user":"U1","username":"xoxb-12-secret","text":"key xoxp-99-abc","files":[{"name":"a?t=xoxe-1-b"}]}]';
  const second = await runOf(slack, bytesSource('general/2026-05-12.json', Buffer.from(named)));
  expect(JSON.stringify([second.items, second.contexts, second.notes])).not.toMatch(/xox[a-z]-/);
});

test('a talk between two is named by its people, and each is written to', async () => {
  const { items } = await run('slack/export/D0ORLOV/2026-05-12.json');
  expect(items[0]).toMatchObject({
    conversation: { id: 'slack:D0ORLOV', name: 'Mira, Dmitri Orlov', isGroup: false },
    to: [{ name: 'Mira', address: 'slack:U0MIRA' }],
  });
});

test('a day without users.json says what is missing', async () => {
  const { notes, items } = await runOf(slack, fixture(DAY));
  expect(notes).toEqual([{ code: 'export-incomplete', message: expect.stringContaining('users.json') }]);
  expect(items[1]?.from).toEqual({ name: null, address: 'slack:U0ORLOV', isMe: false });
});

const PROJECT = { conversation: { id: 'slack:C1', name: 'project', isGroup: true }, zone: null };
const entryOf = (entry: object) => slack.readItem(Buffer.from(JSON.stringify(entry)), PROJECT);

test('a change has the words as they are now, a deletion those that were taken back', () => {
  const message = { user: 'U1ORLOV', text: 'after', ts: '1778566440.000100' };
  const changed = { type: 'message', subtype: 'message_changed', ts: '1778566444.000100', message };
  const about = { from: { address: 'slack:U1ORLOV' }, sentAt: '2026-05-12T06:14:04+00:00' };
  expect(entryOf(changed)).toMatchObject({ ...about, text: 'after', state: 'edited' });
  const taken = { ...changed, subtype: 'message_deleted', message: undefined, previous_message: message };
  expect(entryOf(taken)).toMatchObject({ ...about, text: 'after', state: 'deleted' });
});

test('a text that was only laid out is read piece by piece', () => {
  const pieces = [
    { type: 'text', text: 'See ' },
    { type: 'link', url: 'https://a.example' },
  ];
  const section = { type: 'rich_text_section', elements: pieces };
  const blocks = [{ type: 'rich_text', elements: [section] }];
  expect(entryOf({ type: 'message', user: 'U1ORLOV', ts: '1778566447', text: '', blocks }).text).toBe(
    'See https://a.example',
  );
});
