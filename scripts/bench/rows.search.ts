import type { Bench, Row } from './bench.ts';
import { INFLECTED_RUSSIAN, SOUGHT } from './corpus.words.ts';
import { grouped, judged, median, milliseconds, quantile, skipped, times } from './figures.ts';
import { type Program, searchPath } from './program.ts';

const MAILS = 20_000;
const MANY = 100_000;
const ROUNDS = 5;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function eachTimed(
  words: readonly string[],
  ask: (word: string) => Promise<number>,
): Promise<readonly number[]> {
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round++) for (const word of words) all.push(await ask(word));
  return all;
}

export const searchRow: Row = {
  name: 'search',
  says: 'newest 20 hits through the API beside the commands of notmuch and mu',
  async run(bench) {
    const { program } = await bench.imported(MAILS);
    const notmuch = await bench.indexed('notmuch');
    const what = 'newest 20 hits through the API, median / notmuch search';
    if (!notmuch) return [skipped(what, 'notmuch is not installed')];
    const ours = median(await eachTimed(SOUGHT, (word) => timed(() => program.get(searchPath(word, 20)))));
    const theirs = median(await eachTimed(SOUGHT, notmuch.peer.newest));
    return [
      judged(what, ours / theirs, { floor: 1, goal: 0.35, better: 'lower' }, times, {
        ours: milliseconds(ours),
        peer: milliseconds(theirs),
      }),
    ];
  },
};

export const recallRow: Row = {
  name: 'recall',
  says: 'mails found by an inflected Russian form beside notmuch',
  async run(bench) {
    const { program } = await bench.imported(MAILS);
    const notmuch = await bench.indexed('notmuch');
    const what = 'Russian inflected recall / notmuch count';
    if (!notmuch) return [skipped(what, 'notmuch is not installed')];
    const ours = await sum(INFLECTED_RUSSIAN, (word) => counted(program, word));
    const theirs = await sum(INFLECTED_RUSSIAN, notmuch.peer.count);
    return [
      judged(what, ours / theirs, { floor: 3, goal: 4.5, better: 'higher' }, times, {
        ours: `${grouped(ours)} mails`,
        peer: `${grouped(theirs)} mails`,
        note: `${INFLECTED_RUSSIAN.length} forms`,
      }),
    ];
  },
};

async function sum(words: readonly string[], count: (word: string) => Promise<number>): Promise<number> {
  let total = 0;
  for (const word of words) total += await count(word);
  return total;
}

async function counted(program: Program, word: string): Promise<number> {
  return (await program.get<{ count: number }>(`/api/search/count?q=${encodeURIComponent(word)}`)).count;
}

export const wordsRow: Row = {
  name: 'words',
  says: 'counts and pages for one word at 100,000 mails',
  isLong: true,
  run: (bench) => latencies(bench, MANY),
};

export const wordsFewRow: Row = {
  name: 'words-20k',
  says: 'the same at 20,000',
  run: (bench) => latencies(bench, MAILS),
};

/** Common and rare words, their counts, first pages and the pages after those. */
async function latencies(bench: Bench, mails: number) {
  const { program } = await bench.imported(mails);
  const words = [...SOUGHT, 'the', 'contract', 'и', 'ja', 'quinquagesimal'];
  const counts = await eachTimed(words, (word) => timed(() => counted(program, word)));
  const pages = await eachTimed(words, (word) => timed(() => program.get(searchPath(word, 50))));
  const later = await eachTimed(words, async (word) => {
    const { next } = await program.get<{ next: string | null }>(searchPath(word, 50));
    if (next === null) return 0;
    return timed(() => program.get(`${searchPath(word, 50)}&after=${encodeURIComponent(next)}`));
  });
  const bound = { floor: 60, goal: 25, better: 'lower' } as const;
  const row = (what: string, values: readonly number[]) =>
    judged(`${what} at ${grouped(mails)}, p95`, quantile(values, 0.95), bound, milliseconds, {
      ours: `median ${milliseconds(median(values))}`,
      peer: '–',
    });
  return [row('one-word count', counts), row('one-word page', [...pages, ...later])];
}
