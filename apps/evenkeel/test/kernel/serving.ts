import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Fetch, Listening } from '../../src/kernel/server.ts';

/** The folder of one test, and the servers that it started; both are gone after it. */
export type Serving = { home: string; running: Listening[] };

export function serving(): Serving {
  const here: Serving = { home: '', running: [] };
  beforeEach(() => {
    here.home = mkdtempSync(join(tmpdir(), 'evenkeel-server-'));
    here.running = [];
  });
  afterEach(async () => {
    for (const server of here.running) await server.close(0);
    rmSync(here.home, { recursive: true, force: true });
  });
  return here;
}

/** Answers with what was asked. */
export const echo: Fetch = async (request, mark) =>
  Response.json({
    method: request.method,
    path: new URL(request.url).pathname,
    isLocal: mark.isLocal,
    body: await request.text(),
  });
