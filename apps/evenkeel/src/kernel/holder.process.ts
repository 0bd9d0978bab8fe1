import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What tells one process from every other, also from a later one that was given the same number. */
export type ProcessMark = {
  readonly pid: number;
  /** When the system started it, in the system's own words; null where the system does not say. */
  readonly startedAt: string | null;
  /** Which run of the machine it belongs to; null where the system does not say. */
  readonly boot: string | null;
};

export async function ownMark(): Promise<ProcessMark> {
  return { pid: process.pid, startedAt: await startOf(process.pid), boot: await bootId() };
}

/** Whether the marked process still runs; what the system does not say counts as the same. */
export async function isAlive(mark: ProcessMark): Promise<boolean> {
  const boot = await bootId();
  if (mark.boot !== null && boot !== null && mark.boot !== boot) return false;
  if (!exists(mark.pid)) return false;
  const startedAt = await startOf(mark.pid);
  if (process.platform === 'linux') return startedAt !== null && startedAt === mark.startedAt;
  return mark.startedAt === null || startedAt === null || startedAt === mark.startedAt;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function bootId(): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}

async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return startInProc(pid);
  if (process.platform === 'win32') return null;
  return promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
    env: { LC_ALL: 'C', TZ: 'UTC' },
  }).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  );
}

/**
 * Clock ticks since boot, null when the process is gone or only waits to be buried.
 *
 * @source proc_pid_stat(5), fields 3 and 22; the name in field 2 may hold spaces and brackets
 */
async function startInProc(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
}
