import type { App } from '../app.ts';
import { holderOf } from '../kernel/holder.ts';
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
  constructor(code: string, title: string, params: Readonly<Record<string, unknown>>) {
    super(title);
    this.name = 'Refused';
    this.code = code;
    this.params = params;
  }
}

/** Speaks to whoever holds the folder; opens it here when nobody does. */
export async function connect(dataDir: string, open: () => Promise<App>): Promise<Client> {
  const holder = await holderOf(dataDir);
  if (holder)
    return {
      call: (method, path, body) =>
        callLocal(holder.socketPath, requestOf(method, path, body)).then(accepted),
      close: async () => {},
    };
  const app = await open();
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
      await app.importer.stop();
      await local.close();
      await app.close();
    },
  };
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
