import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Binaries } from './postgres.binaries.ts';
import { serverEnvironment } from './postgres.cluster.ts';
import { diskFull, errnoOf, LauncherError, tellsDiskFull } from './postgres.error.ts';
import { commandAs, type Identity } from './postgres.identity.ts';
import { logSince } from './postgres.log.ts';
import type { Endpoint } from './postgres.settings.ts';

/** What a running server says about itself in its folder. */
export type PidFile = { readonly pid: number; readonly endpoint: Endpoint; readonly status: string };

const POLL_MS = 5;
/** A crash with much unwritten work is replayed at start, which may take minutes. */
const START_LIMIT_MS = 15 * 60_000;
const SAY_AFTER_MS = 3_000;
const STOP_LIMIT_MS = 60_000;
const LEFTOVER_LIMIT_MS = 10_000;

/**
 * Starts the server in a folder that is whole and waits until it takes connections.
 *
 * @param logFile Where the server writes; it must exist.
 * @throws LauncherError `disk-full`, `folder-in-use`, `start-failed`
 */
export async function startServer(
  identity: Identity,
  binaries: Binaries,
  cluster: string,
  logFile: string,
  say: (line: string) => void,
  meanwhile: () => void,
): Promise<number> {
  for (let waitedMs = 0; ; waitedMs += 100) {
    const said = await logSince(logFile);
    const started = spawnServer(identity, binaries, cluster, logFile);
    meanwhile();
    if (await becomesReady(started, cluster, say)) return started.number;
    const text = await said();
    // Backends of a server that was killed need a moment to notice it.
    if (!/pre-existing shared memory block/.test(text) || waitedMs >= LEFTOVER_LIMIT_MS)
      throw startError(text, cluster);
    await wait(100);
  }
}

/** Reads `postmaster.pid`; undefined when there is none or it is being written. */
export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, socketFolder, address, , status = ''] = text.split('\n');
  if (!(Number(pid) > 0)) return undefined;
  const endpoint = { host: socketFolder || address || '', port: Number(port) };
  return { pid: Number(pid), endpoint, status: status.trim() };
}

/**
 * What the number in `postmaster.pid` stands for: this folder's server, somebody else's that may be it, or nothing
 * any more. Numbers are used again, and a killed process keeps its number until its parent looks.
 */
export async function serverState(pid: number, cluster: string): Promise<'ours' | 'foreign' | 'gone'> {
  if (!isAlive(pid)) return 'gone';
  if (process.platform !== 'linux') return 'ours';
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  if (!stat.includes('(postgres)') || /\) [ZX] /.test(stat)) return 'gone';
  const folder = await readlink(`/proc/${pid}/cwd`).catch(errnoOf);
  if (folder === 'EACCES' || folder === 'EPERM') return 'foreign';
  return folder === cluster ? 'ours' : 'gone';
}

/** Forgets a server that is gone, also when its number now belongs to another program. */
export async function removePidFile(cluster: string): Promise<void> {
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

/** Waits while a server found `starting` or `stopping` does so; undefined when it has ended. */
export async function outlast(found: PidFile, cluster: string): Promise<PidFile | undefined> {
  let now: PidFile | undefined = found;
  for (let waitedMs = 0; waitedMs < START_LIMIT_MS && now?.status !== 'ready'; waitedMs += POLL_MS) {
    await wait(POLL_MS);
    now = await readPidFile(cluster);
    if (now?.pid !== found.pid || (await serverState(found.pid, cluster)) !== 'ours') return undefined;
  }
  return now;
}

/** Ends the server cleanly; one that does not end in time is ended hard, which loses nothing that was committed. */
export async function stopServer(pid: number, cluster: string): Promise<void> {
  signal(pid, 'SIGINT');
  if (await isGone(pid, cluster)) return;
  signal(pid, 'SIGQUIT');
  await isGone(pid, cluster);
}

type Started = { readonly number: number; readonly ended: () => boolean };

function spawnServer(identity: Identity, binaries: Binaries, cluster: string, logFile: string): Started {
  const { file, args, as } = commandAs(identity, join(binaries.bin, 'postgres'), ['-D', cluster]);
  const log = openSync(logFile, 'a', 0o600);
  let hasEnded = false;
  // Detached: Ctrl-C at the terminal reaches us, and we stop the server when our own work is done.
  const child = spawn(file, args, {
    ...as,
    cwd: '/',
    env: serverEnvironment(binaries),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.once('error', () => (hasEnded = true));
  child.once('exit', () => (hasEnded = true));
  child.unref();
  return { number: child.pid ?? 0, ended: () => hasEnded };
}

async function becomesReady(
  started: Started,
  cluster: string,
  say: (line: string) => void,
): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < START_LIMIT_MS; waitedMs += POLL_MS) {
    if (started.ended()) return false;
    const found = await readPidFile(cluster);
    if (found?.pid === started.number && found.status === 'ready') return true;
    if (waitedMs === SAY_AFTER_MS) say('The database is putting itself in order after an unclean stop …');
    await wait(POLL_MS);
  }
  await stopServer(started.number, cluster);
  return false;
}

function startError(text: string, cluster: string): LauncherError {
  if (tellsDiskFull(text)) return diskFull(cluster);
  if (/lock file ".*" already exists|pre-existing shared memory/.test(text)) return inUse(cluster);
  const line = text.split('\n').findLast((said) => /FATAL|PANIC|error/.test(said)) ?? text;
  return new LauncherError(
    'start-failed',
    `PostgreSQL did not start in ${cluster}: ${line.replace(/^.*?(FATAL|PANIC):\s*/, '').trim()} ` +
      'Nothing in the folder was changed; DATA/run/postgres.log has the rest.',
  );
}

export function inUse(cluster: string): LauncherError {
  return new LauncherError(
    'folder-in-use',
    `Another PostgreSQL is using ${cluster} and does not answer to this program. Nothing was changed. ` +
      'Stop the other one (its number is in the first line of postmaster.pid there), then start again.',
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which is what we want.
  }
}

async function isGone(pid: number, cluster: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < STOP_LIMIT_MS; waitedMs += POLL_MS) {
    // Not by its file: one that ends removes it a moment earlier, and one that was killed leaves it behind.
    if ((await serverState(pid, cluster)) === 'gone') {
      if ((await readPidFile(cluster))?.pid === pid) await removePidFile(cluster);
      return true;
    }
    await wait(POLL_MS);
  }
  return false;
}
