import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { BrowserContext, Page, Route } from 'playwright-core';
import type { Party, Session, TimelineRow } from '../../src/api/shapes.ts';

/** Where the page believes to be: nothing listens there, each request is answered here. */
export const ORIGIN = 'http://long-timeline.test';
const PARTY = 'long';

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };
const HOUR_MS = 3_600_000;

/** Lets a browser see the built page with one client of many messages, without a server. */
export async function showLongTimeline(context: BrowserContext, web: string, count: number): Promise<Page> {
  const rows = Array.from({ length: count }, (_, at) => row(at));
  await context.route(`${ORIGIN}/**`, async (route) => {
    const url = new URL(route.request().url());
    if (!url.pathname.startsWith('/api/')) return route.fulfill(await file(web, url.pathname));
    return answer(route, url, rows);
  });
  const page = await context.newPage();
  await page.goto(`${ORIGIN}/clients/${PARTY}`);
  await page.locator('.timeline .message').first().waitFor();
  return page;
}

function answer(route: Route, url: URL, rows: readonly TimelineRow[]): Promise<void> {
  if (url.pathname === '/api/session') return route.fulfill({ json: SESSION });
  if (url.pathname === `/api/parties/${PARTY}`) return route.fulfill({ json: party(rows.length) });
  if (!url.pathname.endsWith('/timeline')) return route.fulfill({ status: 404, json: {} });
  const from = Number(url.searchParams.get('after') ?? 0);
  const until = from + Number(url.searchParams.get('limit'));
  const next = until < rows.length ? String(until) : null;
  return route.fulfill({ json: { items: rows.slice(from, until), next, total: rows.length } });
}

async function file(web: string, pathname: string): Promise<{ body: Buffer; contentType: string }> {
  const name = extname(pathname) === '' ? '/index.html' : pathname;
  return { body: await readFile(join(web, name)), contentType: TYPES[extname(name)] ?? 'image/svg+xml' };
}

const SESSION: Session = {
  state: 'signed-in',
  workspace: { name: null, zone: 'UTC', demo: false },
  member: { id: 'm', name: 'Alex', role: 'owner', caseId: null },
  version: '0',
  now: '2026-05-12T06:00:00.000Z',
};

function party(count: number): Party {
  const counts = { inbound: Math.ceil(count / 2), outbound: Math.floor(count / 2), unknown: 0 };
  return {
    id: PARTY,
    name: 'Orlov',
    state: 'client',
    identifiers: [],
    interactions: count,
    firstAt: null,
    lastAt: null,
    counts,
  };
}

function row(at: number): TimelineRow {
  const isTheirs = at % 2 === 0;
  return {
    id: `row-${at}`,
    kind: 'message',
    direction: isTheirs ? 'inbound' : 'outbound',
    at: new Date(Date.UTC(2026, 4, 12) - at * 7 * HOUR_MS).toISOString(),
    atSource: 'sent',
    offsetMin: 180,
    from: { name: isTheirs ? 'Orlov' : 'Alex', address: null },
    to: isTheirs ? 'Alex' : 'Orlov',
    subject: `Message ${at}`,
    lead: `Message ${at} says a little more than fits into one line of the list, as messages do. `.repeat(2),
    attachments: at % 5 === 0 ? 1 : 0,
    issues: 0,
    copies: at % 9 === 0 ? 2 : 1,
    threadId: null,
    recordedAt: '2026-05-12T06:15:00.000Z',
    lateByMin: null,
    noted: null,
    isCorrected: false,
    became: null,
    keptBack: null,
    points: [],
    parties: [{ id: PARTY, name: 'Orlov' }],
  };
}
