import { tableOf } from '../figures.ts';

type Count = { matched: number; total: number };

/** Counts matched and asked, per set, field and reader; and remembers where ours disagreed. */
export type Tally = {
  readonly counts: Map<string, Map<string, Count>>;
  readonly misses: string[];
};

export function newTally(): Tally {
  return { counts: new Map(), misses: [] };
}

export type Question = { readonly set: string; readonly field: string; readonly about: string };

/** Counts one answer; expected and got are compared as JSON. */
export function ask(
  tally: Tally,
  question: Question,
  reader: string,
  expected: unknown,
  got: unknown,
): boolean {
  // An expected result that could not be read itself is nothing to agree with.
  if (JSON.stringify(expected)?.includes('\ufffd')) return true;
  const isMatch = JSON.stringify(expected) === JSON.stringify(got);
  answer(tally, question, reader, isMatch, () => `${short(expected)}  but ${short(got)}`);
  return isMatch;
}

export function answer(
  tally: Tally,
  { set, field, about }: Question,
  reader: string,
  isMatch: boolean,
  why: () => string = () => '',
): void {
  const row = `${set}\t${field}`;
  const readers = tally.counts.get(row) ?? new Map<string, Count>();
  tally.counts.set(row, readers);
  const count = readers.get(reader) ?? { matched: 0, total: 0 };
  readers.set(reader, count);
  count.total++;
  if (isMatch) count.matched++;
  else tally.misses.push(`${reader}: ${set}, ${field}: ${JSON.stringify(about)}: ${why()}`);
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

/** One row per set and field; `<` marks a row in which another reader is ahead of the first. */
export function scoreTable(tally: Tally, readers: readonly string[]): string {
  const rows = [...tally.counts].map(([row, counts]) => {
    const cells = readers.map((reader) => cellOf(counts.get(reader)));
    const shares = readers.map((reader) => shareOf(counts.get(reader)));
    const isBehind = shares.slice(1).some((share) => share > shares[0]!);
    return [...row.split('\t'), ...cells, isBehind ? '<' : ''];
  });
  return tableOf(['set', 'field', ...readers, ''], rows);
}

function cellOf(count: Count | undefined): string {
  return count ? `${count.matched} / ${count.total}` : '–';
}

function shareOf(count: Count | undefined): number {
  return count ? count.matched / count.total : Number.NEGATIVE_INFINITY;
}
