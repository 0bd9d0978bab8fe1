import { dayAndYear, dayTitle } from '../calendar/dates.ts';
import { nowIso } from '../words/clock.ts';
import { language, t } from '../words/t.ts';
import { hourOf, READER_ZONE, withPlainSpaces } from '../words/when.ts';
import type { DueSaid, Offer, Sum } from './promises.queries.ts';

/** Fri 15 May; Fri 15 May, 16:00; with its zone when that is not the reader's. The day is the one that was said. */
export function dayWords({ date, time, zone }: DueSaid): string {
  const day = dateWords(date);
  if (time === null) return day;
  return zone === READER_ZONE ? `${day}, ${hourOf(time)}` : `${day}, ${hourOf(time)} ${zone}`;
}

/** @param date `2026-05-15`, a date on the wall that no zone moves */
export function dateWords(date: string): string {
  const isThisYear = date.slice(0, 4) === nowIso().slice(0, 4);
  return (isThisYear ? dayTitle : dayAndYear)(date);
}

/** 150.00 € as the reader writes it; the digits are those that were kept. */
export function sumWords({ amount, currency }: Sum): string {
  return new Intl.NumberFormat(language.get().tag, { style: 'currency', currency }).format(
    amount as `${number}`,
  );
}

export function optionWords({ what, sum }: Offer['options'][number]): string {
  return sum ? `${what} · ${sumWords(sum)}` : what;
}

/** The solutions of an offer as text that can be pasted into a letter. */
export function offerText({ options, decideBy }: Offer): string {
  const lines = options.map((option, at) => {
    const until = option.until ? ` (${t('offer.until', { day: plainDay(option.until) })})` : '';
    return `${at + 1}. ${optionWords(option)}${until}`;
  });
  return [...lines, t('offer.decideBy', { day: plainDay(decideBy) })].join('\n');
}

function plainDay(due: DueSaid): string {
  return withPlainSpaces(dayWords(due));
}
