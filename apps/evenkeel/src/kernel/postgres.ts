import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { findBinaries } from './postgres.binaries.ts';
import { ensureCluster, SUPERUSER, writeSettings } from './postgres.cluster.ts';
import { asLauncherError, LauncherError } from './postgres.error.ts';
import { chooseIdentity, letThrough } from './postgres.identity.ts';
import { openLog, watchLog } from './postgres.log.ts';
import {
  inUse,
  outlast,
  type PidFile,
  readPidFile,
  removePidFile,
  serverState,
  startServer,
  stopServer,
} from './postgres.process.ts';
import type { Endpoint } from './postgres.settings.ts';
import { chooseEndpoint, leaveEndpoint } from './postgres.sockets.ts';

export { LauncherError } from './postgres.error.ts';

export type PostgresOptions = {
  /** The data folder; the database is in `postgres` under it. Only one program at a time may hold it. */
  readonly dataDir: string;
  /** Folder with `initdb` and `postgres` of version 15 or newer, instead of the package from npm. */
  readonly binDir?: string;
  /** The superuser's password: one line, kept by the caller. */
  readonly password: string;
  readonly say?: (line: string) => void;
  /** Called when PostgreSQL is at work in processes of its own, at most twice. */
  readonly meanwhile?: () => void;
};

export type Connection = {
  /** Folder of the unix socket, or an address where sockets are missing. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
};

export type Postgres = {
  /** For `pg.Pool`. */
  readonly pool: Connection;
  /** Major version, for instance 18. */
  readonly version: number;
  /** Whether the server was found running, left over from a program that was killed. */
  readonly adopted: boolean;
  /** Ends the server and waits until it has written everything; may be called twice. */
  stop(): Promise<void>;
};

type Places = { readonly data: string; readonly cluster: string; readonly run: string; readonly log: string };
type Say = (line: string) => void;
type Running = { readonly pid: number; readonly endpoint: Endpoint; readonly adopted: boolean };

/**
 * Starts the database of a data folder, makes it first if there is none, or takes over one that was left running.
 *
 * @throws LauncherError with one sentence on what happened, what was kept and what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const say = options.say ?? (() => {});
  try {
    const places = await prepare(options.dataDir);
    return (await adopt(places, options.password, say)) ?? (await start(places, options, say));
  } catch (error) {
    throw asLauncherError(error, 'start', options.dataDir);
  }
}

async function prepare(dataDir: string): Promise<Places> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((error) => {
    throw asLauncherError(error, 'make its folder', dataDir);
  });
  const data = await realpath(dataDir);
  const run = join(data, 'run');
  await mkdir(run, { recursive: true, mode: 0o700 });
  return { data, run, cluster: join(data, 'postgres'), log: join(run, 'postgres.log') };
}

async function adopt(places: Places, password: string, say: Say): Promise<Postgres | undefined> {
  const left = await leftOver(places.cluster, say);
  if (!left) return undefined;
  const adopted = await handleOf({ ...left, adopted: true }, places, password).catch((error) => {
    if (error instanceof LauncherError) throw error;
    return undefined;
  });
  if (adopted) say('Took over the database that an earlier run left running.');
  // Its socket is gone, with the temporary folder for instance, so nobody can speak to it any more.
  else await stopServer(left.pid, places.cluster);
  return adopted;
}

async function leftOver(cluster: string, say: Say): Promise<PidFile | undefined> {
  const found = await readPidFile(cluster);
  if (!found) return undefined;
  const state = await serverState(found.pid, cluster);
  if (state === 'foreign') throw inUse(cluster);
  if (state === 'gone') {
    await removePidFile(cluster);
    return undefined;
  }
  if (found.status !== 'ready') say(`Waiting for the database, which is ${found.status} …`);
  return outlast(found, cluster);
}

async function start(places: Places, options: PostgresOptions, say: Say): Promise<Postgres> {
  const identity = await chooseIdentity(places.data, places.cluster);
  const binaries = await findBinaries(identity, places.run, options.binDir);
  const endpoint = await chooseEndpoint(identity, places.data);
  const meanwhile = options.meanwhile ?? (() => {});
  try {
    await letThrough(identity, places.data);
    const cluster = await ensureCluster(identity, binaries, places.cluster, options.password, meanwhile);
    if (cluster === 'made') say(`Made a new database (PostgreSQL ${binaries.version}).`);
    await writeSettings(identity, binaries, places.cluster, endpoint);
    await openLog(places.log);
    const pid = await startServer(identity, binaries, places.cluster, places.log, say, meanwhile);
    return await handleOf({ pid, endpoint, adopted: false }, places, options.password);
  } catch (error) {
    await leaveEndpoint(endpoint);
    throw error;
  }
}

async function handleOf(running: Running, places: Places, password: string): Promise<Postgres> {
  const pool: Connection = { ...running.endpoint, user: SUPERUSER, password, database: 'postgres' };
  const version = await greet(pool, places.cluster).catch(async (error) => {
    if (!running.adopted) await stopServer(running.pid, places.cluster);
    throw error;
  });
  const unwatch = watchLog(places.log);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    unwatch();
    await stopServer(running.pid, places.cluster);
    await leaveEndpoint(running.endpoint);
  };
  return {
    pool,
    version,
    adopted: running.adopted,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Asks the server who it is: the right password, the right folder. */
async function greet(pool: Connection, cluster: string): Promise<number> {
  // Loaded when there is somebody to speak to, for making and starting the database needs nothing of it.
  const { default: pg } = await import('pg');
  const client = new pg.Client(pool);
  try {
    await client.connect();
    const { rows } = await client.query(
      "select current_setting('data_directory') as folder, current_setting('server_version_num')::int as version",
    );
    if (rows[0]?.folder !== cluster) throw inUse(cluster);
    return Math.floor(rows[0].version / 10_000);
  } catch (error) {
    throw greetingError(error, cluster);
  } finally {
    await client.end().catch(() => {});
  }
}

function greetingError(error: unknown, cluster: string): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === '28P01')) return error;
  return new LauncherError(
    'wrong-password',
    `The database in ${cluster} does not know this folder's password. Nothing was changed. ` +
      'Put back the keys folder that belongs to it, or restore a backup into an empty folder.',
    { cause: error },
  );
}
