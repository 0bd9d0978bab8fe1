import { joinWords, withHyphens } from '../../packages/language/src/model/spans.ts';
import { tokensOf, WORD } from '../../packages/language/src/model/tokens.ts';
import { type Example, FOLDS, foldOf } from './fit.ts';
import { type Row, readRows, utf16Spans } from './rows.ts';

type MarkedText = {
  readonly text: string;
  readonly fold: number;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
  readonly words: readonly {
    readonly start: number;
    readonly end: number;
    readonly key: string;
    readonly isMarked: boolean;
  }[];
};

const SOURCE = 'marked-words';
const MEASURED = 'en_toxic_spans';

/** Texts with the words that readers marked as toxic. */
export function markedTexts(folder: string): MarkedText[] {
  return readRows(folder, MEASURED).map(markedText);
}

/** Further texts with words that readers marked as insulting and the like; learnt, not measured. */
export function furtherMarkedTexts(folder: string): MarkedText[] {
  const measured = new Set(readRows(folder, MEASURED).map(({ text }) => text));
  const rows = readRows(folder, 'en_insult_threat_civil');
  return rows.filter(({ text, spans }) => (spans?.length ?? 0) > 0 && !measured.has(text)).map(markedText);
}

function markedText(row: Row): MarkedText {
  const spans = utf16Spans(row);
  const tokens = tokensOf(row.text);
  const words: MarkedText['words'][number][] = [];
  for (let at = 0; at < tokens.count; at += 1) {
    if (tokens.kinds[at] !== WORD) continue;
    const start = tokens.starts[at] as number;
    const end = tokens.ends[at] as number;
    const key = String.fromCharCode(
      ...tokens.codes.subarray(tokens.from[at] as number, tokens.to[at] as number),
    );
    words.push({ start, end, key, isMarked: spans.some((span) => span.start < end && span.end > start) });
  }
  return { text: row.text, fold: foldOf(row.id), spans, words };
}

/**
 * One example per word and fold: how often it was marked. Where readers marked whole sentences, each of their words says less:
 * every text is judged alike.
 */
export function wordExamples(texts: readonly MarkedText[]): Example[] {
  const counts = new Map<string, { word: string; fold: number; marked: number; all: number }>();
  for (const { text, fold, words } of texts) {
    const weight = 1 / Math.sqrt(Math.max(1, words.filter((word) => word.isMarked).length));
    for (const { start, end, key, isMarked } of words) {
      const place = `${fold}:${key}`;
      const count = counts.get(place) ?? { word: text.slice(start, end), fold, marked: 0, all: 0 };
      const marked = count.marked + (isMarked ? weight : 0);
      counts.set(place, { ...count, marked, all: count.all + weight });
    }
  }
  const groups = Array.from({ length: FOLDS }, (_, fold) => groupOf(fold));
  return [...counts.values()].map(({ word, fold, marked, all }) => ({
    text: word,
    source: SOURCE,
    group: groups[fold] as string,
    targets: { span: { target: marked / all, weight: all } },
  }));
}

/** A group that falls into a fold. */
function groupOf(fold: number): string {
  let tries = 0;
  while (foldOf(`${SOURCE}${tries}`) !== fold) tries += 1;
  return `${SOURCE}${tries}`;
}

/** Mean F1 over characters of the marks, as in SemEval-2021 task 5, by models that did not see the text. */
export function markedF1(
  texts: readonly MarkedText[],
  examples: readonly Example[],
  logits: Float64Array,
  threshold: number,
): number {
  const known = new Map<string, number>();
  examples.forEach((example, at) => {
    if (example.source === SOURCE)
      known.set(`${foldOf(example.group)}:${keyOf(example.text)}`, logits[at] as number);
  });
  const lowest = Math.log(threshold / (1 - threshold));
  const sum = texts.reduce((total, { text, fold, spans, words }) => {
    const scored = words.map(({ start, end, key }) => ({
      start,
      end,
      logit: known.get(`${fold}:${key}`) ?? -9,
    }));
    const found = joinWords(withHyphens(text, scored), lowest).map((run) => ({
      start: run[0]?.start ?? 0,
      end: run.at(-1)?.end ?? 0,
    }));
    return total + characterF1(found, spans, text.length);
  }, 0);
  return sum / texts.length;
}

function keyOf(word: string): string {
  const tokens = tokensOf(word);
  return String.fromCharCode(...tokens.codes.subarray(tokens.from[0] as number, tokens.to[0] as number));
}

type Range = { readonly start: number; readonly end: number };

function characterF1(found: readonly Range[], truth: readonly Range[], length: number): number {
  const marks = new Uint8Array(length);
  for (const { start, end } of found) marks.fill(1, start, end);
  const gold = new Uint8Array(length);
  for (const { start, end } of truth) gold.fill(1, start, end);
  let both = 0;
  let either = 0;
  for (let at = 0; at < length; at += 1) {
    both += (marks[at] as number) & (gold[at] as number);
    either += (marks[at] as number) + (gold[at] as number);
  }
  return either === 0 ? 1 : (2 * both) / either;
}
