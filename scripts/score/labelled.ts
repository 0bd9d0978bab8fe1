import { readdirSync, readFileSync } from 'node:fs';
import type { Engine } from '@evenkeel/language/engine';
import { type Row, rowsOf } from './data.ts';
import { kindsTable, scoreRows } from './kinds.ts';

/**
 * Real messages whose places we labelled ourselves: a line each, `id, start, end, kind:from-until …`, in UTF-16
 * code units (start and end in the text of the id, from and until in the stretch). No text of theirs is kept here.
 */
const FOLDER = new URL('../../packages/language/test/labelled/', import.meta.url);

type Labelled = Row & {
  /** Every second stretch may be read to improve a rule; the others are only counted. */
  readonly isOpen: boolean;
};

type Side = 'client' | 'draft';

/** Names of files say language, side and what the stretches are cut from: `en-client-reviews.tsv`. */
function labelledFiles(): readonly { readonly name: string; readonly side: Side }[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .map((name) => ({ name, side: name.split('-')[1] as Side }));
}

function labelledRows(name: string): readonly Labelled[] {
  const lines = readFileSync(new URL(name, FOLDER), 'utf8').split('\n');
  const lang = name.slice(0, 2) as Row['lang'];
  const texts = new Map<string, string>();
  const files = new Set(lines.filter(isPlace).map((line) => line.split(':')[0]!));
  for (const file of files) for (const { id, text } of rowsOf(file)) texts.set(id, text);
  return lines.filter(isPlace).map((line, index) => {
    const [id, start, end, labels = ''] = line.split('\t') as [string, string, string, string?];
    const spans = labels
      .split(' ')
      .filter(Boolean)
      .map((label) => {
        const [, kind, from, until] = /^(\w+):(\d+)-(\d+)$/.exec(label)!;
        return { label: kind!, start: Number(from), end: Number(until) };
      });
    return {
      id: `${id}@${start}`,
      lang,
      text: texts.get(id)!.slice(Number(start), Number(end)),
      labels: [...new Set(spans.map(({ label }) => label))],
      spans,
      isOpen: index % 2 === 0,
    };
  });
}

function isPlace(line: string): boolean {
  return line !== '' && !line.startsWith('#');
}

/** How real messages are read that nobody had looked at when they were labelled: the half that is only counted. */
export function labelledSections(engine: Engine): readonly string[] {
  const of = (isOpen: boolean) =>
    kindsTable(
      (['client', 'draft'] as const).flatMap((side) =>
        scoreRows(
          engine,
          side,
          labelledFiles()
            .filter((file) => file.side === side)
            .flatMap(({ name }) => labelledRows(name))
            .filter((row) => row.isOpen === isOpen),
        ),
      ),
    );
  return [
    '## Real messages that we labelled ourselves',
    'Stretches of real complaints, reviews, posts and answers of firms, labelled by one reader before the rules were run on them. Every second one is only counted.',
    of(false),
    'Those that were read to mend rules:',
    of(true),
  ];
}
