import { execFile } from 'node:child_process';
import {
  chmod,
  chown,
  lchown,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { syncFolder } from './durable.ts';
import type { Binaries } from './postgres.binaries.ts';
import { asLauncherError, diskFull, LauncherError, tellsDiskFull } from './postgres.error.ts';
import { commandAs, type Identity } from './postgres.identity.ts';
import { type Endpoint, settingsFiles } from './postgres.settings.ts';

export const SUPERUSER = 'evenkeel';

const ATTEMPT = '.making-';

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
  meanwhile: () => void,
): Promise<'made' | 'found'> {
  await removeAttempts(cluster);
  const found = await clusterVersion(cluster);
  if (found === undefined) {
    await makeCluster(identity, binaries, cluster, password, meanwhile);
    return 'made';
  }
  if (found !== binaries.version) throw otherVersion(cluster, found, binaries.version);
  // PostgreSQL refuses a folder that others may read, which is how a plain copy comes out.
  await chmod(cluster, 0o700);
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
  const files = settingsFiles(binaries.version, endpoint);
  for (const [name, text] of Object.entries(files)) await writeAs(identity, join(cluster, name), text);
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

/**
 * Removes what a killed program left. Its initdb may still be at work there; when it finds its files gone it fails and
 * clears its own folder, which is why each attempt has a name of its own.
 */
async function removeAttempts(cluster: string): Promise<void> {
  const data = dirname(cluster);
  const left = (await readdir(data)).filter((name) => name.startsWith(`${basename(cluster)}${ATTEMPT}`));
  for (const name of left) {
    const gentle = { recursive: true, force: true, maxRetries: 10, retryDelay: 20 };
    await rm(join(data, name), gentle).catch(() => {});
  }
}

async function makeCluster(
  identity: Identity,
  binaries: Binaries,
  cluster: string,
  password: string,
  meanwhile: () => void,
): Promise<void> {
  let attempt: string | undefined;
  try {
    attempt = await mkdtemp(`${cluster}${ATTEMPT}`);
    await giveTo(identity, attempt);
    const passwordFile = join(attempt, 'password');
    const folder = join(attempt, 'cluster');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await giveTo(identity, passwordFile);
    const making = initialise(identity, binaries, folder, passwordFile);
    meanwhile();
    await making;
    await rename(folder, cluster);
    await syncFolder(dirname(cluster));
  } catch (error) {
    throw asLauncherError(error, 'make a new database', dirname(cluster));
  } finally {
    if (attempt) await rm(attempt, { recursive: true, force: true });
  }
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
    throw initialisationError(error, dirname(dirname(folder)));
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

/**
 * glibc learns from a batch of 8 MB to keep as much for each connection: from this size on memory is given back at once,
 * some 100 MB in an import of 100,000.
 */
const GIVEN_BACK_BYTES = String(128 << 10);
const GIVES_BACK = { MALLOC_MMAP_THRESHOLD_: GIVEN_BACK_BYTES, MALLOC_TRIM_THRESHOLD_: GIVEN_BACK_BYTES };

/** What initdb and the server see of our environment: nothing that could change what they do. */
export function serverEnvironment(binaries: Binaries): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C', TZ: 'UTC', ...GIVES_BACK, ...binaries.env };
}

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
