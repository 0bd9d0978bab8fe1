import { expect, test } from 'vitest';
import { stated } from '../../src/kernel/instant.ts';
import { accept, refuse } from '../../src/kernel/outcome.ts';
import { type ByHand, recordByHand, recordByHandIn } from '../../src/modules/interaction/by-hand.actions.ts';
import { deciding } from '../../src/modules/ledger/deciding.actions.ts';
import { LOCAL_OWNER } from '../../src/modules/ledger/ledger.ts';
import type { PartyId } from '../../src/modules/party/party.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);
const { id: party } = await app.ask<{ id: PartyId }>('POST', '/api/parties', { name: 'Kalle Virtanen' });

function letter(): ByHand {
  const bytes = Buffer.from(
    'From: me@studio.example\r\nTo: kalle@firm.example\r\nMessage-ID: <letter-1@studio.example>\r\n' +
      'Date: Mon, 11 May 2026 09:00:00 +0300\r\nSubject: Our call\r\n\r\nThis is what we agreed.\r\n',
  );
  return {
    kind: 'document',
    direction: 'outbound',
    partyIds: [party],
    at: stated('2026-05-11T09:05:00+03:00', 'stated-by-person')!,
    durationMin: null,
    channel: 'mail',
    people: [],
    subject: 'Our call',
    text: 'This is what we agreed.',
    quotes: [],
    outcome: null,
    original: { bytes, mediaType: 'message/rfc822' },
    attachments: [],
  };
}

test('a letter that was handed over is an exhibit with its exact bytes, its text and its own Message-ID', async () => {
  const kept = await recordByHand(app.ledger, app.sealer, LOCAL_OWNER, letter());
  expect(kept).toMatchObject({ ok: true });
  const id = kept.ok ? kept.value.id : '';
  const original = await (await app.call('GET', `/api/interactions/${id}/original`)).text();
  expect(original).toBe(Buffer.from(letter().original!.bytes).toString());
  const detail = await app.ask<{ text: string; times: { sent: { at: string } } }>(
    'GET',
    `/api/interactions/${id}`,
  );
  expect(detail.text).toBe('This is what we agreed.');
  expect(detail.times.sent.at).toBe('2026-05-11T06:05:00.000Z');
});

test('a record by hand inside a decision stands or falls with it', async () => {
  const count = async () =>
    (await database.pool.query('SELECT count(*)::int AS n FROM interactions')).rows[0].n as number;
  const before = await count();
  const fallen = await deciding(app.ledger, LOCAL_OWNER, `party:${party}`, async (book) => {
    const kept = await recordByHandIn(app.ledger, book, letter());
    expect(kept.ok).toBe(true);
    return refuse('changed-my-mind');
  });
  expect(fallen).toMatchObject({ ok: false, reason: 'changed-my-mind' });
  expect(await count()).toBe(before);
  await deciding(app.ledger, LOCAL_OWNER, `party:${party}`, async (book) => {
    const kept = await recordByHandIn(app.ledger, book, letter());
    return kept.ok ? accept(kept.value.id) : kept;
  });
  expect(await count()).toBe(before + 1);
});
