import { readdirSync, readFileSync } from 'node:fs';
import type { RuleLang } from '../../packages/language/src/finding.ts';
import { readRows } from './rows.ts';

const FOLDER = new URL('../../packages/language/test/labelled/', import.meta.url);

/** A stretch of a real message that we labelled ourselves. Spans are offsets in UTF-16 code units. */
export type Labelled = {
  readonly id: string;
  readonly lang: RuleLang;
  readonly side: 'client' | 'draft';
  /** The file of language-data that holds the message. */
  readonly source: string;
  readonly text: string;
  readonly labels: readonly string[];
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[];
  /** Every second stretch may be read, and learnt from where its licence allows; the others are only counted. */
  readonly isOpen: boolean;
  /** Labelled when the rules stood. */
  readonly isLater: boolean;
};

/**
 * Reads the places that were labelled: a line each, `id, start, end, kind:from-until …` in UTF-16 code units, the last
 * two counted in the stretch. No text is kept here: it is looked up in language-data. Names of files say language and
 * side: `en-client-reviews.tsv`; what `later` names was labelled when the rules stood, and is only counted.
 *
 * @param data the folder of language-data
 */
export function labelledRows(data: string): readonly Labelled[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.tsv'));
  const texts = new Map<string, ReadonlyMap<string, string>>();
  const textOf = (source: string, id: string): string => {
    const known = texts.get(source) ?? new Map(readRows(data, source).map((row) => [row.id, row.text]));
    texts.set(source, known);
    return known.get(id)!;
  };
  return names.sort().flatMap((name) => {
    const [lang, side] = name.split('-') as [RuleLang, Labelled['side']];
    const places = readFileSync(new URL(name, FOLDER), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    return places.map((line, at) => {
      const [id, start, end, labels = ''] = line.split('\t') as [string, string, string, string?];
      const source = id.split(':')[0]!;
      const isOpen = at % 2 === 0 && !isLater(name);
      const text = textOf(source, id).slice(Number(start), Number(end));
      const spans = [...labels.matchAll(/(\w+):(\d+)-(\d+)/g)].map(([, label, from, until]) => ({
        label: label!,
        start: Number(from),
        end: Number(until),
      }));
      const kinds = [...new Set(spans.map(({ label }) => label))];
      return {
        id: `${id}@${start}`,
        lang,
        side,
        source,
        text,
        labels: kinds,
        spans,
        isOpen,
        isLater: isLater(name),
      };
    });
  });
}

function isLater(name: string): boolean {
  return name.endsWith('-later.tsv');
}
