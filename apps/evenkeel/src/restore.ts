import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { openZip, type Zip } from '@evenkeel/proof/zip';
import { BACKUP_FORMAT, KEYS_FORMAT } from './backup.ts';
import { openByteFile } from './kernel/byte-file.ts';
import { type Db, sql, type Tx } from './kernel/db.ts';
import { syncFolder, writeAll } from './kernel/durable.ts';
import { Halt } from './kernel/outcome.ts';

const unpack = promisify(gunzip);
const SMALL_BYTES = 1 << 20;
const ROWS_BYTES = 1 << 28;
const TABLE = /^tables\/([a-z]+)\.([A-Za-z_]+)\/\d{6}\.ndjson\.gz$/;
const FILE = /^(?:keys\/(?:workspace\.json|log\.json|slots)|log\/checkpoint|objects\/\d{6}\.pack)$/;

type About = {
  readonly format: string;
  readonly workspaceId: string;
  readonly origin: string;
  readonly createdAt: string;
};

/** A backup and its keys, found to belong together. */
export type OpenBackup = {
  readonly about: About;
  /** Writes keys, objects and the signed head into an empty folder. */
  readonly placeFiles: (dataDir: string) => Promise<void>;
  /** Puts the rows of one schema back into their tables. */
  readonly insertRows: (db: Db, schema: 'public' | 'auth') => Promise<void>;
  readonly close: () => Promise<void>;
};

/** @throws Halt `backup-unreadable` | `backup-mismatched` */
export async function openBackup(path: string): Promise<OpenBackup> {
  const data = await openPart(path, BACKUP_FORMAT);
  const keys = await openPart(`${path}.keys`, KEYS_FORMAT);
  if (data.about.origin !== keys.about.origin) {
    throw new Halt(
      'backup-mismatched',
      `${path} and ${path}.keys belong to different records. Nothing was restored. Use the key file that was written with this backup.`,
    );
  }
  return {
    about: data.about,
    placeFiles: async (dataDir) => {
      for (const part of [keys, data]) await placeFiles(part.zip, dataDir);
    },
    insertRows: (db, schema) => insertRows(data.zip, db, schema),
    close: async () => {
      await Promise.all([data.close(), keys.close()]);
    },
  };
}

async function openPart(
  path: string,
  format: string,
): Promise<{ zip: Zip; about: About; close: () => Promise<void> }> {
  const unreadable = (why: string) =>
    new Halt('backup-unreadable', `${path} cannot be read as a backup: ${why}. Nothing was restored.`);
  const file = await openByteFile(path).catch(() => {
    throw unreadable('there is no such file, or it may not be read');
  });
  try {
    const zip = await openZip(file);
    const about = JSON.parse(await textOf(zip, 'format.json')) as About;
    if (about.format !== format)
      throw new Error(`its format is ${about.format}, and this program reads ${format}`);
    return { zip, about, close: file.close };
  } catch (error) {
    await file.close();
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
}

async function textOf(zip: Zip, path: string): Promise<string> {
  const entry = zip.entries.find((one) => one.path === path);
  if (!entry) throw new Error(`${path} is missing in it`);
  return Buffer.from(await zip.read(entry, SMALL_BYTES)).toString('utf8');
}

async function placeFiles(zip: Zip, dataDir: string): Promise<void> {
  for (const entry of zip.entries.filter(({ path }) => FILE.test(path))) {
    const target = join(dataDir, entry.path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const file = await open(target, 'wx', 0o600);
    try {
      let position = 0;
      for await (const chunk of zip.chunks(entry)) {
        await writeAll(file, chunk, position);
        position += chunk.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(target));
  }
}

async function insertRows(zip: Zip, db: Db, schema: 'public' | 'auth'): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (schema === 'public') await checkUnused(tx);
    await insertInto(zip, tx, schema);
  });
}

/** Our own database is always new here; one that DATABASE_URL names may hold another record. */
async function checkUnused(tx: Tx): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM log_heads LIMIT 1`.execute(tx);
  if (rows.length === 0) return;
  throw new Halt(
    'database-not-empty',
    'The database that DATABASE_URL names holds a record already. Nothing was restored. Name an empty database.',
  );
}

async function insertInto(zip: Zip, tx: Tx, schema: 'public' | 'auth'): Promise<void> {
  for (const name of await namesInOrder(tx, schema)) {
    const table = sql.id(schema, name);
    for (const entry of zip.entries.filter(({ path }) => isOf(path, schema, name))) {
      const text = (await unpack(await zip.read(entry, ROWS_BYTES))).toString('utf8');
      const rows = `[${text.trim().split('\n').join(',')}]`;
      await sql`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, ${rows}::jsonb)`.execute(
        tx,
      );
    }
  }
}

function isOf(path: string, schema: string, name: string): boolean {
  const match = path.match(TABLE);
  return match?.[1] === schema && match[2] === name;
}

/** Each table after those it refers to, so that its rows find theirs. */
async function namesInOrder(tx: Tx, schema: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; refersTo: readonly string[] }>`
    SELECT c.relname AS name, ARRAY(
      SELECT f.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
      WHERE k.conrelid = c.oid AND k.contype = 'f' AND f.oid <> c.oid) AS "refersTo"
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ${schema} AND c.relkind = 'r' ORDER BY c.relname`.execute(tx);
  const ordered: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (ordered.includes(name) || path.includes(name)) return;
    for (const other of rows.find((row) => row.name === name)?.refersTo ?? []) visit(other, [...path, name]);
    ordered.push(name);
  };
  for (const { name } of rows) visit(name, []);
  return ordered;
}

/**
 * Empties a folder that a restore began to fill, when the restore failed.
 *
 * @throws Halt `folder-not-empty` when asked to restore over something
 */
export async function intoEmptyFolder<T>(dataDir: string, fill: () => Promise<T>): Promise<T> {
  const present = await readdir(dataDir).catch(() => []);
  if (present.length > 0) {
    throw new Halt(
      'folder-not-empty',
      `${dataDir} is not empty. Nothing was restored. Name a new folder with --data, and look at it before the old one goes.`,
    );
  }
  try {
    return await fill();
  } catch (error) {
    for (const name of await readdir(dataDir).catch(() => []))
      await rm(join(dataDir, name), { recursive: true, force: true });
    throw error;
  }
}
