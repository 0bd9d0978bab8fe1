import { expect, test } from 'vitest';
import { teams } from '../../src/teams/reader.ts';
import { fixture, runOf } from '../export-run.ts';

const run = () => runOf(teams, fixture('teams/messages.json'));

test('a chat of a tenant’s export: words out of HTML, both sides of a talk between two', async () => {
  const { items, seam } = await run();
  expect(seam).toBeNull();
  expect(items[0]).toMatchObject({
    text: 'Where is the login?\n\nThird time.',
    sentAt: '2026-05-12T06:14:00.5+00:00',
    from: { name: 'Dmitri Orlov', address: 'teams:22222222-2222-2222-2222-222222222222' },
    to: [{ name: 'Mira Lahti', address: 'teams:11111111-1111-1111-1111-111111111111' }],
    conversation: { isGroup: false },
  });
});

test('edits, answers, deletions and files are told', async () => {
  const { items } = await run();
  expect(items[1]).toMatchObject({
    state: 'edited',
    editedAt: '2026-05-12T06:20:00+00:00',
    replyTo: '1',
    files: [],
  });
  expect(items[2]).toMatchObject({ state: 'deleted', text: null });
  expect(items[3]).toMatchObject({
    files: [{ name: 'plan.docx', path: null }],
    issues: [{ code: 'file-not-exported' }],
  });
});

test('events have no sender; a call has its length', async () => {
  const { items } = await run();
  expect(items[4]).toMatchObject({ kind: 'call', from: null, durationSec: 63 });
  expect(items[5]).toMatchObject({ from: null, text: 'Mira Lahti: Members added: Dmitri Orlov' });
});
