/**
 * Measures the frames of a timeline of ten thousand while it is scrolled, and the weight of the first load.
 *
 * Run: node apps/web/test/timeline-frames.ts
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { startBrowser } from './support/browser.ts';
import { ORIGIN, showLongTimeline } from './support/long-timeline.ts';
import { BUILT_WEB, buildWeb } from './support/program.ts';

const ROWS = 10_000;
await buildWeb();
const browser = await startBrowser();
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const loaded = new Set<string>();
  context.on('request', (request) => loaded.add(new URL(request.url()).pathname));
  const page = await showLongTimeline(context, BUILT_WEB, ROWS);
  await page.close();
  const first = new Set<string>();
  context.removeAllListeners('request');
  context.on('request', (request) => first.add(new URL(request.url()).pathname));
  const today = await context.newPage();
  await today.goto(ORIGIN);
  await today.waitForLoadState('networkidle');
  await today.close();
  await say('first load, Today', first);
  await say('first load, a client', loaded);
  process.stdout.write(
    `all parts together: ${await kilobytes(await readdir(join(BUILT_WEB, 'assets')))} kB gzip\n`,
  );
  const scrolled = await showLongTimeline(context, BUILT_WEB, ROWS);
  await loadAll(scrolled);
  const frames = await measure(scrolled);
  process.stdout.write(`frames while scrolling ${ROWS} messages: ${JSON.stringify(frames)}\n`);
} finally {
  await browser.close();
}

async function say(what: string, paths: ReadonlySet<string>): Promise<void> {
  const parts = [...paths]
    .filter((path) => path.startsWith('/assets/'))
    .map((path) => path.slice('/assets/'.length));
  process.stdout.write(`${what}: ${parts.length} files, ${await kilobytes(parts)} kB gzip\n`);
}

async function kilobytes(parts: readonly string[]): Promise<string> {
  const sizes = await Promise.all(
    parts.map(async (part) => gzipSync(await readFile(join(BUILT_WEB, 'assets', part))).length),
  );
  return (sizes.reduce((sum, bytes) => sum + bytes, 0) / 1000).toFixed(1);
}

async function loadAll(page: Page): Promise<void> {
  while ((await page.getByText(/^The beginning/).count()) === 0)
    await page.locator('.timeline').evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await page.locator('.timeline').evaluate((list) => list.scrollTo(0, 0));
}

type TraceEvent = { name: string; pid: number; tid: number; tdur?: number; args?: { name?: string } };

/**
 * Frames while scrolling. `gap` is the time on the clock between two frames, in which a busy machine counts too;
 * `work` is the processor time of one task of the page's main thread.
 */
async function measure(page: Page): Promise<Record<string, number>> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  const gaps = await page.locator('.timeline').evaluate(async (list) => {
    const seen: number[] = [];
    let before = performance.now();
    for (let step = 0; step < 600; step++) {
      list.scrollTop += step % 60 === 59 ? 20_000 : 400;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      seen.push(now - before);
      before = now;
    }
    return seen;
  });
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const work = workOfPage(trace.traceEvents);
  return {
    frames: gaps.length,
    gapMedianMs: part(gaps, 0.5),
    gapP99Ms: part(gaps, 0.99),
    workP95Ms: part(work, 0.95),
    workP99Ms: part(work, 0.99),
    workLongestMs: part(work, 1),
  };
}

/** Processor milliseconds of each task of the main thread that did most. */
function workOfPage(events: readonly TraceEvent[]): number[] {
  const threads = new Map<string, number[]>();
  for (const { name, pid, tid, tdur } of events) {
    if (name !== 'RunTask' || tdur === undefined) continue;
    const key = `${pid} ${tid}`;
    threads.set(key, [...(threads.get(key) ?? []), tdur / 1000]);
  }
  const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
  const busiest = [...threads.values()].sort((a, b) => sum(b) - sum(a))[0] ?? [];
  return busiest.filter((ms) => ms > 1);
}

function part(list: readonly number[], share: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN) * 10) / 10;
}
