import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { readFiles } from '../../src/kernel/server.files.ts';
import { trustedHosts } from '../../src/kernel/server.guard.ts';
import { type Fetch, type Listening, type ListenOptions, listen } from '../../src/kernel/server.ts';

import { echo, serving } from './serving.ts';

const here = serving();

async function serve(fetch: Fetch = echo, options: Partial<ListenOptions> = {}): Promise<Listening> {
  const server = await listen(fetch, { host: '127.0.0.1', port: 0, ...options });
  here.running.push(server);
  return server;
}

type Asked = { status: number; headers: IncomingHttpHeaders; body: string; bytes: Buffer };
type Asking = { method?: string; headers?: Record<string, string>; body?: string };

/** Asks as a program that may send any header, which `fetch` may not. */
async function ask({ port }: Listening, path: string, asking: Asking = {}): Promise<Asked> {
  const { method = 'GET', headers = {}, body } = asking;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const call = httpRequest({ host: '127.0.0.1', port, path, method, headers: { ...length, ...headers } });
  call.end(body);
  const [incoming] = await once(call, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return { status: incoming.statusCode, headers: incoming.headers, body: bytes.toString(), bytes };
}

const codeOf = ({ body }: Asked): string => JSON.parse(body).code;

describe('on TCP', () => {
  test('a request reaches the API, and is not the owner’s', async () => {
    const server = await serve();
    const asked = await ask(server, '/api/x', { method: 'POST', body: 'hello' });
    expect(JSON.parse(asked.body)).toEqual({ method: 'POST', path: '/api/x', isLocal: false, body: 'hello' });
  });

  test('every answer tells the browser to load nothing from elsewhere and to keep nothing of the API', async () => {
    const { headers } = await ask(await serve(), '/api/x');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  test('a route may be stricter about what it sends', async () => {
    const strict: Fetch = () =>
      new Response('x', { headers: { 'content-security-policy': "default-src 'none'" } });
    const { headers } = await ask(await serve(strict), '/api/x');
    expect(headers['content-security-policy']).toBe("default-src 'none'");
  });

  test('a page that rebound its own name to our address is refused', async () => {
    const server = await serve();
    for (const host of [
      `evil.example:${server.port}`,
      'evil.example',
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil.example:${server.port}`,
    ]) {
      const asked = await ask(server, '/api/x', { headers: { host } });
      expect([host, asked.status, codeOf(asked)]).toEqual([host, 421, 'host-not-ours']);
    }
  });

  test('an absolute address in the request line does not replace the check of the host', async () => {
    const server = await serve();
    const asked = await ask(server, 'http://evil.example/api/x', {
      headers: { host: `127.0.0.1:${server.port}` },
    });
    expect(asked.status).toBe(421);
  });

  test.each(['localhost', '127.0.0.1', '[::1]'])('the loopback name %s is ours', async (name) => {
    const server = await serve();
    expect((await ask(server, '/api/x', { headers: { host: `${name}:${server.port}` } })).status).toBe(200);
  });

  test.each(['http://evil.example', 'http://127.0.0.1:3000', 'https://127.0.0.1', 'null'])(
    'a change that the page %s sends is refused',
    async (origin) => {
      const asked = await ask(await serve(), '/api/x', { method: 'POST', body: '{}', headers: { origin } });
      expect([asked.status, codeOf(asked)]).toEqual([403, 'origin-not-ours']);
    },
  );

  test('our own page may change things', async () => {
    const server = await serve();
    const headers = { origin: `http://127.0.0.1:${server.port}`, 'sec-fetch-site': 'same-origin' };
    expect((await ask(server, '/api/x', { method: 'POST', body: '{}', headers })).status).toBe(200);
  });

  test.each(['cross-site', 'same-site'])('another page (%s) may not even read the API', async (site) => {
    const asked = await ask(await serve(), '/api/x', { headers: { 'sec-fetch-site': site } });
    expect(codeOf(asked)).toBe('origin-not-ours');
  });

  test('a body that is too large or of unknown length is refused, except as an upload', async () => {
    const server = await serve();
    const tooLarge = { method: 'POST', body: ' '.repeat(8 * 1024 * 1024 + 1) };
    expect(await ask(server, '/api/x', tooLarge)).toMatchObject({ status: 413 });
    expect(await ask(server, '/api/uploads', tooLarge)).toMatchObject({ status: 200 });
    const unknown = { method: 'POST', headers: { 'transfer-encoding': 'chunked' } };
    expect(await ask(server, '/api/x', unknown)).toMatchObject({ status: 411 });
  });

  test('a port that is taken is one clear sentence', async () => {
    const { port } = await serve();
    await expect(listen(echo, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'port-in-use',
      message: `Port ${port} on 127.0.0.1 is taken by another program. Nothing was changed. Close it, or choose another with --port.`,
    });
  });

  test('a host that is not this machine is one clear sentence', async () => {
    const impossible = { host: '192.0.2.1', port: 0 };
    await expect(listen(echo, impossible)).rejects.toMatchObject({ code: 'host-unknown' });
  });

  test('closing lets a running request finish and takes no new one', async () => {
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const server = await serve(async () => {
      reach();
      await released;
      return new Response('whole');
    });
    const asked = ask(server, '/api/slow');
    await reached;
    const closed = server.close();
    await expect(ask(server, '/api/x')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    release();
    expect((await asked).body).toBe('whole');
    await closed;
  });

  test('closing cuts what does not end', async () => {
    const endless = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('x')) });
    const server = await serve(() => new Response(endless));
    const asked = ask(server, '/api/endless');
    asked.catch(() => {});
    await once(httpRequest({ host: '127.0.0.1', port: server.port, path: '/api/x' }).end(), 'response');
    await server.close(0);
    await expect(asked).rejects.toThrow();
  });

  test('a body that fails half-way never looks whole', async () => {
    const pieces = ['first', new Error('disk')];
    const failing = new ReadableStream({
      pull: (controller) => {
        const piece = pieces.shift();
        if (piece instanceof Error) controller.error(piece);
        else controller.enqueue(Buffer.from(piece ?? ''));
      },
    });
    await expect(ask(await serve(() => new Response(failing)), '/api/x')).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
  });
});

describe('a server behind a tunnel', () => {
  const address = 'https://keel.example';
  const posted = async (headers: Record<string, string>, behind: string | null = address) => {
    const { status } = await ask(await serve(echo, { address: behind }), '/api/x', {
      ...{ method: 'POST', body: '{}', headers: { 'sec-fetch-site': 'same-origin', ...headers } },
    });
    return status;
  };

  test('answers the page of that address, whether the tunnel keeps its name or puts ours in its place', async () => {
    expect(await posted({ host: 'keel.example', origin: address })).toBe(200);
    const server = await serve(echo, { address });
    const headers = { host: `127.0.0.1:${server.port}`, origin: address };
    expect((await ask(server, '/api/x', { method: 'POST', body: '{}', headers })).status).toBe(200);
  });

  test('refuses every other page, plain HTTP under that name, and that name when nobody named it', async () => {
    expect(await posted({ host: 'keel.example', origin: 'https://evil.example' })).toBe(403);
    expect(await posted({ host: 'keel.example', origin: 'https://keel.example.evil.example' })).toBe(403);
    expect(await posted({ host: 'evil.example', origin: address })).toBe(421);
    expect(await posted({ host: 'keel.example', origin: address, 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await posted({ host: 'keel.example', origin: address }, null)).toBe(421);
  });
});

describe('the names of a server', () => {
  const machine = hostname().toLowerCase();

  test.each([
    ['127.0.0.1', 'localhost:7140', true],
    ['127.0.0.1', 'LOCALHOST:7140', true],
    ['127.0.0.1', '192.168.1.5:7140', false],
    ['127.0.0.1', '', false],
    ['127.0.0.1', 'localhost:7140@evil.example', false],
    ['127.0.0.1', 'evil.example#localhost:7140', false],
    ['192.168.1.5', '192.168.1.5:7140', true],
    ['192.168.1.5', 'localhost:7140', false],
    ['0.0.0.0', '192.168.1.5:7140', true],
    ['0.0.0.0', '[fe80::1]:7140', true],
    ['0.0.0.0', `${machine}:7140`, true],
    ['0.0.0.0', `${machine}.local:7140`, true],
    ['0.0.0.0', 'evil.example:7140', false],
    ['::1', '[::1]:7140', true],
    ['desk.example', 'Desk.Example:7140', true],
  ])('when it listens on %s, %s is ours: %s', (host, header, is) => {
    expect(trustedHosts(host, 7140)(header)).toBe(is);
  });

  test.each([
    ['keel.example', true],
    ['Keel.Example', true],
    ['keel.example:7140', false],
    ['other.keel.example', false],
    ['evil.example', false],
    ['localhost:7140', true],
    ['192.168.1.5:7140', false],
  ])('behind the tunnel https://keel.example, %s is ours: %s', (header, is) => {
    expect(trustedHosts('127.0.0.1', 7140, 'https://keel.example')(header)).toBe(is);
  });

  test('need no port where it is the usual one', () => {
    expect(trustedHosts('localhost', 80)('localhost')).toBe(true);
    expect(trustedHosts('localhost', 7140)(null)).toBe(false);
  });
});

describe('the files of the web page', () => {
  const script = 'console.log(1);\n'.repeat(200);

  beforeEach(() => {
    mkdirSync(join(here.home, 'dist', 'assets'), { recursive: true });
    writeFileSync(join(here.home, 'dist', 'index.html'), '<!doctype html><title>Evenkeel</title>');
    writeFileSync(join(here.home, 'dist', 'assets', 'app-a1b2.js'), script);
    writeFileSync(join(here.home, 'secret.txt'), 'secret');
    symlinkSync(join(here.home, 'secret.txt'), join(here.home, 'dist', 'link.txt'));
  });

  const serveFiles = async () => serve(echo, { files: await readFiles(join(here.home, 'dist')) });

  test('a page of its own answers under its name', async () => {
    writeFileSync(join(here.home, 'dist', 'live.html'), '<!doctype html><title>Notes</title>');
    const server = await serveFiles();
    expect((await ask(server, '/live')).body).toContain('Notes');
    expect((await ask(server, '/clients')).body).toContain('Evenkeel');
  });

  test('answer, and the API stays the API', async () => {
    const server = await serveFiles();
    expect((await ask(server, '/')).body).toContain('Evenkeel');
    expect(JSON.parse((await ask(server, '/api/x')).body).path).toBe('/api/x');
  });

  test('are kept by the browser for ever when their name has their hash, and asked for again when not', async () => {
    const server = await serveFiles();
    const asset = await ask(server, '/assets/app-a1b2.js');
    expect(asset.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    const page = await ask(server, '/');
    expect(page.headers['cache-control']).toBe('no-cache');
    const again = await ask(server, '/', { headers: { 'if-none-match': String(page.headers.etag) } });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  test('are sent zipped to whoever reads that', async () => {
    const server = await serveFiles();
    const { headers, bytes } = await ask(server, '/assets/app-a1b2.js', {
      headers: { 'accept-encoding': 'br, gzip' },
    });
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(bytes).toString()).toBe(script);
    expect((await ask(server, '/assets/app-a1b2.js')).body).toBe(script);
  });

  test('give the page for every place in it, and nothing for a missing part', async () => {
    const server = await serveFiles();
    expect((await ask(server, '/clients/7/timeline')).body).toContain('Evenkeel');
    expect(JSON.parse((await ask(server, '/assets/old.js')).body).path).toBe('/assets/old.js');
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/link.txt',
    '/%00',
    '/%ff',
  ])('lead nowhere else by %s', async (path) => {
    expect((await ask(await serveFiles(), path)).body).not.toContain('secret\n');
    expect((await ask(await serveFiles(), path)).body).not.toBe('secret');
  });
});

test('another program’s socket is not mistaken for a free port', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await expect(listen(echo, { host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'port-in-use' });
  other.close();
});
