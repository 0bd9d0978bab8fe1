/** A local time `2026-05-12T09:14:00`, as exports state it without a zone. */
const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;
const MS_PER_DAY = 86_400_000;
/** Beyond these years a count of milliseconds is no time: the year 9999, and the hour when nothing had been sent yet. */
const LATEST_MS = 253_402_300_799_999;

const clocks = new Map<string, Intl.DateTimeFormat | null>();

/** An instant in UTC as `2026-05-12T06:14:00+00:00`, with milliseconds where there are some; null for what is no instant. */
export function instantOf(epochMs: number | null): string | null {
  if (epochMs === null || !(epochMs > 0 && epochMs <= LATEST_MS)) return null;
  return new Date(epochMs).toISOString().replace(/(?:\.000)?Z$/, '+00:00');
}

/** An instant out of seconds since 1970, as a number or as text with a fraction (`1772636065.551219`). */
export function instantOfSeconds(seconds: string | number | null): string | null {
  if (seconds === null || !/^\d{1,12}(?:\.\d+)?$/.test(String(seconds))) return null;
  const [whole, fraction = ''] = String(seconds).split('.');
  return instantOf(Number(whole) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3)));
}

/** The local time if it is one that can be, else null. */
export function possibleLocal(local: string): string | null {
  const [, ...parts] = LOCAL.exec(local) ?? [];
  const [year, month, day, hour, minute, second] = parts.map((part) => Number(part ?? 0));
  if (!year || !month || !day || month > 12 || hour! > 23 || minute! > 59 || second! > 59) return null;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate() ? local : null;
}

/** A local time of these numbers, `2026-05-12T09:14:00`; null when there is no such time. */
export function localOf(year: number, month: number, day: number, clock: string): string | null {
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  const [hour = '', ...rest] = clock.split(':');
  return possibleLocal(
    `${date}T${[hour.padStart(2, '0'), ...rest].join(':')}${rest.length < 2 ? ':00' : ''}`,
  );
}

/**
 * A local time with the offset that clocks of a zone showed then. Where clocks went back it is the earlier of the two.
 *
 * @param zone As `Europe/Helsinki`; null or an unknown one leaves the time without an offset.
 */
export function inZone(local: string, zone: string | null | undefined): string {
  const clock = zone ? clockOf(zone) : null;
  if (!clock || possibleLocal(local) === null) return local;
  const asUtc = Date.parse(`${local}Z`);
  const before = offsetMs(clock, asUtc - MS_PER_DAY / 2);
  const offset =
    offsetMs(clock, asUtc - before) === before ? before : offsetMs(clock, asUtc - offsetMs(clock, asUtc));
  return `${local}${offsetText(offset)}`;
}

function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = madeClock(zone);
  clocks.set(zone, made);
  return made;
}

function madeClock(zone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
}

function offsetMs(clock: Intl.DateTimeFormat, instant: number): number {
  const name = clock.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes, seconds] = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name) ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0);
  return (sign === '-' ? -size : size) * 1000;
}

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
