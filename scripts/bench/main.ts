import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openBench, type Row } from './bench.ts';
import { benchFolder } from './corpus.ts';
import { type Result, skipped } from './figures.ts';
import { importRow, scaleRow } from './rows.import.ts';
import { keystrokeRow } from './rows.keystroke.ts';
import { detectRow, draftRow } from './rows.language.ts';
import { appendRow, verifyRow } from './rows.ledger.ts';
import { mailboxRow } from './rows.mailbox.ts';
import { finnishRow, mimeRow } from './rows.parts.ts';
import { bundleRow, memoryRow, startRow } from './rows.program.ts';
import { recallRow, searchRow, wordsFewRow, wordsRow } from './rows.search.ts';
import { todayRow } from './rows.today.ts';
import { tableOf } from './table.ts';

const ROWS: readonly Row[] = [
  importRow,
  mailboxRow,
  searchRow,
  recallRow,
  wordsFewRow,
  memoryRow,
  scaleRow,
  wordsRow,
  todayRow,
  mimeRow,
  finnishRow,
  detectRow,
  draftRow,
  keystrokeRow,
  verifyRow,
  appendRow,
  bundleRow,
  startRow,
];

/**
 * Measures the rows that are named, or all that do not take minutes, and prints one table.
 *
 * @param args row names; `all` for every one; `--runs N` (default 3)
 * @returns the exit code: 1 when a floor was missed
 */
export async function runBench(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { runs: { type: 'string', default: '3' } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => name !== 'all' && !ROWS.some((row) => row.name === name));
  if (unknown.length > 0) return explain(unknown);
  await mkdir(benchFolder(), { recursive: true });
  const runs = Math.max(1, Number(values.runs));
  const bench = openBench(runs, (line) => console.error(line));
  const results: Result[] = [];
  try {
    for (const row of chosen(positionals)) results.push(...(await measure(row, () => row.run(bench))));
  } finally {
    await bench.close();
  }
  console.log(tableOf(results, runs));
  return results.some(({ verdict }) => verdict === 'below') ? 1 : 0;
}

function chosen(names: readonly string[]): readonly Row[] {
  if (names.includes('all')) return ROWS;
  return ROWS.filter((row) => (names.length > 0 ? names.includes(row.name) : !row.isLong));
}

/** A row that breaks must not take the others' figures with it. */
async function measure(row: Row, run: () => Promise<readonly Result[]>): Promise<readonly Result[]> {
  console.error(`— ${row.name}: ${row.says}`);
  try {
    return await run();
  } catch (error) {
    console.error(error);
    return [skipped(row.says, error instanceof Error ? error.message : String(error))];
  }
}

function explain(unknown: readonly string[]): number {
  console.error(
    `There is no row ${unknown.join(', ')}. Rows (* takes minutes; without a name all others, "all" for all):`,
  );
  for (const { name, says, isLong } of ROWS)
    console.error(`  ${isLong ? '*' : ' '} ${name.padEnd(10)} ${says}`);
  return 2;
}
