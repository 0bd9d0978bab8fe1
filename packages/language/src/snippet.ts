import type { Range, SearchQuery } from './asked.ts';
import { matches } from './matches.ts';

/** A piece of a text on one line, with the places to mark in it (UTF-16 code units of the piece). */
export type Snippet = { readonly text: string; readonly marks: readonly Range[] };

const DEFAULT_LENGTH = 200;
const ELLIPSIS = '…';

/**
 * Cuts the piece of a text where most of a query's words stand together; the text's beginning if none does. White space
 * and control characters become one space, cuts lie between words and are shown as `…`.
 *
 * @param maxChars Longest piece in UTF-16 code units, the `…` not counted.
 * @example snippet('Please pay the invoice.', parseQuery('invoice')) // { text: 'Please pay the invoice.', marks: [{ start: 15, end: 22 }] }
 */
export function snippet(text: string, query: SearchQuery, maxChars: number = DEFAULT_LENGTH): Snippet {
  const found = matches(text, query);
  const window = windowAround(text, bestCluster(text, found, maxChars), maxChars);
  return flatten(text, window, found);
}

/** The run of ranges within `maxChars` that holds most different words; the first of equals. */
function bestCluster(text: string, ranges: readonly Range[], maxChars: number): Range {
  let best: Range = { start: 0, end: 0 };
  let bestScore = 0;
  for (const [at, first] of ranges.entries()) {
    const inside = within(ranges, at, first.start + maxChars);
    const different = new Set(inside.map(({ start, end }) => text.slice(start, end).toLowerCase())).size;
    const score = different * 100 + Math.min(inside.length, 99);
    if (score <= bestScore) continue;
    bestScore = score;
    best = { start: first.start, end: inside[inside.length - 1]?.end ?? first.end };
  }
  return best;
}

const MAX_CLUSTER = 40;

function within(ranges: readonly Range[], at: number, limit: number): readonly Range[] {
  const inside: Range[] = [];
  for (let next = at; next < ranges.length && inside.length < MAX_CLUSTER; next += 1) {
    const range = ranges[next] as Range;
    if (range.end > limit) break;
    inside.push(range);
  }
  return inside.length > 0 ? inside : [ranges[at] as Range];
}

/** Widens a cluster evenly to `maxChars` and draws both ends in to the next gap between words. */
function windowAround(text: string, cluster: Range, maxChars: number): Range {
  if (text.length <= maxChars) return { start: 0, end: text.length };
  const spare = Math.max(0, maxChars - (cluster.end - cluster.start));
  const start = Math.max(0, Math.min(cluster.start - Math.floor(spare / 2), text.length - maxChars));
  const end = Math.min(text.length, start + maxChars);
  return { start: startOfWord(text, start, cluster.start), end: endOfWord(text, end, cluster.end) };
}

function startOfWord(text: string, from: number, limit: number): number {
  if (from === 0) return 0;
  for (let at = from; at <= limit; at += 1) if (isGap(text, at - 1)) return at;
  return isSecondHalf(text, from) ? from - 1 : from;
}

function endOfWord(text: string, from: number, limit: number): number {
  if (from === text.length) return from;
  for (let at = from; at > limit; at -= 1) if (isGap(text, at)) return at;
  return isSecondHalf(text, from) ? from - 1 : from;
}

function isGap(text: string, at: number): boolean {
  return /[\s\p{Cc}]/u.test(text[at] ?? ' ');
}

/** A cut between the halves of a surrogate pair would leave half a character. */
function isSecondHalf(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

function flatten(text: string, window: Range, found: readonly Range[]): Snippet {
  const places = new Map<number, number>();
  let line = window.start > 0 ? ELLIPSIS : '';
  let gap = false;
  const written = line.length;
  for (let at = window.start; at < window.end; at += 1) {
    if (isGap(text, at)) gap = line.length > written;
    else {
      if (gap) line += ' ';
      gap = false;
      places.set(at, line.length);
      line += text[at];
    }
  }
  if (window.end < text.length) line += ELLIPSIS;
  return { text: line, marks: marksIn(found, places) };
}

function marksIn(found: readonly Range[], places: ReadonlyMap<number, number>): readonly Range[] {
  return found.flatMap(({ start, end }) => {
    const first = places.get(start);
    const last = places.get(end - 1);
    return first === undefined || last === undefined ? [] : [{ start: first, end: last + 1 }];
  });
}
