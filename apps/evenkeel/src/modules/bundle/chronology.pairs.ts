import type { PrintedEntry } from './chronology.entry.ts';
import type { ChronologyPair } from './chronology.ts';

/** A place in the document as it is said and linked: `page` is null for another volume. */
export type Where = { readonly text: string; readonly page: number | null };
export type WhereOf = (index: number) => Where;

/** A pair with its records, ready to print. */
export type PrintedPair = {
  readonly number: number;
  readonly first: PrintedEntry;
  readonly second: PrintedEntry;
  readonly replies: readonly PrintedEntry[];
};

/** The pairs whose two records are both printed. */
export function printPairs(
  pairs: readonly ChronologyPair[],
  entries: readonly PrintedEntry[],
): readonly PrintedPair[] {
  const byIndex = new Map(entries.map((entry) => [entry.index, entry]));
  return pairs.flatMap(({ number, first, second, replies }) => {
    const [one, other] = [byIndex.get(first), byIndex.get(second)];
    if (!one || !other) return [];
    return [{ number, first: one, second: other, replies: replies.flatMap((at) => byIndex.get(at) ?? []) }];
  });
}

/** What the template sets side by side. */
export function pairData({ number, first, second, replies }: PrintedPair, page: number, whereOf: WhereOf) {
  const answered = replies.map((reply) => ({
    text: `Came back on it: ${nameOf(reply)}, ${whereOf(reply.index).text}.`,
    page: whereOf(reply.index).page,
  }));
  return {
    name: `Pair ${number}`,
    bookmark: `Pair ${number} · ${nameOf(first)} and ${nameOf(second)} · p. ${page}`,
    sides: [first, second].map((entry) => sideOf(entry, whereOf(entry.index))),
    replies:
      answered.length > 0 ? answered : [{ text: 'Nothing that came back on it is recorded.', page: null }],
  };
}

/** What an entry says of the pairs it is part of. @param pairPage null where the pairs are in another volume */
export function pairReferences(
  index: number,
  pairs: readonly (PrintedPair & { readonly page: number | null })[],
  whereOf: WhereOf,
): readonly Where[] {
  return pairs.flatMap(({ number, first, second, replies, page }) => {
    const beside = page === null ? 'side by side in volume 1' : `side by side on page ${page}`;
    const name = `Exhibit pair ${number}, ${beside}`;
    const other = (entry: PrintedEntry) => `${nameOf(entry)}, ${whereOf(entry.index).text},`;
    if (index === first.index) return [{ text: `${name}: ${other(second)} puts this in writing.`, page }];
    if (index === second.index) return [{ text: `${name}: this puts ${other(first)} in writing.`, page }];
    return replies.some((reply) => reply.index === index) ? [{ text: `Came back on ${name}.`, page }] : [];
  });
}

/** The rows of a pair in the index. */
export function pairRows({ number, first, second }: PrintedPair, place: { page: number; y: number }) {
  return [first, second].map((entry) => ({
    bates: entry.number,
    time: entry.indexTime,
    who: entry.who,
    title: `Pair ${number}: ${entry.title}`,
    ...place,
  }));
}

/** `, pair 1` behind the subject of an entry in the index; nothing where it is in none. */
export function pairMark(index: number, pairs: readonly PrintedPair[]): string {
  const own = pairs.filter(({ first, second }) => first.index === index || second.index === index);
  return own.map(({ number }) => ` · pair ${number}`).join('');
}

/** What is printed of one side at most; the whole stands at its own place. */
const SIDE_CHARACTERS = 2_400;

function sideOf(entry: PrintedEntry, where: Where) {
  const { bates, times, kind, subject } = entry;
  const { runs, isCut } = shortened(entry.text);
  const goesOn = isCut || entry.isCut ? 'In full' : 'With its times and proofs';
  return {
    ...{ bates, times: times.slice(0, 2).join('\n'), kind, subject, text: runs },
    see: { text: `${goesOn}: ${where.text}`, page: where.page },
  };
}

function shortened(text: PrintedEntry['text']): { runs: PrintedEntry['text']; isCut: boolean } {
  const runs: [PrintedEntry['text'][number][0], string][] = [];
  let left = SIDE_CHARACTERS;
  for (const [style, words] of text) {
    if (left <= 0) return { runs, isCut: true };
    runs.push([
      style,
      words.length <= left ? words : `${words.slice(0, left).replace(/[\ud800-\udbff]$/, '')}…`,
    ]);
    left -= words.length;
  }
  return { runs, isCut: left < 0 };
}

function nameOf({ number, index }: PrintedEntry): string {
  return number || `log entry ${index}`;
}
