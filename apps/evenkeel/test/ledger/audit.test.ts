import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sql } from '../../src/kernel/db.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { append, sealFacts } from '../../src/modules/ledger/ledger.actions.ts';
import { LOCAL_OWNER, WORKSPACE_STREAM } from '../../src/modules/ledger/ledger.ts';
import { type Verdict, verifyLog } from '../../src/modules/ledger/verify.actions.ts';
import { insertObjects } from '../../src/modules/vault/vault.store.ts';
import type { SealedObject } from '../../src/modules/vault/vault.ts';
import { testDatabase } from '../support/test-database.ts';
import { expectSound, openLedger } from '../support/test-ledger.ts';

const database = await testDatabase();
const opened = await openLedger(database);
const { ledger, sealer, vault, dataDir } = opened;
const objects = await recordEntries(600);

/** Entries over more than two tiles; every hundredth speaks of an original. */
async function recordEntries(count: number): Promise<readonly SealedObject[]> {
  const kept: SealedObject[] = [];
  const facts = [];
  for (let i = 0; i < count; i++) {
    const bytes = Buffer.from(`original ${i}`);
    const object = i % 100 === 0 ? await vault.sealObject(bytes, sha256(bytes)) : null;
    if (object) kept.push(object);
    facts.push({
      fact: { kind: 'test.noted', i },
      stream: WORKSPACE_STREAM,
      actor: LOCAL_OWNER,
      objects: object ? [object.commitment] : [],
    });
  }
  const pending = await sealFacts(ledger, facts);
  await ledger.db.transaction().execute(async (tx) => {
    await insertObjects(tx, ledger.workspaceId, kept);
    await append(tx, ledger, pending);
  });
  await sealer.seal();
  return kept;
}

const audit = (isDeep: boolean): Promise<Verdict> => verifyLog(ledger, sealer, dataDir, isDeep);
const codes = ({ failures }: Verdict) => [...new Set(failures.map(({ code }) => code))];

/** Does damage, looks at what the audit says of it, and undoes it. */
async function damaged(damage: string, undo: string, isDeep: boolean): Promise<Verdict> {
  await sql.raw(damage).execute(ledger.db);
  const verdict = await audit(isDeep);
  await sql.raw(undo).execute(ledger.db);
  await expectSound(opened);
  return verdict;
}

async function flip(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+');
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
  await file.write(Buffer.of((buffer[0] ?? 0) ^ 1), 0, 1, at);
  await file.close();
}

test('a ledger that nobody touched is sound', async () => {
  await expectSound(opened);
  expect(await audit(false)).toEqual({ ok: true, size: 601, isDeep: false, failures: [] });
});

test.each([0, 255, 256, 511])(
  'a changed leaf of entry %i is found, and named within its tile',
  async (index) => {
    const change = `UPDATE entries SET leaf = set_byte(leaf, 40, get_byte(leaf, 40) # 1) WHERE index = ${index}`;
    const { ok, failures } = await damaged(change, change, false);
    const tile = Math.floor(index / 256) * 256;
    expect(ok).toBe(false);
    expect(failures).toContainEqual(
      expect.objectContaining({ where: `entries ${tile} to ${tile + 255}`, code: 'tile-differs' }),
    );
  },
);

test('a changed leaf behind the last full tile is found by the head', async () => {
  const change = 'UPDATE entries SET leaf = set_byte(leaf, 40, get_byte(leaf, 40) # 1) WHERE index = 599';
  expect(codes(await damaged(change, change, false))).toContain('head-differs');
});

test('a missing entry is found, and said to be missing', async () => {
  await sql`CREATE TABLE IF NOT EXISTS aside AS SELECT * FROM entries WHERE index = 300`.execute(ledger.db);
  const verdict = await damaged(
    'DELETE FROM entries WHERE index = 300',
    'INSERT INTO entries SELECT * FROM aside',
    false,
  );
  await sql`DROP TABLE aside`.execute(ledger.db);
  expect(codes(verdict)).toContain('entries-missing');
});

test('two entries that changed places are found', async () => {
  const swap = `UPDATE entries SET leaf = o.leaf FROM entries o
    WHERE o.index = 611 - entries.index AND entries.index IN (311, 300)`;
  expect((await damaged(swap, swap, false)).ok).toBe(false);
});

test('a changed tile is found, and so is a changed row of leaves', async () => {
  const tile =
    'UPDATE tiles SET content = set_byte(content, 40, get_byte(content, 40) # 1) WHERE level = 0 AND n = 1';
  expect(codes(await damaged(tile, tile, false))).toEqual(['tile-differs']);
  const leaves = tile.replace('level = 0', 'level = -1');
  expect(codes(await damaged(leaves, leaves, true))).toEqual(['leaves-differ']);
});

test('a changed head is found', async () => {
  const change = 'UPDATE log_heads SET range = set_byte(range, 3, get_byte(range, 3) # 1)';
  expect(codes(await damaged(change, change, false))).toEqual(['head-differs', 'head-not-extending']);
});

test.each([
  ['kind', "'test.other'", "'test.noted'"],
  ['actor', "'member:somebody-else'", "'owner'"],
])('a changed %s of a row is found', async (column, changed, original) => {
  const set = (value: string) => `UPDATE entries SET ${column} = ${value} WHERE index = 42`;
  expect(codes(await damaged(set(changed), set(original), true))).toEqual(['row-differs']);
});

test('a changed time or id of a row is found', async () => {
  const later = (sign: string) =>
    `UPDATE entries SET recorded_at = recorded_at ${sign} interval '1 day' WHERE index = 42`;
  expect(codes(await damaged(later('+'), later('-'), true))).toEqual(['row-differs']);
  const { rows } = await sql<{ id: string }>`SELECT id FROM entries WHERE index = 42`.execute(ledger.db);
  const id = (value: string) => `UPDATE entries SET id = '${value}' WHERE index = 42`;
  expect(codes(await damaged(id('00000000-0000-7000-8000-000000000000'), id(rows[0]!.id), true))).toEqual([
    'row-differs',
  ]);
});

test('a changed envelope is found, and so is one put in the place of another', async () => {
  const change = 'UPDATE entries SET sealed = set_byte(sealed, 9, get_byte(sealed, 9) # 1) WHERE index = 42';
  expect(codes(await damaged(change, change, true))).toEqual(['envelope-damaged']);
  const swap = `UPDATE entries SET sealed = o.sealed, slot = o.slot FROM entries o
    WHERE o.index = 85 - entries.index AND entries.index IN (42, 43)`;
  expect(codes(await damaged(swap, swap, true))).toEqual(['envelope-damaged']);
});

test('a changed byte of an original is found with its place', async () => {
  const { start, length } = objects[3]!;
  const path = join(dataDir, 'objects', '000001.pack');
  await flip(path, start + 2);
  const { failures } = await audit(true);
  await flip(path, start + 2);
  expect(failures).toEqual([
    expect.objectContaining({
      where: `objects/000001.pack, bytes ${start} to ${start + length}`,
      code: 'object-damaged',
    }),
  ]);
});

test('an original that was put there later, or whose row is gone, is found', async () => {
  const bytes = Buffer.from('put there later');
  const stranger = await vault.sealObject(bytes, sha256(bytes));
  await vault.flush();
  await ledger.db.transaction().execute((tx) => insertObjects(tx, ledger.workspaceId, [stranger]));
  expect(codes(await audit(true))).toEqual(['object-unknown']);
  await sql`DELETE FROM objects WHERE slot = ${stranger.slot}`.execute(ledger.db);
  const { slot } = objects[2]!;
  await sql`CREATE TABLE aside AS SELECT * FROM objects WHERE slot = ${slot}`.execute(ledger.db);
  const verdict = await damaged(
    `DELETE FROM objects WHERE slot = ${slot}`,
    'INSERT INTO objects SELECT * FROM aside',
    true,
  );
  await sql`DROP TABLE aside`.execute(ledger.db);
  expect(codes(verdict)).toEqual(['object-missing']);
});

test('whoever rewrites an original with all its keys is still found: its leaf says otherwise', async () => {
  const bytes = Buffer.from('what somebody would rather have written');
  const forged = await vault.sealObject(bytes, sha256(bytes));
  await vault.flush();
  const { slot } = objects[1]!;
  await sql`CREATE TABLE aside AS SELECT * FROM objects WHERE slot = ${slot}`.execute(ledger.db);
  await sql`UPDATE objects SET slot = ${forged.slot}, start = ${forged.start}, length = ${forged.length},
    size_bytes = ${forged.sizeBytes}, commitment = ${forged.commitment} WHERE slot = ${slot}`.execute(
    ledger.db,
  );
  const verdict = await damaged(
    'SELECT 1',
    `WITH gone AS (DELETE FROM objects WHERE slot = ${forged.slot}) INSERT INTO objects SELECT * FROM aside`,
    true,
  );
  await sql`DROP TABLE aside`.execute(ledger.db);
  expect(codes(verdict)).toEqual(['object-unknown', 'object-missing']);
});

test('a key that was overwritten without a recorded erasure is found', async () => {
  const path = join(dataDir, 'keys', 'slots');
  const before = await readFile(path);
  const { rows } = await sql<{ slot: number }>`SELECT slot FROM entries WHERE index = 42`.execute(ledger.db);
  for (const slot of [rows[0]!.slot, objects[0]!.slot]) {
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(64), 0, 64, 64 * (slot + 1));
    await file.close();
    expect(codes(await audit(true))).toEqual(['key-missing']);
    await writeFile(path, before);
  }
  const erased = `UPDATE entries SET erased_at = now() WHERE index = 42`;
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(64), 0, 64, 64 * (rows[0]!.slot + 1));
  await file.close();
  await sql.raw(erased).execute(ledger.db);
  expect(await audit(true)).toMatchObject({ ok: true });
  await sql`UPDATE entries SET erased_at = NULL WHERE index = 42`.execute(ledger.db);
  await writeFile(path, before);
  await expectSound(opened);
});

test('a signed head that is gone or not ours is found', async () => {
  const path = join(dataDir, 'log', 'checkpoint');
  const note = await readFile(path);
  await rm(path);
  expect(codes(await audit(false))).toEqual(['guard-damaged']);
  await writeFile(path, note.toString().replace('601', '602'));
  expect(codes(await audit(false))).toEqual(['guard-damaged']);
  await writeFile(path, note);
  await expectSound(opened);
});

test('a damaged secret of a stream is named, and so is a length that promises more numbers than there are', async () => {
  const { rows } = await sql<{ slot: number }>`SELECT slot FROM streams`.execute(ledger.db);
  const place = 64 * (rows[0]!.slot + 1) + 20;
  await flip(join(dataDir, 'keys', 'slots'), place);
  const verdict = await audit(true);
  await flip(join(dataDir, 'keys', 'slots'), place);
  expect(verdict.failures).toMatchObject([{ code: 'slot-missing' }]);
  expect(verdict.failures[0]?.where).toContain(`slot ${rows[0]!.slot}`);
  const longer = 'UPDATE streams SET length = length + 1';
  expect(codes(await damaged(longer, 'UPDATE streams SET length = length - 1', true))).toEqual([
    'number-missing',
  ]);
  const shorter = 'UPDATE streams SET length = length - 1';
  expect(codes(await damaged(shorter, 'UPDATE streams SET length = length + 1', true))).toEqual([
    'stream-unknown',
  ]);
});

test('what is recorded and signed while the ledger is read is no fault of it', async () => {
  let recording: Promise<unknown> | null = null;
  const openEnvelope: typeof vault.openEnvelope = async (envelope) => {
    recording ??= recordEntries(1);
    await recording;
    return vault.openEnvelope(envelope);
  };
  const busy = { ...ledger, vault: { ...vault, openEnvelope } };
  expect(await verifyLog(busy, sealer, dataDir, true)).toMatchObject({ ok: true, failures: [] });
  expect(recording).not.toBeNull();
});
