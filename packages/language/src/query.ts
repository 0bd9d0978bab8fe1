import { type AskedUnit, askedUnits, type SearchQuery } from './asked.ts';

export type { Range, SearchQuery } from './asked.ts';
export { matches, meetsPhrases } from './matches.ts';
export { snippet } from './snippet.ts';

type Part = { readonly text: string; readonly isExcluded: boolean; readonly isPhrase: boolean };
type Group = readonly string[];

const MAX_INPUT = 10_000;

/**
 * Reads what a person typed: words that must all be there, `-word` that must not, `"a phrase"` word for word. Function
 * words count only in phrases or where nothing else was typed. Reads the first 10,000 characters. Never throws.
 *
 * @example parseQuery('refund -paid').all // [['refund', '~refundi']]
 */
export function parseQuery(input: string): SearchQuery {
  const parts = partsOf(input.slice(0, MAX_INPUT)).map((part) => ({ ...part, units: askedUnits(part.text) }));
  const free = parts.filter(isFree).flatMap((part) => part.units);
  const quoted = parts.filter((part) => part.isPhrase && !part.isExcluded && part.units.length > 0);
  const excluded = parts.filter((part) => part.isExcluded);
  const telling = free.filter((unit) => !unit.isStop);
  const isOnlyFunctionWords = telling.length === 0 && quoted.length === 0;
  return {
    all: groupsOf([...(isOnlyFunctionWords ? free : telling), ...quoted.flatMap((part) => part.units)]),
    none: groupsOf(excluded.filter((part) => part.units.length === 1).flatMap((part) => part.units)),
    phrases: quoted.map((part) => part.text),
    nonePhrases: excluded.filter((part) => part.units.length > 1).map((part) => part.text),
  };
}

const PART = /(?<minus>(?<![^\s])-)?(?:["“”„«»](?<phrase>[^"“”„«»]*)["“”„«»]?|(?<free>[^\s"“”„«»]+))/g;

/** Neighbouring free words stay one part, so that `1 240` and a telephone number are read as they were typed. */
function partsOf(input: string): readonly Part[] {
  const parts: Part[] = [];
  for (const { groups } of input.matchAll(PART)) {
    const isPhrase = groups?.phrase !== undefined;
    const part: Part = {
      text: groups?.phrase ?? groups?.free ?? '',
      isExcluded: groups?.minus !== undefined,
      isPhrase,
    };
    const before = parts[parts.length - 1];
    if (before && isFree(before) && isFree(part))
      parts[parts.length - 1] = { ...part, text: `${before.text} ${part.text}` };
    else parts.push(part);
  }
  return parts;
}

function isFree(part: Pick<Part, 'isExcluded' | 'isPhrase'>): boolean {
  return !part.isExcluded && !part.isPhrase;
}

function groupsOf(units: readonly AskedUnit[]): readonly Group[] {
  const byText = new Map<string, Group>();
  for (const { asked } of units) if (asked.length > 0) byText.set(asked.join(' '), asked);
  return [...byText.values()];
}
