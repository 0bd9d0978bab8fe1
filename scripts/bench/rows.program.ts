import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Row } from './bench.ts';
import { grouped, judged, median, megabytes, seconds } from './figures.ts';
import { memoryOf } from './memory.ts';
import { dropFolder, importPaths, newFolder, startProgram } from './program.ts';

const VERIFY_PAGE = fileURLToPath(new URL('../../apps/web/test/verify-page-times.ts', import.meta.url));
const run = promisify(execFile);
const BIN = fileURLToPath(new URL('../../apps/evenkeel/bin/evenkeel.mjs', import.meta.url));
const EXHIBITS = 10_000;
const STARTS = 5;
const SETTLE_MS = 5_000;

export const startRow: Row = {
  name: 'start',
  says: 'first start on an empty folder, and later starts',
  async run() {
    const first: number[] = [];
    const later: number[] = [];
    for (let i = 0; i < STARTS; i++) {
      const folder = await newFolder();
      for (const kept of [first, later]) {
        const program = await startProgram(folder);
        kept.push(program.readyMs);
        await program.stop();
      }
      await dropFolder(folder);
    }
    const row = (what: string, values: readonly number[], floor: number, goal: number) =>
      judged(what, median(values), { floor, goal, better: 'lower' }, seconds, {
        ours: `${seconds(Math.min(...values))} to ${seconds(Math.max(...values))}`,
        peer: '–',
      });
    return [row('first start on an empty folder', first, 3000, 1500), row('later starts', later, 1000, 600)];
  },
};

export const memoryRow: Row = {
  name: 'memory',
  says: 'memory of an idle program after a later start, and while it imports 20,000',
  async run(bench) {
    const folder = await newFolder();
    await (await startProgram(folder)).stop();
    const program = await startProgram(folder);
    await wait(SETTLE_MS);
    const idle = await memoryOf(program);
    await program.stop();
    await dropFolder(folder);
    const { peakMegabytes } = await bench.imported(20_000);
    return [
      judged('memory idle', idle, { floor: 300, goal: 180, better: 'lower' }, megabytes, {
        ours: megabytes(idle),
        peer: '–',
      }),
      judged(
        'memory importing 20,000',
        peakMegabytes,
        { floor: 700, goal: 450, better: 'lower' },
        megabytes,
        {
          ours: megabytes(peakMegabytes),
          peer: '–',
        },
      ),
    ];
  },
};

export const bundleRow: Row = {
  name: 'bundle',
  says: 'a bundle of 10,000 exhibits, built and verified',
  isLong: true,
  async run(bench) {
    const corpus = await bench.corpus(EXHIBITS);
    const folder = await newFolder();
    const program = await startProgram(folder);
    try {
      const { report } = await importPaths(program, [corpus.maildir], { client: 'Bench' });
      const { items } = await program.get<{ items: readonly { id: string }[] }>(
        '/api/parties?limit=10&query=Bench',
      );
      const file = join(folder, 'bench.zip');
      const startedAt = performance.now();
      const response = await program.open('POST', '/api/bundles', { party: items[0]!.id });
      await pipeline(Readable.fromWeb(response.body as never), createWriteStream(file));
      const builtMs = performance.now() - startedAt;
      const verifiedMs = await verify(file);
      const inBrowserMs = await verifyInBrowser(file, bench.runs);
      const told = {
        ours: `${grouped(report.totals.imported)} exhibits, ${megabytes((await stat(file)).size / 1e6)}`,
        peer: '–',
      };
      return [
        judged('bundle, built', builtMs, { floor: 60_000, goal: 30_000, better: 'lower' }, seconds, told),
        judged('bundle, verified', verifiedMs, { floor: 5000, goal: 3000, better: 'lower' }, seconds, told),
        judged(
          'bundle, verified by verify.html in Chromium',
          median(inBrowserMs),
          { floor: 5000, goal: 5000, better: 'lower' },
          seconds,
          { ...told, note: inBrowserMs.map(seconds).join(', ') },
        ),
      ];
    } finally {
      await program.stop();
      await dropFolder(folder);
    }
  },
};

/** As anybody would: the command, process start included. */
async function verify(file: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [BIN, 'bundle', 'verify', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`bundle verify ended with ${code}`);
  return performance.now() - startedAt;
}

/** In a browser with nothing else open, a fresh page each time. */
async function verifyInBrowser(file: string, runs: number): Promise<number[]> {
  const { stdout } = await run(process.execPath, [VERIFY_PAGE, file, String(runs)]);
  return (JSON.parse(stdout) as { took: number[] }).took;
}
