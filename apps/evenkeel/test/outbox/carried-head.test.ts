import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { verifyBundle } from '@evenkeel/proof/verify';
import { openZip } from '@evenkeel/proof/zip';
import { expect, test } from 'vitest';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { replay } from '../../src/replay.ts';
import { atEnd } from '../support/at-end.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { letterWriter } from './letters.ts';

const database = await testDatabase();
const chance = seededChance('carried-head');
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET name = 'Studio Kivi', own_addresses = '{me@firm.example}'");
await app.ask('PUT', '/api/sendings/rules', { undoSec: 0, coolingMin: 0, second: 'never' });
const letterTo = await letterWriter(app, chance.now);

/** What a server took, as it came over the line. */
const taken: string[] = [];

async function serverThatTakes(): Promise<number> {
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS'] },
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        taken.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  atEnd(() => new Promise<void>((done) => server.close(() => done())));
  return (server.server.address() as AddressInfo).port;
}

const headIn = (mail: string) => /^X-Record-Head: sha256=\r?\n ([0-9a-f]{64})\r?$/m.exec(mail)?.[1] ?? null;

test('a letter carries the hash of the signed head only to whom that was chosen for, and the head is kept', async () => {
  const port = await serverThatTakes();
  await app.ask('POST', '/api/mailboxes', {
    address: 'me@firm.example',
    settings: {
      ...{ kind: 'imap', imap: { host: '127.0.0.1', port: 1, security: 'none' } },
      smtp: { host: '127.0.0.1', port, security: 'none', signsIn: false },
      signIn: { by: 'password', user: 'me@firm.example' },
    },
    ...{ allows: 'known', parties: [], isOn: false, secrets: { password: 'not asked for' } },
  });
  const without = await letterTo('petrov@client.example');
  expect((await app.call('POST', `${without.path}/send`, {})).status).toBe(200);
  expect(headIn(taken.at(-1)!)).toBeNull();

  const { partyId, path } = await letterTo('orlov@client.example');
  const choice = `/api/parties/${partyId}/carried-head`;
  expect(await app.ask('GET', choice)).toEqual({ carries: false });
  await app.ask('PUT', choice, { carries: true });
  await replay(app.ledger);
  expect(await app.ask('GET', choice)).toEqual({ carries: true });
  expect((await app.call('POST', `${path}/send`, {})).status).toBe(200);
  const carried = headIn(taken.at(-1)!);
  expect(carried).not.toBeNull();
  // Nothing else of the log leaves with it.
  expect(taken.at(-1)).not.toContain('evenkeel');

  const made = await app.call('POST', '/api/bundles', { party: partyId, disclosure: 'send' });
  const bytes = new Uint8Array(await made.arrayBuffer());
  const file = { size: bytes.length, read: async (from: number, to: number) => bytes.subarray(from, to) };
  const zip = await openZip(file);
  const heads: string[] = [];
  for (const entry of zip.entries.filter((one) => /^time\/[0-9]+\.checkpoint$/.test(one.path)))
    heads.push(Buffer.from(await zip.read(entry, 1 << 20)).toString('utf8'));
  const held = heads.find((note) => createHash('sha256').update(note).digest('hex') === carried);
  expect(held).toBeDefined();
  // Their mail holds the hash, the bundle the head: together they pin the history before that letter.
  const report = await verifyBundle(file, { sha256, heads: [held!] });
  expect(report.integrity).toMatchObject({ ok: true, heads: [{ agrees: true }] });
  expect(await disagreement(bytes, { heads: [held!] })).toBeNull();
  expect(report.time.failures).toEqual([]);
});
