import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callLocal } from '../../src/kernel/server.local.ts';
import { type Fetch, listenLocal } from '../../src/kernel/server.ts';
import { echo, serving } from './serving.ts';

const here = serving();

async function serveLocal(fetch: Fetch = echo): Promise<string> {
  const path = join(here.home, 'control.sock');
  here.running.push(await listenLocal(fetch, path));
  return path;
}

test('the caller is the owner, and only the owner can open it', async () => {
  const path = await serveLocal();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const response = await callLocal(
    path,
    new Request('http://x/api/y?z=1', { method: 'POST', body: 'hello' }),
  );
  expect(await response.json()).toEqual({ method: 'POST', path: '/api/y', isLocal: true, body: 'hello' });
});

test('the socket of a process that was killed is replaced', async () => {
  const path = join(here.home, 'control.sock');
  writeFileSync(path, '');
  here.running.push(await listenLocal(echo, path));
  expect((await callLocal(path, new Request('http://x/api'))).status).toBe(200);
});

test('bodies are streamed both ways while both are still being written', async () => {
  const path = await serveLocal((request) => new Response(request.body));
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  void writer.write(Buffer.from('one'));
  const request = new Request('http://x/api', {
    method: 'POST',
    body: readable,
    duplex: 'half',
  } as RequestInit);
  const reader = ((await callLocal(path, request)).body as ReadableStream<Uint8Array>).getReader();
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('one');
  void writer.write(Buffer.from('two'));
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('two');
  await writer.close();
  expect((await reader.read()).done).toBe(true);
});

test('twenty megabytes arrive whole', async () => {
  const path = await serveLocal((request) => new Response(request.body));
  const bytes = Buffer.alloc(20 * 1024 * 1024, 'abcdefg');
  const response = await callLocal(path, new Request('http://x/api', { method: 'POST', body: bytes }));
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
});

test('an answer that comes before the body was read is the answer', async () => {
  const path = await serveLocal(() => new Response('no', { status: 422 }));
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
  const response = await callLocal(
    path,
    new Request('http://x/api', { method: 'POST', body, duplex: 'half' } as RequestInit),
  );
  expect([response.status, await response.text()]).toEqual([422, 'no']);
});

test('an answer without a body is one', async () => {
  const path = await serveLocal(() => new Response(null, { status: 204 }));
  expect(await (await callLocal(path, new Request('http://x/api'))).text()).toBe('');
});

test('what fails half-way fails for the caller too', async () => {
  const path = await serveLocal(
    () => new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('disk')) })),
  );
  const asked = callLocal(path, new Request('http://x/api')).then((response) => response.text());
  await expect(asked).rejects.toThrow();
});

test('a holder that is still starting is waited for', async () => {
  const path = join(here.home, 'control.sock');
  const asked = callLocal(path, new Request('http://x/api'));
  here.running.push(await listenLocal(echo, path));
  expect((await asked).status).toBe(200);
});

test('a holder that does not answer is one clear sentence', async () => {
  await expect(
    callLocal(join(here.home, 'nobody.sock'), new Request('http://x/api'), 0),
  ).rejects.toMatchObject({
    code: 'holder-silent',
    message: expect.stringMatching(/does not answer .* Nothing was changed\./),
  });
});

test('the caller can give up', async () => {
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const path = await serveLocal((request) => {
    request.signal.addEventListener('abort', () => resolve());
    return new Response(new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('x')) }));
  });
  const abort = new AbortController();
  const response = await callLocal(path, new Request('http://x/api', { signal: abort.signal }));
  abort.abort();
  await expect(response.text()).rejects.toThrow();
  await gone;
});
