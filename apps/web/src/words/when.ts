import { language } from './t.ts';

/** The zone in which this reader sees times. */
export const READER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

type Style = Intl.DateTimeFormatOptions;
const made = new Map<string, Intl.DateTimeFormat>();

function format(style: Style): Intl.DateTimeFormat {
  const { tag } = language.get();
  const key = `${tag}${JSON.stringify(style)}`;
  let one = made.get(key);
  if (!one) {
    // British order in English: 12 May, 24 hours; the American order is read wrongly by everyone else.
    one = new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, style);
    made.set(key, one);
  }
  return one;
}

/** 12 May */
export const dayOf = (at: string) => format({ day: 'numeric', month: 'short' }).format(new Date(at));
/** 12 May 2026 */
export const dateOf = (at: string) =>
  format({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
/** May 2026 */
export const monthOf = (at: string) => format({ month: 'long', year: 'numeric' }).format(new Date(at));
/** 09:14 */
export const timeOf = (at: string) =>
  format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
/** Tue 12 May 2026, 09:14 */
export const momentOf = (at: string) =>
  format({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));

/** 12 May in the current year, 12 May 2019 in another. @param now UTC ISO */
export function shortDate(at: string, now: string): string {
  return at.slice(0, 4) === now.slice(0, 4) ? dayOf(at) : dateOf(at);
}

/**
 * The time as its source stated it, with that source's offset.
 *
 * @param offsetMin Minutes east of UTC; null if the source stated none.
 * @example statedAs('2026-05-12T06:14:00Z', 180) // "Tue 12 May 2026, 09:14 +03:00"
 */
export function statedAs(at: string, offsetMin: number | null): string {
  const shifted = new Date(new Date(at).getTime() + (offsetMin ?? 0) * 60_000);
  const shown = format({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  }).format(shifted);
  return `${shown} ${offsetText(offsetMin)}`;
}

/** +03:00, −08:00, UTC */
export function offsetText(offsetMin: number | null): string {
  if (offsetMin === null || offsetMin === 0) return offsetMin === 0 ? '+00:00' : 'UTC';
  const minutes = Math.abs(offsetMin);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offsetMin < 0 ? '−' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Two moments on the same calendar day of the reader. */
export function isSameDay(a: string, b: string): boolean {
  return dateOf(a) === dateOf(b);
}

/** Whether a row's time is what the sender claimed, or had to come from elsewhere. */
export function isClaimed(source: string): boolean {
  return source === 'sent';
}
