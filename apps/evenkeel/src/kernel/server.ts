import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Halt } from './outcome.ts';
import type { Files } from './server.files.ts';
import { protect, trustedHosts } from './server.guard.ts';

/** How a request came in; it is what Hono calls `c.env`, so nothing that is sent can forge it. */
export type Mark = { readonly isLocal: boolean };
export type Fetch = (request: Request, mark: Mark) => Response | Promise<Response>;

export type Listening = {
  /** Where it answers, for instance `http://127.0.0.1:7140`; the path of the socket for a local one. */
  readonly url: string;
  /** The port it got, which differs from 0 when 0 was asked for; 0 for a socket. */
  readonly port: number;
  /** Takes no more requests, lets the running ones finish for a moment, then cuts them. */
  readonly close: (graceMs?: number) => Promise<void>;
};

export type ListenOptions = {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** `https://name` of a tunnel or proxy that passes requests on to us. */
  readonly address?: string | null;
  /** The web page; without it everything goes to `fetch`. */
  readonly files?: Files;
};

const GRACE_MS = 3_000;
const SWEEP_MS = 20;

/**
 * Serves the web page and the API on TCP; callers are whoever their session says.
 *
 * @throws Halt `port-in-use`, `port-forbidden` or `host-unknown`
 */
export async function listen(fetch: Fetch, options: ListenOptions): Promise<Listening> {
  let answer: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 });
  const server = serverFor((request) => answer(request));
  await listening(server, { host: options.host, port: options.port }).catch((error) => {
    throw asHalt(error, options);
  });
  const { port } = server.address() as AddressInfo;
  const address = options.address ?? null;
  answer = protect(routed(fetch, options.files), trustedHosts(options.host, port, address), address);
  return { url: urlOf(options.host, port), port, close: (graceMs) => close(server, graceMs) };
}

/**
 * Serves the API on the control socket (0600): whoever can open it is this machine's owner.
 *
 * Only for the process that holds the data folder; the socket of one that was killed is replaced.
 */
export async function listenLocal(fetch: Fetch, socketPath: string): Promise<Listening> {
  const isFile = process.platform !== 'win32';
  if (isFile) await rm(socketPath, { force: true });
  const server = serverFor(async (request) => fetch(request, { isLocal: true }));
  await listening(server, { path: socketPath });
  if (isFile) await chmod(socketPath, 0o600);
  return { url: socketPath, port: 0, close: (graceMs) => close(server, graceMs) };
}

function routed(fetch: Fetch, files: Files | undefined): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const isApi = pathname === '/api' || pathname.startsWith('/api/');
    return ((!isApi && files?.(request)) || fetch(request, { isLocal: false })) as Promise<Response>;
  };
}

function serverFor(answer: (request: Request) => Promise<Response>): Server {
  return createAdaptorServer({
    fetch: async (request, { outgoing }) => wholeOrBroken(await answer(request), outgoing as ServerResponse),
    // Replacing the global Request and Response would reach into code that has nothing to do with serving.
    overrideGlobalObjects: false,
    // A large upload over a slow line takes as long as it takes; only the headers must come soon.
    serverOptions: { requestTimeout: 0, headersTimeout: 30_000 },
  }) as Server;
}

/**
 * Cuts the connection when a body fails half-way. Otherwise the adapter appends the error's words and ends the body
 * properly, and a damaged download looks like a whole one.
 */
function wholeOrBroken(response: Response, outgoing: ServerResponse): Response {
  if (!response.body || response.headers.get('content-type')?.includes('json')) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch {
        outgoing.destroy();
        controller.close();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, response);
}

async function listening(
  server: Server,
  where: { host: string; port: number } | { path: string },
): Promise<void> {
  server.listen(where);
  await once(server, 'listening');
}

async function close(server: Server, graceMs = GRACE_MS): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  // A connection whose last request ends now would be kept open for a next one.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function asHalt(error: unknown, { host, port }: ListenOptions): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'EADDRINUSE') {
    return new Halt(
      'port-in-use',
      `Port ${port} on ${host} is taken by another program. Nothing was changed. Close it, or choose another with --port.`,
    );
  }
  if (code === 'EACCES') {
    return new Halt(
      'port-forbidden',
      `This account may not listen on port ${port}. Nothing was changed. Choose one above 1023 with --port.`,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Halt(
      'host-unknown',
      `${host} is no address of this machine. Nothing was changed. Choose one with --host, for instance 127.0.0.1.`,
    );
  }
  return error;
}
