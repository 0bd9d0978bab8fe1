import { execFile } from 'node:child_process';
import {
  chmod,
  chown,
  lchown,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { syncFolder } from './durable.ts';
import type { Binaries } from './postgres.binaries.ts';
import { asLauncherError, diskFull, LauncherError, tellsDiskFull } from './postgres.error.ts';
import { commandAs, type Identity } from './postgres.identity.ts';

/** Where a started server listens: a folder for its socket, or a loopback port where sockets are missing. */
export type Endpoint = { readonly host: string; readonly port: number };

export const SUPERUSER = 'evenkeel';

const run = promisify(execFile);

/**
 * Makes the database folder if it is missing.
 *
 * It is made beside its place and renamed when it is complete and on the disk, so a folder that has the name is whole;
 * what an interrupted attempt left is removed.
 *
 * @throws LauncherError `damaged-folder`, `other-version`, `disk-full`, `start-failed`
 */
export async function ensureCluster(
  identity: Identity,
  binaries: Binaries,
  cluster: string,
  password: string,
): Promise<'made' | 'found'> {
  const making = `${cluster}.making`;
  await rm(making, { recursive: true, force: true });
  const found = await clusterVersion(cluster);
  if (found === undefined) {
    await makeCluster(identity, binaries, making, password);
    await rename(making, cluster);
    await syncFolder(dirname(cluster));
    return 'made';
  }
  if (found !== binaries.version) throw otherVersion(cluster, found, binaries.version);
  if (identity.kind === 'account' && (await stat(cluster)).uid !== identity.uid)
    await handOver(cluster, identity);
  return 'found';
}

/** Writes the settings anew at each start, so that they always are this program's. */
export async function writeSettings(
  identity: Identity,
  binaries: Binaries,
  cluster: string,
  endpoint: Endpoint,
): Promise<void> {
  const files = {
    'postgresql.conf': settingsText(binaries.version, endpoint),
    'pg_hba.conf': isFolder(endpoint.host)
      ? 'local all all scram-sha-256\n'
      : 'host all all 127.0.0.1/32 scram-sha-256\n',
  };
  for (const [name, text] of Object.entries(files)) await writeAs(identity, join(cluster, name), text);
}

export function isFolder(host: string): boolean {
  return host.startsWith('/');
}

async function clusterVersion(cluster: string): Promise<number | undefined> {
  const names: readonly string[] = await readdir(cluster).catch(() => []);
  if (names.length === 0) return undefined;
  const version = Number(await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => ''));
  if (version > 0 && names.includes('global')) return version;
  throw new LauncherError(
    'damaged-folder',
    `${cluster} holds files but is not a whole database. Nothing in it was touched. ` +
      'Move it elsewhere and restore the newest backup with `evenkeel restore`.',
  );
}

function otherVersion(cluster: string, found: number, offered: number): LauncherError {
  return new LauncherError(
    'other-version',
    `${cluster} was made by PostgreSQL ${found}, and the programs here are version ${offered}. Nothing was changed. ` +
      `Set EVENKEEL_PG_BIN to the bin folder of PostgreSQL ${found}, or restore a backup into an empty folder.`,
  );
}

async function makeCluster(
  identity: Identity,
  binaries: Binaries,
  folder: string,
  password: string,
): Promise<void> {
  const passwordFile = `${folder}.pw`;
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await makeEmptyFolder(identity, folder);
    await giveTo(identity, passwordFile);
    await initialise(identity, binaries, folder, passwordFile);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw asLauncherError(error, 'make a new database', dirname(folder));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function makeEmptyFolder(identity: Identity, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  await chmod(folder, 0o700);
  await giveTo(identity, folder);
}

async function initialise(
  identity: Identity,
  binaries: Binaries,
  folder: string,
  passwordFile: string,
): Promise<void> {
  const { file, args, as } = commandAs(identity, join(binaries.bin, 'initdb'), [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--data-checksums',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
    ...(binaries.version >= 17 ? ['--locale-provider=builtin'] : []),
  ]);
  await run(file, args, { ...as, env: serverEnvironment(binaries), cwd: '/' }).catch((error) => {
    throw initialisationError(error, dirname(folder));
  });
}

function initialisationError(error: unknown, data: string): Error {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  if (tellsDiskFull(said)) return diskFull(data);
  const line = said.split('\n').find((text) => /error|fatal/i.test(text)) ?? said;
  return new LauncherError(
    'start-failed',
    `PostgreSQL could not make a new database in ${data}: ${line.trim()}`,
  );
}

/** What initdb and the server see of our environment: nothing that could change what they do. */
export function serverEnvironment(binaries: Binaries): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C', TZ: 'UTC', ...binaries.env };
}

function settingsText(version: number, endpoint: Endpoint): string {
  const lines = Object.entries({
    ...SETTINGS,
    ...(version >= 18 ? SETTINGS_18 : {}),
    ...endpointSettings(endpoint),
  });
  const text = lines.map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`).join('\n');
  return `# Written at each start of evenkeel: this is not the place for changes.\n${text}\n`;
}

function endpointSettings(endpoint: Endpoint): Record<string, string> {
  const port = String(endpoint.port);
  if (!isFolder(endpoint.host)) return { listen_addresses: endpoint.host, unix_socket_directories: '', port };
  // The value is a list, so a name with a comma or a space is quoted once more.
  const folder = `"${endpoint.host.replaceAll('"', '""')}"`;
  return { listen_addresses: '', unix_socket_directories: folder, unix_socket_permissions: '0700', port };
}

const SETTINGS: Readonly<Record<string, string>> = {
  cluster_name: 'evenkeel',
  max_connections: '40',
  shared_buffers: '128MB',
  work_mem: '32MB',
  maintenance_work_mem: '128MB',
  huge_pages: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  gin_pending_list_limit: '16MB',
  random_page_cost: '1.1',
  jit: 'off',
  autovacuum: 'on',
  autovacuum_max_workers: '2',
  // Counts and pages are answered from indexes; a worker costs more to start than it saves.
  max_parallel_workers_per_gather: '0',
  max_worker_processes: '4',
  max_logical_replication_workers: '0',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  default_text_search_config: 'pg_catalog.simple',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
  // A failed statement is reported to its caller; in the log its text would outlive the erasure of a record.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

const SETTINGS_18: Readonly<Record<string, string>> = {
  // Saves the three processes that read ahead.
  io_method: 'sync',
  autovacuum_worker_slots: '2',
};

async function writeAs(identity: Identity, path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  await writeFile(fresh, text, { mode: 0o600 });
  await giveTo(identity, fresh);
  await rename(fresh, path);
}

async function giveTo(identity: Identity, path: string): Promise<void> {
  if (identity.kind === 'account') await chown(path, identity.uid, identity.gid);
}

async function handOver(folder: string, account: { uid: number; gid: number }): Promise<void> {
  await lchown(folder, account.uid, account.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await handOver(path, account);
    else await lchown(path, account.uid, account.gid);
  }
}
