import { cpus, totalmem } from 'node:os';
import { load } from './bench.ts';
import type { Result } from './figures.ts';
import { mu, notmuch } from './peers.ts';

const COLUMNS = ['what', 'ours', 'peer', 'figure', 'floor', 'goal', 'verdict'] as const;

/** The results as one Markdown table, with what they were measured on. */
export function tableOf(results: readonly Result[], runs: number): string {
  const rows = [COLUMNS, ...results.map((result) => COLUMNS.map((column) => result[column]))];
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const lines = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`);
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const notes = results.flatMap(({ what, note }) => (note ? [`- ${what}: ${note}`] : []));
  return [lines[0], rule, ...lines.slice(1), '', ...notes, ...machine(runs)].join('\n');
}

function machine(runs: number): readonly string[] {
  const peers = [notmuch(), mu()].flatMap((peer) =>
    peer ? [`${peer.name.split(' ')[0]} ${peer.version}`] : [],
  );
  return [
    `- ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB; Node ${process.versions.node}; ${peers.join(', ') || 'no peers'}`,
    `- medians of ${runs} ${runs === 1 ? 'run' : 'runs'}; load average at the end ${load()}`,
  ];
}
