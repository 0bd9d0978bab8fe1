import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../app.ts';
import { holderOf } from '../kernel/holder.ts';
import { Halt } from '../kernel/outcome.ts';
import { callLocal } from '../kernel/server.local.ts';

/** The API as a command sees it: in this process, or in the one that holds the folder. */
export type Client = {
  readonly call: (method: string, path: string, body?: unknown) => Promise<Response>;
  /** Waits until what was written can be found, and lets the folder go when we held it. */
  readonly close: () => Promise<void>;
};

/** A refusal of the API, in its own words. */
export class Refused extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly status: number;
  constructor(status: number, code: string, title: string, params: Readonly<Record<string, unknown>>) {
    super(title);
    this.name = 'Refused';
    this.status = status;
    this.code = code;
    this.params = params;
  }
}

/** How long a holder is asked before it is looked at whether it still holds the folder. */
const ASK_MS = 2000;
const ASK_TIMES = 30;
/** 128 and the number of SIGINT, as shells say it. */
const EXIT_STOPPED = 130;
const OTHERS_END_MS = 10 * 60_000;
/** A follower that has not moved for so long has stopped, because the disk is full for instance. */
const STUCK_MS = 10_000;

/** Speaks to whoever holds the folder; opens it here when nobody does. */
export async function connect(
  dataDir: string,
  open: () => Promise<App>,
  onSignal: (stop: () => void) => void,
): Promise<Client> {
  for (let asked = 1; ; asked++) {
    const holder = await holderOf(dataDir);
    if (holder === null) {
      const client = await hold(open, onSignal);
      if (client) return client;
    } else {
      const silence = await silenceOf(holder.socketPath);
      if (silence === null) return through(holder.socketPath);
      if (asked >= ASK_TIMES) throw silence;
    }
  }
}

/** Why a holder does not answer: it has only just started and has no socket yet, or has just ended and never will. */
async function silenceOf(socketPath: string): Promise<unknown> {
  try {
    const response = await callLocal(socketPath, requestOf('GET', '/api/session', undefined), ASK_MS);
    await response.body?.cancel();
    return null;
  } catch (error) {
    return error;
  }
}

function through(socketPath: string): Client {
  return {
    call: (method, path, body) => callLocal(socketPath, requestOf(method, path, body)).then(accepted),
    close: async () => {},
  };
}

/** @returns null when another process took the folder at the same moment */
async function hold(open: () => Promise<App>, onSignal: (stop: () => void) => void): Promise<Client | null> {
  const app = await open().catch((error: unknown) => {
    if (error instanceof Halt && error.code === 'folder-held') return null;
    throw error;
  });
  if (app === null) return null;
  // Stopped by hand, it still lets the database end properly; an import is paused and can go on.
  onSignal(() => void app.close().finally(() => process.exit(EXIT_STOPPED)));
  // Whoever holds the folder answers the commands that come while it does.
  const { listenLocal } = await import('../kernel/server.ts');
  const local = await listenLocal(app.fetch, app.holding.socketPath).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  return {
    call: async (method, path, body) =>
      accepted(await app.fetch(requestOf(method, path, body), { isLocal: true })),
    close: async () => {
      await settled(app);
      // What others asked of us meanwhile is theirs: it is done before the folder is let go.
      await app.importer.idle();
      await local.close(OTHERS_END_MS);
      await settled(app);
      await app.close();
    },
  };
}

/** Waits until all that is in the ledger can be found; what is left for followers that are stuck, the next start takes up. */
async function settled({ findable, runner }: App): Promise<void> {
  const found = findable().then(() => true);
  found.catch(() => {});
  try {
    for (let left = Number.POSITIVE_INFINITY; ; ) {
      if (await soon(found)) return;
      const now = Object.values(await runner.lag()).reduce((sum, lag) => sum + lag, 0);
      if (now >= left) return;
      left = now;
    }
  } catch {
    // The database is gone, and whoever spoke to it has said so.
  }
}

async function soon(found: Promise<boolean>): Promise<boolean> {
  const over = new AbortController();
  const late = wait(STUCK_MS, false, { signal: over.signal }).catch(() => false);
  return Promise.race([found, late]).finally(() => over.abort());
}

function requestOf(method: string, path: string, body: unknown): Request {
  const url = new URL(path, 'http://evenkeel.local');
  if (body === undefined) return new Request(url, { method });
  return new Request(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function accepted(response: Response): Promise<Response> {
  if (response.ok) return response;
  const problem = (await response.json().catch(() => null)) as {
    code?: string;
    title?: string;
    params?: Record<string, unknown>;
  } | null;
  throw new Refused(
    response.status,
    problem?.code ?? 'failed',
    problem?.title ?? `The program answered ${response.status}.`,
    problem?.params ?? {},
  );
}

/** The lines of an NDJSON answer, as they come. */
export async function* linesOf<T>(response: Response): AsyncGenerator<T> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body!) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line !== '') yield JSON.parse(line) as T;
  }
}
