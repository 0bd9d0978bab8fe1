import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/kernel/migrate.ts';
import { type Connection, startPostgres } from '../../src/kernel/postgres.ts';

/** The server that all test files of a run share, and the migrated database they copy. */
export type TestServer = {
  readonly connection: Connection;
  readonly template: string;
  /** For what one file makes and others copy. */
  readonly folder: string;
};

/** The database that the story was told into, once a file of the run has wanted it. */
export const toldIn = ({ template }: Pick<TestServer, 'template'>) => `${template}_told`;

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const PREFIX = 'evenkeel-test-';

/** Starts a server in a folder of its own and hands it to the tests; returns how to end it. */
export async function serveTests(project: TestProject, binDir?: string): Promise<() => Promise<void>> {
  await removeAbandoned();
  const dataDir = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const start = () => startPostgres({ dataDir, password: 'only for tests', ...(binDir ? { binDir } : {}) });
  const begun = await start();
  await fitForTests(begun.pool).finally(begun.stop);
  // How many may connect is settled when it starts.
  const server = await start();
  const dropTemplate = await provideTemplate(project, server.pool);
  return async () => {
    await dropTemplate();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Makes the migrated template on a server that runs; returns how to remove it. */
export async function provideTemplate(
  project: TestProject,
  connection: Connection,
): Promise<() => Promise<void>> {
  const template = `evenkeel_template_${process.pid}`;
  const drop = async () => {
    for (const name of [toldIn({ template }), template])
      await statement(connection, `drop database if exists ${name}`);
  };
  await drop();
  await statement(connection, `create database ${template}`);
  const pool = new pg.Pool({ ...connection, database: template });
  await migrate(pool, MIGRATIONS).finally(() => pool.end());
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  project.provide('testServer', { connection, template, folder });
  return async () => {
    await drop();
    await rm(folder, { recursive: true, force: true });
  };
}

/**
 * A database of its own name with all that a template holds, by default the empty one: copied file by file, which takes a tenth of the work that
 * PostgreSQL's usual way through its log takes.
 */
export async function copyTemplate(
  { connection, template: empty }: TestServer,
  template = empty,
): Promise<Connection> {
  const database = `test_${randomBytes(6).toString('hex')}`;
  await statement(connection, `create database ${database} template ${template} strategy file_copy`);
  return { ...connection, database };
}

/** Runs one statement on a connection of its own. */
export async function statement(connection: Connection, sql: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** The databases of a test run need not survive a power cut, and several programs share the server. */
async function fitForTests(connection: Connection): Promise<void> {
  await statement(connection, 'alter system set fsync = off');
  await statement(connection, 'alter system set full_page_writes = off');
  await statement(connection, 'alter system set max_connections = 200');
}

/** A test run that was killed leaves its server and its folder behind. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    await removeFolder(join(tmpdir(), name)).catch(() => {});
  }
}

async function removeFolder(folder: string): Promise<void> {
  const pidFile = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, cluster] = pidFile.split('\n');
  if (cluster?.startsWith(folder) && isAlive(Number(pid))) {
    const server = await startPostgres({ dataDir: folder, password: 'only for tests' });
    await server.stop();
  }
  await rm(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
