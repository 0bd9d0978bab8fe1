import { language } from './t.ts';

/** The zone in which this reader sees times. */
export const READER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

type Style = Intl.DateTimeFormatOptions;

const DAY = { day: 'numeric', month: 'short' } as const satisfies Style;
const DATE = { ...DAY, year: 'numeric' } as const satisfies Style;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const satisfies Style;
const UNBROKEN = '\u00a0';
/** @example '09:14', 'klo 09.14' in Finnish */
const BEFORE_TIME = /\u00a0(?=(?:\p{L}+\u00a0)?\d\d[:.]\d\d$)/u;
const MOMENT = { weekday: 'short', ...DATE, ...TIME } as const satisfies Style;

/** 12 May */
export const dayOf = formatter(DAY);
/** 12 May 2026 */
export const dateOf = formatter(DATE);
/** May 2026 */
export const monthOf = formatter({ month: 'long', year: 'numeric' });
/** 09:14 */
export const timeOf = formatter(TIME);
/** An hour that somebody said, as the reader writes it; no zone moves it. @param time `09:14` @example '09.14' in Finnish */
export function hourOf(time: string, tag?: string): string {
  return timeOf(`2026-01-01T${time}`, tag);
}
/** Tue, 12 May 2026, 09:14 */
export const momentOf = formatter(MOMENT);
const momentInUtc = formatter({ ...MOMENT, timeZone: 'UTC' });

/** A time that an export states: a local one without a zone stays as it is written. */
export function momentAsStated(stated: string): string {
  const isInstant = /(?:Z|[+-]\d\d:?\d\d)$/.test(stated) && !Number.isNaN(Date.parse(stated));
  return isInstant ? momentOf(stated) : stated.replace('T', ' ');
}

/** A time with its offset, in the words of the reader's language and with that offset; one without stays as it is written. */
export function isoAsStated(iso: string): string {
  const [isWhole, sign, hours, minutes] = /(?:Z|([+-])(\d\d):?(\d\d))$/.exec(iso) ?? [];
  if (!isWhole || Number.isNaN(Date.parse(iso))) return iso.replace('T', ' ');
  const offsetMin = sign ? Number(hours) * 60 + Number(minutes) : 0;
  return statedAs(iso, sign === '-' ? -offsetMin : offsetMin);
}

/**
 * Writes dates in the reader's language: every date of the page is written here.
 * Making a format costs a hundred times more than using it: each is made once per language.
 */
export function formatter(style: Style): (at: string | number, tag?: string) => string {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (at, tag = language.get().tag) => {
    // British order in English: 12 May, 24 hours; the American order is read wrongly by everyone else.
    const format = made.get(tag) ?? new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, style);
    made.set(tag, format);
    const date = withoutYearSign(format.format(new Date(at)));
    // A date in full is long enough to be parted; any other is read at one glance.
    return style.weekday === 'long' ? date : inOnePiece(date);
  };
}

/** Whatever follows it, the Russian sign of a year would end the sentence. @example '12 мая 2026 г.' // '12 мая 2026' */
function withoutYearSign(date: string): string {
  return date.replace(/\sг\./u, '');
}

/** No line ends within a date, but one may before its time. */
function inOnePiece(date: string): string {
  return date.replaceAll(' ', UNBROKEN).replace(BEFORE_TIME, ' ');
}

/** A date for a letter: whoever copies it gets the spaces that one types. */
export function withPlainSpaces(text: string): string {
  return text.replaceAll(UNBROKEN, ' ');
}

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
  const shifted = Date.parse(at) + (offsetMin ?? 0) * 60_000;
  return `${momentInUtc(shifted)}${UNBROKEN}${offsetText(offsetMin)}`;
}

/** +03:00, −08:00, UTC */
export function offsetText(offsetMin: number | null): string {
  if (offsetMin === null || offsetMin === 0) return offsetMin === 0 ? '+00:00' : 'UTC';
  const minutes = Math.abs(offsetMin);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offsetMin < 0 ? '−' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A number for the reader's calendar day, larger for later days; cheap, as a timeline asks it of every message. */
export function dayNumber(at: string): number {
  const date = new Date(at);
  return (date.getFullYear() * 12 + date.getMonth()) * 31 + date.getDate() - 1;
}

/** The same for the month. */
export function monthNumber(at: string): number {
  return Math.floor(dayNumber(at) / 31);
}

/** Whether a row's time is what the sender claimed, or had to come from elsewhere. */
export function isClaimed(source: string): boolean {
  return source === 'sent';
}

/** Mon, Tue … @param day 1 is Monday, 7 Sunday */
export function weekdayOf(day: number): string {
  // The first of June 2026 is a Monday.
  return new Intl.DateTimeFormat(language.get().tag, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2026, 5, day),
  );
}
