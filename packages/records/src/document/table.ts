import { exportText } from '../export-charset.ts';
import { asBuffer } from '../source.ts';

/** A row of a table (CSV) with its line end. */
export type Row = { readonly text: string; readonly start: number; readonly end: number };

const ROW_LIMIT = 1_000_000;

/** Rows with their line ends; a quoted cell may hold line ends of its own. What follows the last row allowed is one row. */
export function rowsOf(bytes: Uint8Array, charset: string | null): readonly Row[] {
  const all = asBuffer(bytes);
  const rows: Row[] = [];
  let start = 0;
  let isQuoted = false;
  const take = (end: number) =>
    rows.push({ text: exportText(all.subarray(start, end), charset), start, end });
  for (let at = 0; at < all.length; at++) {
    if (all[at] === 0x22) isQuoted = !isQuoted;
    if (all[at] !== 0x0a || isQuoted || rows.length >= ROW_LIMIT) continue;
    take(at + 1);
    start = at + 1;
  }
  if (start < all.length) take(all.length);
  return rows;
}

/** The cells of a row; in a quoted one, two quotation marks stand for one. */
export function cellsOf(row: string, delimiter: string): readonly string[] {
  const cells: string[] = [];
  const plain = row.replace(/\r?\n$/, '');
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < plain.length; at++) {
    const sign = plain[at]!;
    if (sign === '"' && isQuoted && plain[at + 1] === '"') cell += plain[++at];
    else if (sign === '"') isQuoted = !isQuoted;
    else if (sign === delimiter && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}
