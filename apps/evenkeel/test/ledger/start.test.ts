import { cp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendToRange, emptyRange, leafHash } from '@evenkeel/proof/tree';
import { expect, test } from 'vitest';
import { sql } from '../../src/kernel/db.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { append, sealFacts } from '../../src/modules/ledger/ledger.actions.ts';
import { LOCAL_OWNER, WORKSPACE_STREAM } from '../../src/modules/ledger/ledger.ts';
import { insertObjects } from '../../src/modules/vault/vault.store.ts';
import { freshDatabase, type TestDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openTestApp } from '../support/test-app.ts';

import { expectSound, openLedger, type TestLedger } from '../support/test-ledger.ts';

const guardOf = (dataDir: string) => join(dataDir, 'log', 'checkpoint');
const slotsOf = (dataDir: string) => join(dataDir, 'keys', 'slots');

/** Records facts and one original, and signs the head. */
async function record({ ledger, sealer, vault }: TestLedger, count: number): Promise<void> {
  const bytes = Buffer.from('an original');
  const object = await vault.sealObject(bytes, sha256(bytes));
  const facts = Array.from({ length: count }, (_, i) => ({
    fact: { kind: 'test.noted', i },
    stream: WORKSPACE_STREAM,
    actor: LOCAL_OWNER,
    objects: i === 0 ? [object.commitment] : [],
  }));
  const pending = await sealFacts(ledger, facts);
  await ledger.db.transaction().execute(async (tx) => {
    await insertObjects(tx, ledger.workspaceId, [object]);
    await append(tx, ledger, pending);
  });
  await sealer.seal();
}

async function used(count = 5): Promise<{ database: TestDatabase; dataDir: string; opened: TestLedger }> {
  const database = await freshDatabase();
  const opened = await openLedger(database);
  await record(opened, count);
  return { database, dataDir: opened.dataDir, opened };
}

/** What must be as it was after a refused start: every file of the folder, and every row of the record. */
async function stateOf({ pool }: TestDatabase, dataDir: string): Promise<unknown> {
  const files = ['keys/workspace.json', 'keys/slots', 'log/checkpoint', 'objects/000001.pack'];
  const contents = await Promise.all(files.map((name) => readFile(join(dataDir, name)).catch(() => null)));
  const { rows } = await pool.query("SELECT encode(sealed, 'hex') AS sealed FROM entries ORDER BY index");
  return { contents, rows };
}

async function expectRefused(
  code: string,
  database: TestDatabase,
  dataDir: string,
  unchanged: { database: TestDatabase; dataDir: string } = { database, dataDir },
): Promise<void> {
  const before = await stateOf(unchanged.database, unchanged.dataDir);
  const refusal = expect(openLedger(database, dataDir)).rejects;
  await refusal.toMatchObject({ name: 'Halt', code });
  await expect(openLedger(database, dataDir)).rejects.toThrow(/Nothing was changed/);
  expect(await stateOf(unchanged.database, unchanged.dataDir)).toEqual(before);
}

test('a folder starts again and again, and goes on', async () => {
  const { database, dataDir } = await used();
  for (const count of [1, 300, 2]) {
    const again = await openLedger(database, dataDir);
    await record(again, count);
    await expectSound(again);
  }
});

test('a database that is older than its folder is refused, and the folder loses nothing', async () => {
  const { database, dataDir, opened } = await used();
  const older = await mkdirCopy(dataDir);
  await record(opened, 3);
  // The database as it was: what the newer folder has signed is not in it.
  await sql`DELETE FROM entries WHERE index >= 6`.execute(database.db);
  await sql`DELETE FROM objects WHERE slot > (SELECT min(slot) FROM objects)`.execute(database.db);
  await sql`UPDATE packs SET committed_end = (SELECT max(start + length) FROM objects)`.execute(database.db);
  await sql`UPDATE log_heads SET size = 6, range = ${await rangeAt(opened, 6)}`.execute(database.db);
  await expectRefused('head-behind-guard', database, dataDir);
  await expect(openLedger(database, older)).resolves.toBeDefined();
});

async function mkdirCopy(dataDir: string): Promise<string> {
  const copy = join(temporaryFolder(), 'copy');
  await cp(dataDir, copy, { recursive: true });
  return copy;
}

async function rangeAt({ ledger }: TestLedger, size: number): Promise<Buffer> {
  const { rows } = await sql<{ leaf: Uint8Array }>`
    SELECT leaf FROM entries WHERE index < ${size} ORDER BY index`.execute(ledger.db);
  const hashes = rows.map((row) => leafHash(sha256, row.leaf));
  return Buffer.concat(appendToRange(sha256, emptyRange, hashes).hashes);
}

test('a ledger whose signed entries were replaced is refused', async () => {
  const { database, dataDir, opened } = await used();
  await sql`UPDATE entries SET leaf = set_byte(leaf, 20, get_byte(leaf, 20) # 1) WHERE index = 2`.execute(
    database.db,
  );
  await sql`UPDATE log_heads SET range = ${await rangeAt(opened, 6)}`.execute(database.db);
  await expectRefused('head-not-extending', database, dataDir);
});

test('a ledger that grew from other entries than the signed ones, or lost one of them, is refused', async () => {
  const { database, dataDir, opened } = await used();
  const guard = await readFile(guardOf(dataDir));
  await record(opened, 4);
  await writeFile(guardOf(dataDir), guard);
  await expect(openLedger(database, dataDir)).resolves.toBeDefined();
  await sql`UPDATE entries SET leaf = set_byte(leaf, 20, get_byte(leaf, 20) # 1) WHERE index = 2`.execute(
    database.db,
  );
  await expectRefused('head-not-extending', database, dataDir);
  await sql`DELETE FROM entries WHERE index = 3`.execute(database.db);
  await expectRefused('head-not-extending', database, dataDir);
});

test.each([
  ['a changed byte', (note: Buffer) => note.fill('9', note.indexOf('\n') + 1, note.indexOf('\n') + 2)],
  ['no signature', (note: Buffer) => note.subarray(0, note.indexOf('\n\n') + 2)],
  ['nothing in it', () => Buffer.alloc(0)],
])('a signed head with %s is refused', async (_what, damage) => {
  const { database, dataDir } = await used();
  await writeFile(guardOf(dataDir), damage(await readFile(guardOf(dataDir))));
  await expectRefused('guard-damaged', database, dataDir);
});

test('the signed head of another log is refused', async () => {
  const one = await used();
  const other = await used();
  await cp(guardOf(other.dataDir), guardOf(one.dataDir));
  await expectRefused('guard-damaged', one.database, one.dataDir);
});

test('a signed head that is gone is refused, unless there is nothing it could protect', async () => {
  const { database, dataDir } = await used();
  await rm(guardOf(dataDir));
  await expectRefused('guard-missing', database, dataDir);

  const young = await freshDatabase();
  const begun = await openLedger(young);
  await rm(guardOf(begun.dataDir));
  const again = await openLedger(young, begun.dataDir);
  expect((await stat(guardOf(begun.dataDir))).size).toBeGreaterThan(0);
  await expectSound(again);
});

test('a folder and a database of different logs are refused, whichever of the two is new', async () => {
  const one = await used();
  const other = await used();
  await expectRefused('other-folder', other.database, one.dataDir, one);
  await expectRefused('other-folder', one.database, temporaryFolder(), one);
});

test('an empty database takes nothing from a folder in use, also when its signed head is gone', async () => {
  const one = await used();
  const empty = await freshDatabase();
  await expectRefused('other-folder', empty, one.dataDir, one);
  await rm(guardOf(one.dataDir));
  await expectRefused('other-folder', empty, one.dataDir, one);
});

test('keys that are damaged or missing stop the start', async () => {
  const { database, dataDir } = await used();
  const path = join(dataDir, 'keys', 'workspace.json');
  const good = await readFile(path);
  await writeFile(path, 'not json');
  await expectRefused('keys-damaged', database, dataDir);
  await rm(path);
  await expectRefused('keys-damaged', database, dataDir);
  await writeFile(path, good);
  await expectSound(await openLedger(database, dataDir));
});

test('a slot file that begins otherwise, or lacks slots that the ledger names, stops the start', async () => {
  const { database, dataDir } = await used();
  const good = await readFile(slotsOf(dataDir));
  await writeFile(slotsOf(dataDir), Buffer.concat([Buffer.alloc(64), good.subarray(64)]));
  await expectRefused('slots-damaged', database, dataDir);
  await writeFile(slotsOf(dataDir), good);
  await truncate(slotsOf(dataDir), good.length - 64);
  await expectRefused('slots-damaged', database, dataDir);
  await rm(slotsOf(dataDir));
  await expect(openLedger(database, dataDir)).rejects.toMatchObject({ code: 'slots-damaged' });
  await writeFile(slotsOf(dataDir), good);
  await expectSound(await openLedger(database, dataDir));
});

test('data of a newer version is refused, and the folder is let go', async () => {
  const { database, dataDir } = await used();
  await database.pool.query("INSERT INTO migrations (name) VALUES ('9999-from-the-future.sql')");
  await expect(openTestApp(database.connection, { dataDir })).rejects.toMatchObject({
    name: 'Halt',
    code: 'schema-newer',
  });
  await database.pool.query("DELETE FROM migrations WHERE name LIKE '9999%'");
  const app = await openTestApp(database.connection, { dataDir });
  await app.close();
});

test('the sealer never signs a head that does not extend the last one, also while the program runs', async () => {
  const { database, dataDir, opened } = await used();
  const signed = await readFile(guardOf(dataDir), 'utf8');
  const range = await rangeAt(opened, 5);
  await sql`DELETE FROM entries WHERE index = 5`.execute(database.db);
  await sql`UPDATE log_heads SET size = 5, range = ${range}`.execute(database.db);
  await expect(opened.sealer.seal()).rejects.toMatchObject({ code: 'head-behind-guard' });
  expect(await readFile(guardOf(dataDir), 'utf8')).toBe(signed);
  await rm(guardOf(dataDir));
  await expect(opened.sealer.seal()).rejects.toMatchObject({ code: 'head-behind-guard' });
});

test('a longer head is signed while the program runs if it grew from the signed one, and from no other', async () => {
  const { database, opened } = await used();
  const { ledger, sealer } = opened;
  const fact = { kind: 'test.noted' };
  const pending = await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor: LOCAL_OWNER }]);
  await ledger.db.transaction().execute((tx) => append(tx, ledger, pending));
  const change = sql`UPDATE entries SET leaf = set_byte(leaf, 20, get_byte(leaf, 20) # 1) WHERE index = 2`;
  const follow = async () =>
    sql`UPDATE log_heads SET range = ${await rangeAt(opened, 7)}`.execute(database.db);
  await change.execute(database.db);
  await follow();
  await expect(sealer.seal()).rejects.toMatchObject({ code: 'head-not-extending' });
  await change.execute(database.db);
  await follow();
  expect(await sealer.seal()).toMatchObject({ size: 7 });
});
