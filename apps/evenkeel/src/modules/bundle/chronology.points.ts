import { stamp } from './chronology.dates.ts';
import { breakLongWords, type Coverage, printableLine } from './chronology.text.ts';
import { type ChronologyPoint, type ChronologyStep, PRINT_LIMIT } from './chronology.ts';

/** A point as the template reads it: every string can be drawn. */
export type PrintedPoint = {
  readonly name: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly steps: readonly {
    readonly when: string;
    readonly what: string;
    readonly why: string;
    readonly quotes: readonly (readonly [string, string])[];
  }[];
};

/** Prepares a point for print: number, words, state, ground, and who decided what, when and why. */
export function printPoint(point: ChronologyPoint, fonts: Coverage): PrintedPoint {
  const line = (text: string) => breakLongWords(printableLine(shortened(text), fonts).text);
  return {
    name: line(`#${point.number} ${point.title}`),
    facts: [
      ['Kind', line(point.kind)],
      ['State', line(point.state)],
      ['Founded?', line(point.ground)],
      ['Raised again', `${point.raisedAgain}×`],
    ],
    steps: point.steps.map((step) => printStep(step, line)),
  };
}

function printStep({ at, who, what, why, quotes }: ChronologyStep, line: (text: string) => string) {
  return {
    when: line(`${stamp(at)} · ${who}`),
    what: line(what),
    why: why === '' ? '' : line(`Reason: ${why}`),
    quotes: quotes.map(({ words, from }) => [line(`“${words}”`), line(from)] as const),
  };
}

function shortened(text: string): string {
  return text.length <= PRINT_LIMIT.head
    ? text
    : `${text.slice(0, PRINT_LIMIT.head).replace(/[\ud800-\udbff]$/, '')}…`;
}
