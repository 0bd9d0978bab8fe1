import { expect, test } from 'vitest';
import { atEnd } from '../support/at-end.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openTestApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { letterWriter } from './letters.ts';
import { mailboxAt, mailTaker } from './mail-taker.ts';

const database = await testDatabase();
const dataDir = temporaryFolder();

test('a letter that waits while the program ends leaves after the next start, once', async () => {
  const server = await mailTaker();
  const night = seededChance('at night');
  night.setClock(Date.parse('2026-05-16T20:00:00Z'));
  const first = await openTestApp(database.connection, { dataDir, chance: night });
  await database.pool.query(
    "UPDATE workspaces SET name = 'Studio Kivi', own_addresses = '{me@firm.example}'",
  );
  await first.ask('POST', '/api/mailboxes', mailboxAt(server.port));
  const { id, path } = await (await letterWriter(first, night.now))('orlov@client.example');
  expect(await first.ask('POST', `${path}/send`, { atOpening: true })).toMatchObject({ waits: true });
  await first.close();

  const morning = seededChance('on Monday');
  morning.setClock(Date.parse('2026-05-18T10:00:00Z'));
  const again = await openTestApp(database.connection, { dataDir, chance: morning });
  atEnd(() => again.close());
  // Nobody asks: it is found due at the start.
  await expect.poll(() => server.mails.length, { timeout: 30_000 }).toBe(1);
  await again.lookAtClocks();
  expect(server.mails).toHaveLength(1);
  const { waits, items } = await again.ask<{ waits: { state: string }[]; items: { state: string }[] }>(
    'GET',
    `/api/sendings?procedure=${id}`,
  );
  expect([waits, items]).toMatchObject([[{ state: 'left' }], [{ state: 'accepted' }]]);
});
