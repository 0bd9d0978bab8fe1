/** A time in words, from its ISO 8601 form. What cannot be read is printed as it stands. */

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/;

type Parts = { year: number; month: string; day: number; weekday: string; clock: string; offset: string };

/** `Tue 12 May 2026` */
export function longDay(iso: string): string {
  const at = partsOf(iso);
  return at ? `${at.weekday} ${dayOf(iso)}` : iso;
}

/** `12 May 2026` */
export function dayOf(iso: string): string {
  const at = partsOf(iso);
  return at ? `${at.day} ${at.month} ${at.year}` : iso;
}

/** `May 2026`; null has a heading of its own. */
export function monthOf(iso: string | null): string {
  const at = iso === null ? null : partsOf(iso);
  if (iso === null) return 'No time stated';
  return at ? `${at.month} ${at.year}` : iso;
}

/** `09:14:03 +03:00`, or nothing for a plain date */
export function clockOf(iso: string): string {
  const at = partsOf(iso);
  if (!at?.clock) return '';
  return `${at.clock} ${at.offset === 'Z' ? 'UTC' : at.offset || 'no offset'}`;
}

/** `12 May 2026, 09:14:03 UTC` */
export function stamp(iso: string): string {
  const clock = clockOf(iso);
  return clock ? `${dayOf(iso)}, ${clock}` : dayOf(iso);
}

/** `2026-05-12 06:14:03 UTC` */
export function utcOf(iso: string): string {
  return iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}

/** Year, month, day, hour, minute, second in UTC, for the document's own date. @throws RangeError if unreadable. */
export function utcFields(iso: string): readonly [number, number, number, number, number, number] {
  const at = new Date(iso).toISOString();
  return [0, 5, 8, 11, 14, 17].map((from, i) =>
    Number(at.slice(from, from + (i === 0 ? 4 : 2))),
  ) as unknown as readonly [number, number, number, number, number, number];
}

function partsOf(iso: string): Parts | null {
  const found = ISO.exec(iso);
  if (!found) return null;
  const [, year, month, day, clock = '', offset = ''] = found;
  const name = MONTHS[Number(month) - 1];
  if (!name) return null;
  const weekday = DAYS[
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay()
  ] as string;
  return { year: Number(year), month: name, day: Number(day), weekday, clock, offset };
}
