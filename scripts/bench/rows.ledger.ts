import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../apps/evenkeel/src/kernel/sha256.ts';
import type { Bench, Row } from './bench.ts';
import { OWN_ADDRESS } from './corpus.mail.ts';
import { benchFolder } from './corpus.ts';
import { judged, median, milliseconds, perSecond, quantile, seconds, times } from './figures.ts';
import { dropFolder, importPaths, newFolder, type Program, startProgram } from './program.ts';

const LEAVES = 1_000_000;
const BATCH = 256;
const SINGLES = 300;
const APPENDER = fileURLToPath(new URL('./append.process.ts', import.meta.url));

export const verifyRow: Row = {
  name: 'verify',
  says: 'log verify of a million leaves beside a bare loop of the same hash calls',
  isLong: true,
  async run(bench) {
    const program = await startProgram(await millionLeaves(bench));
    try {
      const ours: number[] = [];
      const bare: number[] = [];
      let size = 0;
      for (let run = 0; run < bench.runs; run++) {
        const startedAt = performance.now();
        const verdict = await program.post<{ ok: boolean; size: number }>('/api/log/verify', {});
        ours.push(performance.now() - startedAt);
        if (!verdict.ok) throw new Error('the ledger of the bench does not verify');
        size = verdict.size;
        bare.push(bareLoop(size));
      }
      return [
        judged(
          'log verify of 1 M leaves / bare hash calls',
          median(ours) / median(bare),
          { floor: 2, goal: 1.4, better: 'lower' },
          times,
          { ours: seconds(median(ours)), peer: `${seconds(median(bare))} (${2 * size - 1} calls)` },
        ),
      ];
    } finally {
      await program.stop();
    }
  },
};

/** As many hash calls over as many bytes as a tree of this size needs: a leaf has 70 bytes, a node 65. */
function bareLoop(size: number): number {
  const leaf = new Uint8Array(70).fill(7);
  const node = new Uint8Array(65).fill(1);
  const startedAt = performance.now();
  for (let i = 0; i < size; i++) {
    leaf[1] = i;
    sha256(leaf);
  }
  for (let i = 1; i < size; i++) {
    node[1] = i;
    sha256(node);
  }
  return performance.now() - startedAt;
}

/** A data folder with a ledger of this size; kept, for making it takes longer than checking it. */
async function millionLeaves(bench: Bench): Promise<string> {
  const folder = join(benchFolder(), 'ledger-million');
  if (existsSync(folder)) return folder;
  bench.say('a ledger of a million entries …');
  const partial = await newFolder();
  await appendInProcess(partial, Math.ceil(LEAVES / BATCH));
  await rename(partial, folder);
  return folder;
}

/** Batches are appended by a process that opens the folder as our program does; entries per second. */
async function appendInProcess(folder: string, batches: number): Promise<number> {
  const child = fork(APPENDER, [folder, String(batches), String(BATCH)]);
  const [message] = (await once(child, 'message')) as [{ perSecond: number }];
  await once(child, 'exit');
  return message.perSecond;
}

export const appendRow: Row = {
  name: 'append',
  says: 'durable append in batches of 256, and one entry at a time, idle and during an import',
  async run(bench) {
    const rates: number[] = [];
    for (let run = 0; run < bench.runs; run++) {
      const folder = await newFolder();
      rates.push(await appendInProcess(folder, 200));
      await dropFolder(folder);
    }
    const bound = { floor: 10_000, goal: 13_000, better: 'higher' } as const;
    const corpus = await bench.corpus(20_000);
    const folder = await newFolder();
    const program = await startProgram(folder);
    try {
      const idle = await singles(program, () => true);
      let isImporting = true;
      const importing = importPaths(program, [corpus.maildir], { me: [OWN_ADDRESS] }).finally(() => {
        isImporting = false;
      });
      const busy = await singles(program, () => isImporting);
      await importing;
      return [
        judged('durable append, batches of 256', median(rates), bound, perSecond, {
          ours: perSecond(median(rates)),
          peer: '–',
        }),
        single('idle', idle),
        single('during an import', busy),
      ];
    } finally {
      await program.stop();
      await dropFolder(folder);
    }
  },
};

/** One client after the other is added through the API: one entry each. */
async function singles(program: Program, goesOn: () => boolean): Promise<readonly number[]> {
  const all: number[] = [];
  while (all.length < SINGLES && goesOn()) {
    const startedAt = performance.now();
    await program.post('/api/parties', { name: `Bench ${all.length}`, identifiers: [] });
    all.push(performance.now() - startedAt);
  }
  return all;
}

function single(when: string, all: readonly number[]) {
  const bound = { floor: 50, goal: 10, better: 'lower' } as const;
  return judged(`one entry through the API, p99, ${when}`, quantile(all, 0.99), bound, milliseconds, {
    ours: `median ${milliseconds(median(all))} of ${all.length}`,
    peer: '–',
  });
}
