import { clockOf, dayOf } from './chronology.dates.ts';
import type { Where, WhereOf } from './chronology.pairs.ts';
import { breakLongWords, type Coverage, printableLine } from './chronology.text.ts';
import { type ChronologyFact, PRINT_LIMIT } from './chronology.ts';

/** A fact as the template reads it: every string can be drawn. */
export type PrintedFact = {
  readonly number: string;
  readonly day: string;
  /** Empty where the day is enough. */
  readonly clock: string;
  readonly says: string;
  readonly disputed: string;
  readonly sources: readonly {
    readonly name: string;
    readonly quote: string;
    readonly index: number | null;
  }[];
};

/** Prepares a fact for print. */
export function printFact(fact: ChronologyFact, fonts: Coverage): PrintedFact {
  const line = (text: string) => breakLongWords(printableLine(shortened(text), fonts).text);
  return {
    number: String(fact.number),
    day: line(dayOf(fact.at)),
    clock: line(clockOf(fact.at)),
    says: line(fact.says),
    disputed: fact.isDisputed ? 'Disputed by the other side' : '',
    sources: fact.sources.slice(0, PRINT_LIMIT.listed).map(({ name, quote, index }) => ({
      name: line(name),
      quote: quote === null ? '' : line(`“${quote}”`),
      index,
    })),
  };
}

/** What the template draws: each source leads to the page on which its record is printed. */
export function factData({ sources, ...fact }: PrintedFact, whereOf: WhereOf) {
  return {
    ...fact,
    sources: sources.map(({ name, quote, index }) => ({ name, quote, ...placeOf(index, whereOf) })),
  };
}

function placeOf(index: number | null, whereOf: WhereOf): Where {
  return index === null ? { text: '', page: null } : whereOf(index);
}

function shortened(text: string): string {
  return text.length <= PRINT_LIMIT.head
    ? text
    : `${text.slice(0, PRINT_LIMIT.head).replace(/[\ud800-\udbff]$/, '')}…`;
}
