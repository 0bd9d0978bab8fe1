import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startThread } from '../../src/kernel/workers.ts';

/** Keeps so many small things, some 48 MB in all, and says how often its whole heap was collected meanwhile. */
const KEEPER = `
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
let major = 0;
const count = (list) => { for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) major += 1; };
const observer = new PerformanceObserver(count);
observer.observe({ entryTypes: ['gc'] });
parentPort.on('message', (things) => {
  globalThis.kept = Array.from({ length: things }, (_, i) => ({ i, words: [i, i + 1] }));
  setImmediate(() => { count({ getEntries: () => observer.takeRecords() }); parentPort.postMessage({ answer: major }); });
});
`;

async function collections(roomMb: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-thread-'));
  const file = join(folder, 'keeper.ts');
  writeFileSync(file, KEEPER);
  const thread = startThread<number, number>(pathToFileURL(file), roomMb);
  onTestFinished(async () => {
    await thread.close();
    rmSync(folder, { recursive: true });
  });
  return thread.ask(500_000);
}

test('a thread that is given room collects its whole heap only when the room is taken', async () => {
  expect(await collections(256)).toBe(0);
  expect(await collections(0)).toBeGreaterThan(0);
});
