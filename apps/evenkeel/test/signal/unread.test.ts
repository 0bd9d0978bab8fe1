import { expect, test } from 'vitest';
import type { Reader } from '../../src/modules/signal/reader.ts';
import { signalFollower } from '../../src/modules/signal/signal.follower.ts';
import { replay } from '../../src/replay.ts';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);

type Page = {
  items: { quote: string; interactionId: string }[];
  read: number;
  outdated: number;
  unattributed: number;
};
const page = async (name: string) => {
  const { id } = await app.ask<{ id: string }>('GET', `/api/parties/meant?word=${name}`);
  return app.ask<Page>('GET', `/api/parties/${id}/signals`);
};

test('what came while no engine could be had waits to be read, and is read when it is back', async () => {
  const folder = filesIn(temporaryFolder(), { 'a.eml': mail({ body: 'Pay, or I will see you in court.' }) });
  await app.bringIn({ paths: [folder], me: ['me@firm.example'] });
  const before = await page('Orlov');
  expect(before.items.length).toBeGreaterThan(0);
  const gone: Reader = { read: () => Promise.reject(new Error('a file is gone')), close: async () => {} };
  await replay(app.ledger, [signalFollower(app.ledger, gone)]);
  expect(await page('Orlov')).toMatchObject({ items: [], read: 1, outdated: 1 });
  expect(await app.ask('POST', '/api/signals/changes')).toEqual({ read: 1 });
  expect(await page('Orlov')).toEqual(before);
});

test('whose words they are is not guessed: without our addresses nothing is marked, and it is said', async () => {
  const folder = filesIn(temporaryFolder(), {
    'b.eml': mail({
      from: 'Nobody <nobody@unknown.example>',
      body: 'I will see you in court.',
      to: 'who@unknown.example',
    }),
  });
  await database.pool.query(`UPDATE workspaces SET own_addresses = '{}'`);
  await app.bringIn({ paths: [folder], client: 'Unknown' });
  expect(await page('Unknown')).toMatchObject({ items: [], read: 0, unattributed: 1 });
});

test('quoted history is not what they write now', async () => {
  const folder = filesIn(temporaryFolder(), {
    'c.eml': mail({
      from: 'Quiet <quiet@client.example>',
      subject: 'quiet',
      body: 'All is well, thank you.\n\nOn 4 May 2026 Somebody wrote:\n> I will see you in court.\n> You liar.',
    }),
  });
  await app.bringIn({ paths: [folder], me: ['me@firm.example'] });
  expect(await page('Quiet')).toMatchObject({ items: [], read: 1 });
});
