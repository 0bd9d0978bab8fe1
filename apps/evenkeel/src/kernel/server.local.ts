import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { setTimeout as wait } from 'node:timers/promises';
import { Halt } from './outcome.ts';

const TRY_EVERY_MS = 50;
const WAIT_MS = 15_000;

/**
 * Asks the process that holds the data folder, over its control socket, as this machine's owner.
 *
 * Bodies are streamed both ways. A holder that has only just started is waited for.
 *
 * @param request its URL's host does not matter; its signal ends the exchange
 * @param waitMs how long a socket that is not there yet is waited for
 * @throws Halt `holder-silent`
 */
export async function callLocal(socketPath: string, request: Request, waitMs = WAIT_MS): Promise<Response> {
  return exchange(await reach(socketPath, waitMs), request);
}

async function reach(socketPath: string, waitMs: number): Promise<Socket> {
  for (let waited = 0; ; waited += TRY_EVERY_MS) {
    const socket = connect(socketPath);
    try {
      await once(socket, 'connect');
      return socket;
    } catch (error) {
      if (!isNotYet(error) || waited >= waitMs) throw silent(error);
      await wait(TRY_EVERY_MS);
    }
  }
}

function isNotYet(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOENT' || code === 'ECONNREFUSED';
}

function silent(error: unknown): Halt {
  const said = error instanceof Error ? error.message : String(error);
  return new Halt(
    'holder-silent',
    `The Evenkeel that works in this folder does not answer (${said}). Nothing was changed. Wait until it has started, or end it and try again.`,
  );
}

function exchange(socket: Socket, request: Request): Promise<Response> {
  const url = new URL(request.url);
  return new Promise((resolve, reject) => {
    const call = httpRequest({
      createConnection: () => socket,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: { ...Object.fromEntries(request.headers), host: 'localhost', connection: 'close' },
      signal: request.signal,
    });
    call.once('response', (incoming) => resolve(responseOf(incoming)));
    // Also after the answer came: who refuses an upload does not read the rest of it.
    call.on('error', reject);
    if (request.body) pipeline(Readable.fromWeb(request.body as NodeStream), call).catch(reject);
    else call.end();
  });
}

function responseOf(incoming: IncomingMessage): Response {
  const status = incoming.statusCode ?? 500;
  const headers = new Headers();
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '');
  }
  if (status === 204 || status === 304) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  return new Response(Readable.toWeb(incoming) as ReadableStream<Uint8Array<ArrayBuffer>>, {
    status,
    headers,
  });
}
