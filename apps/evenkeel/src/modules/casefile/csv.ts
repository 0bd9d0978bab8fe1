const BOM = '\uFEFF';
/** What a spreadsheet may take for a formula, or drop before it looks for one. */
const FORMULA = /^[\s\uFEFF]*[=+\-@\t\r|%]/;

/**
 * Writes rows as a table that spreadsheets open as it was meant: UTF-8 with its mark, lines that end with CRLF, each value
 * in quotes where it has to be.
 *
 * A value that a spreadsheet would run as a formula gets an apostrophe before it: these are others' words.
 *
 * @source RFC 4180; OWASP, CSV injection
 */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return BOM + rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
