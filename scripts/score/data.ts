import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One labelled text. Spans are offsets in UTF-16 code units. */
export type Row = {
  readonly id: string;
  readonly lang: 'en' | 'ru' | 'fi';
  readonly text: string;
  readonly labels: readonly string[];
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[];
  readonly pair?: string;
  readonly asked_all?: readonly (readonly [string, boolean])[];
  readonly functionality?: string;
};

export const FOLDER = fileURLToPath(new URL('../../../shared/language-data/', import.meta.url));

export function hasData(): boolean {
  return existsSync(FOLDER);
}

/** The rows of one file; the data count code points, we count UTF-16 code units. */
export function rowsOf(file: string): readonly Row[] {
  const lines = readFileSync(join(FOLDER, `${file}.jsonl`), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => rowOf(JSON.parse(line)));
}

function rowOf(raw: Omit<Row, 'spans'> & { spans?: readonly (readonly [number, number, string?])[] }): Row {
  const characters = [...raw.text];
  const unitAt = [0];
  for (const character of characters) unitAt.push(unitAt.at(-1)! + character.length);
  const at = (point: number) => unitAt[Math.min(point, characters.length)]!;
  const spans = (raw.spans ?? []).map(([start, end, label]) => ({
    start: at(start),
    end: at(end),
    label: label ?? raw.labels[0] ?? '',
  }));
  return { ...raw, spans };
}
