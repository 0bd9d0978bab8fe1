import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Connection,
  LauncherError,
  type Postgres,
  type PostgresOptions,
  startPostgres,
} from '../../src/kernel/postgres.ts';
import { systemPostgres } from '../support/system-postgres.ts';

const PASSWORD = 'only for tests';
const PROGRAM = fileURLToPath(new URL('../support/start-database.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
const debian = systemPostgres();

let home: string;
let started: Postgres[];
let programs: ChildProcess[];
let sockets: string[];

/** A folder that was used and stopped: most tests begin with a copy, because making one takes most of a second. */
let usedBefore: string;

beforeAll(async () => {
  usedBefore = mkdtempSync(join(tmpdir(), 'evenkeel-launcher-'));
  const server = await startPostgres({ dataDir: usedBefore, password: PASSWORD });
  await ask(server.pool, 'create table kept as select 42 as answer');
  await server.stop();
});

afterAll(() => rmSync(usedBefore, { recursive: true }));

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'evenkeel-launcher-'));
  started = [];
  programs = [];
  sockets = [];
});

afterEach(async () => {
  for (const program of programs) program.kill('SIGKILL');
  for (const server of started) await server.stop();
  for (const pid of serversUnder(home)) kill(pid);
  for (const folder of sockets) rmSync(folder, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

function usedFolder(): string {
  cpSync(usedBefore, join(home, 'data'), { recursive: true });
  return join(home, 'data');
}

async function start(dataDir: string, more: Partial<PostgresOptions> = {}): Promise<Postgres> {
  const server = await startPostgres({ dataDir, password: PASSWORD, ...more });
  started.push(server);
  return server;
}

describe('a new folder', () => {
  test('gets a database of its own that is private, durable and the same on every machine', async () => {
    const { pool } = await start(join(home, 'data'));
    expect(await ask(pool, 'show listen_addresses')).toBe('');
    expect(statSync(pool.host).mode & 0o777).toBe(0o700);
    expect(await ask(pool, 'show password_encryption')).toBe('scram-sha-256');
    expect(await ask(pool, 'show data_checksums')).toBe('on');
    expect(await ask(pool, 'show fsync')).toBe('on');
    expect(await ask(pool, 'show synchronous_commit')).toBe('on');
    expect(await ask(pool, 'show server_encoding')).toBe('UTF8');
    expect(await ask(pool, "select lower('ДОГОВОР ÄÄNI')")).toBe('договор ääni');
  });

  test.each([
    ['200 characters long', `${'y'.repeat(100)}/${'z'.repeat(100)}`],
    ['with spaces, quotes and letters outside ASCII', `my 'own' "data", äö`],
  ])('may have a path %s', async (_what, name) => {
    const { pool } = await start(join(home, name));
    expect(await ask(pool, 'select 1')).toBe(1);
  });

  test('may be closed to everybody else', async () => {
    chmodSync(home, 0o700);
    mkdirSync(join(home, 'data'), { mode: 0o700 });
    const { pool } = await start(join(home, 'data'));
    expect(await ask(pool, 'select 1')).toBe(1);
    expect(statSync(join(home, 'data')).mode & 0o777).toBe(0o700);
  });
});

test('while PostgreSQL makes a database and starts it, something else can be done', async () => {
  const cluster = join(home, 'data', 'postgres');
  const seen: boolean[] = [];
  await start(join(home, 'data'), { meanwhile: () => seen.push(existsSync(cluster)) });
  expect(seen, 'whether it was made').toEqual([false, true]);
});

describe('a folder that was used before', () => {
  test('keeps what was written', async () => {
    const { pool, adopted } = await start(usedFolder());
    expect(adopted).toBe(false);
    expect(await ask(pool, 'select answer from kept')).toBe(42);
  });

  test('is closed to whoever does not know the password', async () => {
    const { pool } = await start(usedFolder());
    await expect(ask({ ...pool, password: 'a guess' }, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('leaves no process and no socket behind when it is stopped, also twice', async () => {
    const server = await start(usedFolder());
    await Promise.all([server.stop(), server.stop()]);
    expect(serversUnder(home)).toEqual([]);
    expect(existsSync(server.pool.host)).toBe(false);
  });

  test('tells nothing of a failed statement in its log', async () => {
    const { pool } = await start(usedFolder());
    await expect(ask(pool, "select 'a private sentence'::int")).rejects.toThrow('private');
    expect(readFileSync(join(home, 'data/run/postgres.log'), 'utf8')).not.toContain('private');
  });

  test('keeps its log small', async () => {
    const log = join(usedFolder(), 'run/postgres.log');
    writeFileSync(log, 'x'.repeat(5_000_000));
    await start(join(home, 'data'));
    expect(statSync(log).size).toBeLessThan(10_000);
  });
});

describe('after a kill -9', () => {
  test('of the program, the next start takes the database over', async () => {
    const program = await runProgram(usedFolder());
    await ask(program.pool, 'insert into kept values (43)');
    await killProgram(program.child);
    const next = await start(join(home, 'data'));
    expect(next.adopted).toBe(true);
    expect(await ask(next.pool, 'select sum(answer)::int from kept')).toBe(85);
    await next.stop();
    // It is no child of ours: its last process may still be on its way out when it has let the folder go.
    await expect.poll(() => serversUnder(home)).toEqual([]);
  });

  test('of the program, when its socket was cleaned away as well, the next start begins anew', async () => {
    const program = await runProgram(usedFolder());
    await killProgram(program.child);
    rmSync(program.pool.host, { recursive: true });
    const next = await start(join(home, 'data'));
    expect(next.adopted).toBe(false);
    expect(await ask(next.pool, 'select 1')).toBe(1);
  });

  test.each([
    ['everything', (data: string) => serversUnder(data)],
    ['the program and the main process of the database', (data: string) => [mainProcess(data)]],
  ])('of %s, nothing that was committed is lost', async (_what, victims) => {
    const data = usedFolder();
    const program = await runProgram(data);
    await ask(program.pool, 'insert into kept values (43)');
    await killProgram(program.child);
    victims(data).forEach(kill);
    const next = await start(data);
    expect(next.adopted).toBe(false);
    expect(await ask(next.pool, 'select sum(answer)::int from kept')).toBe(85);
  });

  test('a process that got the number of the killed database is left alone', async () => {
    const data = usedFolder();
    const said = [process.pid, join(data, 'postgres'), 0, 5432, '/tmp', '', '0 0', 'ready', ''];
    writeFileSync(join(data, 'postgres/postmaster.pid'), said.join('\n'));
    const next = await start(data);
    expect(next.adopted).toBe(false);
  });

  test('while the database is being made, the next start makes it again', async () => {
    const data = join(home, 'data');
    const child = spawnProgram(data);
    await until(() => isBeingMade(data));
    await killProgram(child);
    expect(existsSync(join(data, 'postgres'))).toBe(false);
    const { pool } = await start(data);
    expect(await ask(pool, 'select 1')).toBe(1);
    expect(readdirSync(data).sort()).toEqual(['postgres', 'run']);
  });
});

describe('a folder that cannot be used is left as it is, and the reason is told', () => {
  test('files that are not a whole database', async () => {
    mkdirSync(join(home, 'data/postgres'), { recursive: true });
    writeFileSync(join(home, 'data/postgres/precious'), 'kept');
    await expect(start(join(home, 'data'))).rejects.toMatchObject({ code: 'damaged-folder' });
    expect(readFileSync(join(home, 'data/postgres/precious'), 'utf8')).toBe('kept');
  });

  test.runIf(debian)('a database of another version', async () => {
    const data = usedFolder();
    await expect(start(data, { binDir: debian ?? '' })).rejects.toMatchObject({ code: 'other-version' });
    expect(await ask((await start(data)).pool, 'select 1')).toBe(1);
  });

  test('a database that has another password', async () => {
    const data = usedFolder();
    await expect(start(data, { password: 'another' })).rejects.toMatchObject({ code: 'wrong-password' });
    // The server is gone at once; a connection of its own may take a moment longer to end.
    await expect.poll(() => serversUnder(home)).toEqual([]);
  });

  test('programs that are not PostgreSQL', async () => {
    await expect(start(join(home, 'data'), { binDir: '/bin' })).rejects.toMatchObject({
      code: 'no-binaries',
    });
  });

  test.runIf(isRoot)('a disk that is full', async (context) => {
    const data = join(home, 'data');
    mkdirSync(data);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'none', data]);
    if (mounted.status !== 0) return context.skip('this machine allows no small disk for a test');
    try {
      await expect(start(data)).rejects.toMatchObject({ code: 'disk-full' });
      expect(readdirSync(data)).toEqual(['run']);
    } finally {
      spawnSync('umount', [data]);
    }
  });

  test('a place that is a file', async () => {
    writeFileSync(join(home, 'data'), '');
    await expect(start(join(home, 'data'))).rejects.toBeInstanceOf(LauncherError);
  });
});

test.runIf(debian)('the PostgreSQL of this machine serves as well', async () => {
  const { pool, version } = await start(join(home, 'data'), { binDir: debian ?? '' });
  expect(version).toBeGreaterThanOrEqual(15);
  expect(await ask(pool, "select lower('ДОГОВОР ÄÄNI')")).toBe('договор ääni');
  expect(await ask(pool, 'show data_checksums')).toBe('on');
});

describe.runIf(isRoot)('started by root', () => {
  test('the files stay with root, when the machine allows a user namespace', async (context) => {
    const { pool } = await start(join(home, 'data'));
    const owner = statSync(join(home, 'data/postgres')).uid;
    if (owner !== 0) context.skip('this machine allows no user namespace');
    expect(await ask(pool, 'select 1')).toBe(1);
  });

  test('without a user namespace an ordinary account runs it, and reads only what it must', async () => {
    chmodSync(home, 0o755);
    const program = await runProgram(join(home, 'data'), { env: { PATH: '/nowhere' } });
    expect(await ask(program.pool, 'select 1')).toBe(1);
    expect(statSync(join(home, 'data/postgres')).uid).not.toBe(0);
    expect(statSync(join(home, 'data')).mode & 0o777).toBe(0o710);
  });

  test('without a user namespace, in a folder no account can enter, one sentence names that folder', async () => {
    chmodSync(home, 0o700);
    const said = await runProgram(join(home, 'data'), { env: { PATH: '/nowhere' } });
    expect(said).toMatchObject({ code: 'no-account', message: expect.stringContaining(home) });
  });

  test('a folder of an ordinary user is served as that user', async () => {
    chmodSync(home, 0o700);
    chownSync(home, NOBODY, NOBODY);
    mkdirSync(join(home, 'data'), { mode: 0o700 });
    chownSync(join(home, 'data'), NOBODY, NOBODY);
    const { pool } = await start(join(home, 'data'));
    expect(await ask(pool, 'select 1')).toBe(1);
    expect(statSync(join(home, 'data/postgres')).uid).toBe(NOBODY);
  });
});

describe.runIf(isRoot)('started by an ordinary user', () => {
  test('the database is that user’s', async (context) => {
    chownSync(home, NOBODY, NOBODY);
    const said = await runProgram(join(home, 'data'), { uid: NOBODY, gid: NOBODY }).catch(() => undefined);
    if (!said) return context.skip('this checkout is in a folder that an ordinary user cannot read');
    expect(await ask(said.pool, 'select 1')).toBe(1);
    expect(statSync(join(home, 'data/postgres')).uid).toBe(NOBODY);
  });
});

type Said = { readonly child: ChildProcess; readonly pool: Connection; readonly adopted: boolean };

function spawnProgram(
  data: string,
  more: { env?: NodeJS.ProcessEnv; uid?: number; gid?: number } = {},
): ChildProcess {
  const child = spawn(process.execPath, [PROGRAM, '--data', data], {
    stdio: ['ignore', 'pipe', 'ignore'],
    ...more,
  });
  programs.push(child);
  return child;
}

async function runProgram(data: string, more: Parameters<typeof spawnProgram>[1] = {}): Promise<Said> {
  const child = spawnProgram(data, more);
  const [line] = await Promise.race([once(child.stdout!, 'data'), once(child, 'exit').then(() => [''])]);
  const said = JSON.parse(String(line));
  if (said.pool) sockets.push(said.pool.host);
  return { child, ...said };
}

async function killProgram(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function mainProcess(data: string): number {
  return Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

function isBeingMade(data: string): boolean {
  const names = existsSync(data) ? readdirSync(data) : [];
  return names.some((name) => existsSync(join(data, name, 'cluster/global')));
}

/** Every live process of a database under a folder: its main process and those that it started. */
function serversUnder(folder: string): readonly number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((pid) => workingFolder(pid)?.startsWith(`${folder}/`));
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

async function ask(connection: Connection, sql: string): Promise<unknown> {
  const client = new pg.Client(connection);
  try {
    await client.connect();
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
