import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of language-data; offsets are code points. */
export type Row = {
  readonly id: string;
  readonly lang: string;
  readonly text: string;
  readonly labels: readonly string[];
  readonly spans?: readonly (readonly [number, number, string?])[];
  readonly functionality?: string;
  readonly target?: string;
  readonly asked_all?: readonly (readonly [string, boolean])[];
  readonly score?: number;
  readonly pair?: string;
  readonly kind?: string;
  readonly dialogue?: string;
  readonly domain?: string;
};

/** Where the training data lies: beside the repository, or where EVENKEEL_LANGUAGE_DATA says. */
export function dataFolder(root: string): string {
  return process.env.EVENKEEL_LANGUAGE_DATA ?? join(root, '..', 'shared', 'language-data');
}

export function isDataThere(folder: string): boolean {
  return existsSync(join(folder, 'README.md'));
}

/** Reads `<name>.jsonl`. */
export function readRows(folder: string, name: string): Row[] {
  const lines = readFileSync(join(folder, `${name}.jsonl`), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

/** Turns code point offsets into UTF-16 offsets of the same text. */
export function utf16Spans(row: Row): { start: number; end: number; label: string | undefined }[] {
  const points = [...row.text];
  const offset = (point: number) => points.slice(0, point).join('').length;
  return (row.spans ?? []).map(([start, end, label]) => ({ start: offset(start), end: offset(end), label }));
}
