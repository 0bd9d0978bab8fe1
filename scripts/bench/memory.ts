import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program } from './program.ts';

/** Proportional set size of the program, its database and everything they started, in MB. */
export async function memoryOf({ pid, dataDir }: Pick<Program, 'pid' | 'dataDir'>): Promise<number> {
  const pids = await family([pid, await postmasterOf(dataDir)]);
  const sizes = await Promise.all(pids.map(pssOf));
  return sizes.reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024;
}

/** Asking for it costs the kernel a walk through all pages. */
const SAMPLE_MS = 1000;

/** Samples memory until `stop` is called; then says the largest. */
export function watchMemory(program: Pick<Program, 'pid' | 'dataDir'>): { stop: () => Promise<number> } {
  let largest = 0;
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      largest = Math.max(largest, await memoryOf(program));
      await new Promise((done) => setTimeout(done, SAMPLE_MS));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await watching;
      return largest;
    },
  };
}

async function postmasterOf(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '0');
  return Number.parseInt(text, 10);
}

async function family(roots: readonly number[]): Promise<readonly number[]> {
  const parents = await parentOfEach();
  const found = new Set(roots.filter((pid) => parents.has(pid)));
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, parent] of parents)
      if (found.has(parent) && !found.has(pid)) {
        found.add(pid);
        grew = true;
      }
  }
  return [...found];
}

async function parentOfEach(): Promise<ReadonlyMap<number, number>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const pairs = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      return [pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)] as const;
    }),
  );
  return new Map(pairs);
}

async function pssOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
}
