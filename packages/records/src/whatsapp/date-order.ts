import type { ExportContext } from '../exported.ts';
import { type DateOrder, dayNumber } from './calendar.ts';
import type { DateNumbers } from './header.ts';

/** What one header and the text behind it say about the order of day and month. */
export type DateEvidence = {
  readonly numbers: DateNumbers;
  readonly era: string | null;
  readonly isSpaced: boolean;
  readonly half: string | null;
  /** Days since 1970 in the name of an attached file: `IMG-20220323-WA0002.jpg`. */
  readonly fileDay: number | null;
};

type Decision = NonNullable<ExportContext['dateOrder']>;

/** How an order reads the whole file. */
type Trial = {
  readonly order: DateOrder;
  readonly impossible: number;
  /** Steps back by more than a day. */
  readonly backward: number;
  /** Names of files that say the same day, or one before. */
  readonly agreed: number;
  readonly spanDays: number;
};

/**
 * Decides the order of day, month and year over a whole file.
 *
 * Shown by: a year of four digits in front; a day above 12; dates in the names of attached files; an order in which time
 * runs forward where it does not in the other. What is left open is stated by a person or guessed.
 */
export function decideDateOrder(all: readonly DateEvidence[], stated: DateOrder | null): Decision {
  const first = all[0];
  if (!first) return { value: stated ?? 'dmy', certainty: stated ? 'stated' : 'guessed' };
  if (isYear(first.numbers[0])) return { value: 'ymd', certainty: 'shown' };
  const trials = candidates(first).map((order) => tried(order, all));
  const shown = shownAmong(trials);
  if (shown && !isTorn(trials, shown)) return { value: shown, certainty: 'shown' };
  if (stated) return { value: stated, certainty: 'stated' };
  return { value: shown ?? guessed(trials, first), certainty: 'guessed' };
}

/** A file in which no order reads every date was written in two. */
function isTorn(trials: readonly Trial[], order: DateOrder): boolean {
  return trials.some((trial) => trial.order === order && trial.impossible > 0);
}

function isYear(number: string): boolean {
  return number.length > 2 || /^R/i.test(number);
}

/** East Asian phones write the year first, also with two digits. */
function candidates(first: DateEvidence): readonly DateOrder[] {
  if (isYear(first.numbers[2])) return ['dmy', 'mdy'];
  const isEastAsian = first.isSpaced || /[\u3000-\u9fff\uac00-\ud7af]/.test(first.half ?? '');
  return isEastAsian ? ['ymd', 'dmy', 'mdy'] : ['dmy', 'mdy'];
}

function tried(order: DateOrder, all: readonly DateEvidence[]): Trial {
  let impossible = 0;
  let backward = 0;
  let agreed = 0;
  let before: number | null = null;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { numbers, era, fileDay } of all) {
    const day = dayNumber(numbers, era, order);
    if (day === null) {
      impossible += 1;
      continue;
    }
    if (before !== null && day < before - 1) backward += 1;
    if (fileDay !== null && day - fileDay >= 0 && day - fileDay <= 1) agreed += 1;
    low = Math.min(low, day);
    high = Math.max(high, day);
    before = day;
  }
  return { order, impossible, backward, agreed, spanDays: high - low };
}

function shownAmong(trials: readonly Trial[]): DateOrder | null {
  return (
    soleBest(trials, (trial) => -trial.impossible, 1) ??
    soleBest(trials, (trial) => trial.agreed, 1) ??
    soleBest(trials, (trial) => -trial.backward, 2)
  );
}

/** The one that is better than every other by at least `margin`. */
function soleBest(
  trials: readonly Trial[],
  score: (trial: Trial) => number,
  margin: number,
): DateOrder | null {
  const [best, second] = [...trials].sort((a, b) => score(b) - score(a));
  if (!best || !second) return best?.order ?? null;
  return score(best) - score(second) >= margin ? best.order : null;
}

/** Talk comes in runs: the order in which the days lie closer together is likelier. */
function guessed(trials: readonly Trial[], first: DateEvidence): DateOrder {
  const forward = soleBest(trials, (trial) => -trial.backward, 1);
  if (forward) return forward;
  const [nearest, next] = [...trials].sort((a, b) => a.spanDays - b.spanDays);
  if (nearest && next && nearest.spanDays * 4 < next.spanDays) return nearest.order;
  if (trials[0]?.order === 'ymd') return 'ymd';
  const isAmerican = /^[ap]m$/i.test(first.half ?? '') && first.numbers[2].length === 2;
  return isAmerican ? 'mdy' : 'dmy';
}
