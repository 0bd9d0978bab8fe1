import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { linesOf } from '../../apps/evenkeel/src/cli/client.ts';
import { holderOf } from '../../apps/evenkeel/src/kernel/holder.ts';
import { callLocal } from '../../apps/evenkeel/src/kernel/server.local.ts';
import { benchFolder } from './corpus.ts';

const BIN = fileURLToPath(new URL('../../apps/evenkeel/bin/evenkeel.mjs', import.meta.url));

/** Our program as people run it: a process of its own, spoken to over its control socket. */
export type Program = {
  readonly pid: number;
  readonly dataDir: string;
  /** From the start of the command until it said that it is ready. */
  readonly readyMs: number;
  readonly get: <T>(path: string) => Promise<T>;
  readonly post: <T>(path: string, body: unknown) => Promise<T>;
  readonly open: (method: string, path: string, body?: unknown) => Promise<Response>;
  readonly stop: () => Promise<void>;
};

export function newFolder(): Promise<string> {
  return mkdtemp(join(benchFolder(), 'data-'));
}

export function dropFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

export async function startProgram(dataDir: string): Promise<Program> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [BIN, 'serve', '--data', dataDir, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATABASE_URL: undefined },
  });
  await ready(child);
  const readyMs = performance.now() - startedAt;
  const socketPath = (await holderOf(dataDir))!.socketPath;
  const open = async (method: string, path: string, body?: unknown) => {
    const request = new Request(new URL(path, 'http://evenkeel.local'), {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const response = await callLocal(socketPath, request);
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response;
  };
  return {
    pid: child.pid!,
    dataDir,
    readyMs,
    open,
    get: async (path) => (await (await open('GET', path)).json()) as never,
    post: async (path, body) => (await (await open('POST', path, body)).json()) as never,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr! });
  await new Promise<void>((done, failed) => {
    lines.on('line', (line) => {
      said.push(line);
      if (line.includes('is ready')) done();
    });
    child.once('exit', () => failed(new Error(`evenkeel serve ended: ${said.join(' ')}`)));
  });
}

export type Imported = { readonly recordedMs: number; readonly report: { readonly totals: Totals } };
type Totals = Readonly<Record<'items' | 'imported' | 'duplicates' | 'leftOut' | 'unreadable', number>>;
type Event = { report?: Imported['report']; failed?: { message: string } };

/** Imports files and waits until its report says that all of it is recorded. */
export async function importPaths(
  program: Program,
  paths: readonly string[],
  more: { me?: readonly string[]; client?: string } = {},
): Promise<Imported> {
  const startedAt = performance.now();
  const { run } = await program.post<{ run: string }>('/api/imports', { paths, ...more });
  for await (const event of linesOf<Event>(await program.open('GET', `/api/runs/${run}/events`))) {
    if (event.failed) throw new Error(event.failed.message);
    if (event.report) return { recordedMs: performance.now() - startedAt, report: event.report };
  }
  throw new Error('the import ended without a report');
}

type Page<Row> = { readonly items: readonly Row[]; readonly next: string | null };

/** Every client and contact. */
export async function allParties(program: Program): Promise<readonly { readonly id: string }[]> {
  const found: { id: string }[] = [];
  for (let after = ''; ; ) {
    const page = await program.get<Page<{ id: string }>>(`/api/parties?limit=200${after}`);
    found.push(...page.items);
    if (page.next === null) return found;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

export function searchPath(word: string, limit: number): string {
  return `/api/search?limit=${limit}&q=${encodeURIComponent(word)}`;
}

export type SearchPage = Page<{ readonly id: string }>;

/** What must have caught up before an import counts as over; marked words have a row of their own. */
const FOUND_BY = ['interaction.index', 'interaction.threads'];

/** Each look costs the program some milliseconds that its import lacks: often enough to be exact to half a percent. */
const LOOK_MS = 100;

/** Until the word is found, index and threads have handled everything, and a signed head covers all of it. */
export async function untilIndexed(program: Program, word: string): Promise<void> {
  const hasCaughtUp = async () => {
    const { lag } = await program.get<{ lag: Record<string, number> }>('/api/health');
    return FOUND_BY.every((follower) => lag[follower] === 0);
  };
  const isFound = async () => (await program.get<SearchPage>(searchPath(word, 1))).items.length > 0;
  while (!((await hasCaughtUp()) && (await isFound())))
    await new Promise((done) => setTimeout(done, LOOK_MS));
  await program.get('/api/log/checkpoint');
}
