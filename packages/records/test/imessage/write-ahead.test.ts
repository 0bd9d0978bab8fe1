import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { imessage } from '../../src/imessage/reader.ts';
import { withLog } from '../../src/imessage/write-ahead.ts';
import { bytesSource } from '../../src/source.ts';
import { NOTHING, readAll } from '../exports.ts';
import { messagesDb } from './messages-db.ts';

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A database as it lies on a disk while its program runs: one message in it, two in its log, in a transaction each. */
function running(): { database: Buffer; log: Buffer } {
  const path = join(folder, 'chat.db');
  writeFileSync(path, messagesDb([{ text: 'in the database' }]));
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  for (const text of ['first in the log', 'second in the log']) {
    db.exec(`INSERT INTO message (guid, text, handle_id, date) VALUES ('${text}', '${text}', 1, 800000001)`);
  }
  const seen = { database: readFileSync(path), log: readFileSync(`${path}-wal`) };
  db.close();
  return seen;
}
const { database, log } = running();

const read = (wal: Uint8Array) =>
  readAll(imessage, Buffer.from(database), 'chat.db', NOTHING, async (path) => bytesSource(path, wal));
const texts = async (wal: Uint8Array) => (await read(wal)).items.map(({ text }) => text);

test('the newest messages are read out of the log beside the database, and it is said', async () => {
  expect(await texts(log)).toEqual(['in the database', 'first in the log', 'second in the log']);
  expect((await read(log)).notes).toEqual(['database-log-read']);
  expect(withLog(database, log)!.subarray(100)).not.toEqual(database.subarray(100));
});

test('a transaction that is cut off or damaged does not count, and what came before it does', async () => {
  expect(await texts(log.subarray(0, log.length - 100))).toEqual(['in the database', 'first in the log']);
  const damaged = Buffer.from(log);
  damaged[damaged.length - 50]! ^= 1;
  expect(await texts(damaged)).toEqual(['in the database', 'first in the log']);
});

test('a log that belongs elsewhere changes nothing, and is pointed at', async () => {
  const foreign = Buffer.from(log);
  foreign.writeUInt32BE(512, 8);
  for (const wal of [foreign, log.subarray(0, 40), Buffer.from('log'), Buffer.alloc(5000)]) {
    expect(await texts(wal)).toEqual(['in the database']);
    expect((await read(wal)).notes).toEqual(['database-log']);
  }
});
