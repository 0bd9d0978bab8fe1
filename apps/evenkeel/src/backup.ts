import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, gzip } from 'node:zlib';
import type { ZipEntry } from '@evenkeel/proof/zip';
import { fileChunks } from './kernel/byte-file.ts';
import { type Db, sql, type Tx } from './kernel/db.ts';
import { readGuard } from './modules/ledger/checkpoint.store.ts';
import type { Ledger } from './modules/ledger/ledger.actions.ts';
import { logKeysPath } from './modules/ledger/log-key.store.ts';
import type { Sealer } from './modules/ledger/sealer.actions.ts';
import { committedEnds } from './modules/vault/vault.store.ts';
import { nameOf } from './modules/vault/vault.ts';

export const BACKUP_FORMAT = 'evenkeel-backup/1';
export const KEYS_FORMAT = 'evenkeel-backup-keys/1';

/** Where each follower stands belongs to the projections it makes, and those are not in a backup. */
const LEFT_OUT = ['followers', 'parked', 'migrations'];
const ROWS_AT_ONCE = 2000;
const compress = promisify(gzip);

/** A table of which a backup holds the rows. */
export type BackedUp = { readonly schema: string; readonly name: string };

/**
 * Writes record and private tables, the objects as the ciphertext they are, and the signed head. Projections are left
 * out: a restore makes them anew. Everything is of one moment; work goes on meanwhile.
 */
export async function* backup(ledger: Ledger, sealer: Sealer, dataDir: string): AsyncGenerator<ZipEntry> {
  const { db, workspaceId, vault, chance } = ledger;
  // Signed first, so that the database, which is read after, holds all that the head covers.
  await sealer.seal();
  const guard = (await readGuard(dataDir)) ?? '';
  const snapshot = await openSnapshot(db);
  try {
    const about = { format: BACKUP_FORMAT, createdAt: chance.now(), workspaceId, origin: vault.keys.origin };
    yield entryOf('format.json', Buffer.from(`${JSON.stringify(about)}\n`));
    yield entryOf('log/checkpoint', Buffer.from(guard));
    const ends = await committedEnds(snapshot.tx, workspaceId);
    for (const table of await tablesToKeep(snapshot.tx)) yield* rowsOf(snapshot.tx, table);
    for (const [pack, end] of ends)
      yield await packEntry(join(dataDir, 'objects', nameOf(pack)), nameOf(pack), end);
  } finally {
    await snapshot.close();
  }
}

/** The keys apart from what they open: whoever has only one of the two files has nothing. */
export async function* backupKeys(ledger: Ledger, dataDir: string): AsyncGenerator<ZipEntry> {
  const { workspaceId, vault, chance } = ledger;
  const about = { format: KEYS_FORMAT, createdAt: chance.now(), workspaceId, origin: vault.keys.origin };
  yield entryOf('format.json', Buffer.from(`${JSON.stringify(about)}\n`));
  for (const name of ['workspace.json', 'slots'])
    yield entryOf(`keys/${name}`, await readFile(join(dataDir, 'keys', name)));
  const later = await readFile(logKeysPath(dataDir)).catch(() => null);
  if (later) yield entryOf('keys/log.json', later);
}

function entryOf(path: string, bytes: Uint8Array): ZipEntry {
  return { path, sizeBytes: bytes.length, crc32: crc32(bytes), chunks: () => [bytes] };
}

/** One moment of the database, held open while the backup is written. */
async function openSnapshot(db: Db): Promise<{ tx: Tx; close: () => Promise<void> }> {
  const trx = await db
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute();
  return { tx: trx, close: async () => void (await trx.rollback().execute()) };
}

/** Every table said to be record or private, and those of the sign-in library. */
async function tablesToKeep(db: Db | Tx): Promise<readonly BackedUp[]> {
  const { rows } = await sql<BackedUp & { about: string | null }>`
    SELECT n.nspname AS schema, c.relname AS name, obj_description(c.oid) AS about FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname IN ('public', 'auth') ORDER BY 1 DESC, 2`.execute(db);
  return rows.filter(
    (row) =>
      row.schema === 'auth' || (/^(record|private)/.test(row.about ?? '') && !LEFT_OUT.includes(row.name)),
  );
}

async function* rowsOf(tx: Tx, { schema, name }: BackedUp): AsyncGenerator<ZipEntry> {
  await sql`DECLARE kept NO SCROLL CURSOR FOR SELECT to_jsonb(t)::text AS row FROM ${sql.id(schema, name)} t`.execute(
    tx,
  );
  for (let part = 0; ; part++) {
    const { rows } = await sql<{ row: string }>`FETCH ${sql.lit(ROWS_AT_ONCE)} FROM kept`.execute(tx);
    if (rows.length === 0) break;
    const text = rows.map(({ row }) => `${row}\n`).join('');
    yield entryOf(
      `tables/${schema}.${name}/${String(part).padStart(6, '0')}.ndjson.gz`,
      await compress(text, { level: 1 }),
    );
  }
  await sql`CLOSE kept`.execute(tx);
}

/** A pack is append-only: its first bytes stay what they are, so it can be read twice, once for the checksum. */
async function packEntry(path: string, name: string, sizeBytes: number): Promise<ZipEntry> {
  let checksum = 0;
  for await (const chunk of fileChunks(path, sizeBytes)) checksum = crc32(chunk, checksum);
  return { path: `objects/${name}`, sizeBytes, crc32: checksum, chunks: () => fileChunks(path, sizeBytes) };
}
