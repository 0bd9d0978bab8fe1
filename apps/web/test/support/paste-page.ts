import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Session } from '../../src/api/shapes.ts';

/** Where the page believes to be: nothing listens there, each request is answered here. */
const ORIGIN = 'http://paste-page.test';
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

const SESSION: Session = {
  state: 'signed-in',
  workspace: { name: null, zone: 'UTC', demo: false },
  member: { id: 'm', name: 'Alex', role: 'owner', caseId: null },
  version: '0',
  now: '2026-05-12T06:00:00.000Z',
};

/**
 * The built page where a message is pasted and answered, without a server.
 *
 * @param hasWeights whether what was learnt can be had
 * @returns `asked` grows by each part that the page fetches
 */
export async function showPastePage(
  context: BrowserContext,
  web: string,
  hasWeights = true,
): Promise<{ page: Page; asked: string[] }> {
  const asked: string[] = [];
  await context.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    if (pathname === '/api/session') return route.fulfill({ json: SESSION });
    if (pathname.startsWith('/api/')) return route.fulfill({ status: 404, json: {} });
    if (/\.(?:bin|acts)$/.test(pathname) && !hasWeights) return route.fulfill({ status: 404, body: '' });
    const name = extname(pathname) === '' ? '/index.html' : pathname;
    const contentType = TYPES[extname(name)] ?? 'application/octet-stream';
    return route.fulfill({ body: await readFile(join(web, name)), contentType });
  });
  const page = await context.newPage();
  await page.goto(`${ORIGIN}/paste`);
  await page.getByLabel('The message').waitFor();
  return { page, asked };
}
