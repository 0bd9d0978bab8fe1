import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Row } from './bench.ts';
import { judged, median, milliseconds, quantile } from './figures.ts';

const TYPING = fileURLToPath(new URL('../../apps/web/test/keystroke-times.ts', import.meta.url));
const run = promisify(execFile);

export const keystrokeRow: Row = {
  name: 'keystroke',
  says: 'from a key to the finding beside a reply of 2,000 characters, in Chromium',
  async run() {
    const { stdout } = await run(process.execPath, [TYPING]);
    const { took, workMs } = JSON.parse(stdout) as { took: number[]; workMs: number };
    const bound = { floor: 16, goal: 8, better: 'lower' } as const;
    return [
      judged('from a key to the finding, 2,000 characters, Chromium', median(took), bound, milliseconds, {
        ours: `fastest ${milliseconds(Math.min(...took))}, p95 ${milliseconds(quantile(took, 0.95))}`,
        peer: '–',
        note: 'reply box of the built page, on the clock',
      }),
      judged('the same, processor time of the page for one key', workMs, bound, milliseconds, {
        ours: `${took.length} letters`,
        peer: '–',
      }),
    ];
  },
};
