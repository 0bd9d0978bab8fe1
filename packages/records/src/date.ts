/** What a date text says. `iso` has the offset that was stated, and none when the zone is missing or unknown. */
export type DateReading = {
  readonly iso: string | null;
  readonly problem: 'unreadable' | 'unknown-zone' | 'odd' | null;
};

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const UNREADABLE: DateReading = { iso: null, problem: 'unreadable' };
/** RFC 5322 3.3, and its obsolete zones, 4.3. A military letter other than Z says nothing reliable. */
const USUAL =
  /^(?:([A-Za-z]{3}),?\s+)?(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s+([+-]\d{4})$/;
const LOOSE =
  /^(?:[^\d\s,]+[,.]?\s*)?(\d{1,2})[\s.-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{2,4}),?\s+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2})(?:\.\d+)?)?\s*([AaPp][Mm])?\s*("?[A-Za-z+-][^:;<>@]*(?::\d{2})?"?)?$/;
const CTIME =
  /^(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\s+(\d{1,2}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?\s*(.*?)\s*(\d{4})(?:\s+(.*))?$/;
const US =
  /^(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3,9})\s+(\d{1,2}),\s+(\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?\s*(.*)$/;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/;
const ZONES: Readonly<Record<string, string>> = {
  Z: '+00:00',
  UT: '+00:00',
  UTC: '+00:00',
  GMT: '+00:00',
  EST: '-05:00',
  EDT: '-04:00',
  CST: '-06:00',
  CDT: '-05:00',
  MST: '-07:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
};

/**
 * Reads a date of a mail header. Never falls back to now, to 1970 or to UTC.
 *
 * @param raw The header's value, or what follows the last semicolon of a Received field.
 * @returns `iso` as `2026-05-12T09:14:00+03:00`; without offset (`2026-05-12T09:14:00`) and `unknown-zone` when the
 *   zone is missing or says nothing certain; null and `unreadable` when it is no possible date.
 * @source RFC 5322 3.3 and 4.3: years 00–49 add 2000, 50–99 and three digits add 1900; `-0000` is UTC by an unknown clock
 */
export function readDate(raw: string): DateReading {
  const text = raw.trim();
  if (text === '' || text.length > 400) return UNREADABLE;
  const usual = USUAL.exec(text);
  if (usual) return build(usual[4]!, usual[3]!, usual[2]!, usual[5]!, usual[6]!, usual[7], usual[8]!, false);
  return readLoosely(text);
}

function readLoosely(text: string): DateReading {
  const comment = /\(([^()]*)\)\s*$/.exec(text)?.[1] ?? '';
  const plain = withoutComments(text)
    .replace(/\s+/g, ' ')
    .replace(/ (?=,)/g, '')
    .trim();
  const iso = ISO.exec(plain);
  if (iso)
    return fromNumbers(iso[1]!, Number(iso[2]), iso[3]!, iso[4]!, iso[5]!, iso[6], iso[7] ?? comment, true);
  const loose = LOOSE.exec(plain);
  if (loose) {
    const hour = hourOf(loose[4]!, loose[7]);
    return build(
      loose[3]!,
      loose[2]!,
      loose[1]!,
      hour,
      loose[5]!,
      loose[6],
      (loose[8] ?? '') || comment,
      isOdd(plain, loose[7]),
    );
  }
  const us = US.exec(plain);
  if (us) return build(us[3]!, us[1]!, us[2]!, hourOf(us[4]!, us[7]), us[5]!, us[6], us[8] || comment, true);
  const ctime = CTIME.exec(plain);
  if (!ctime) return UNREADABLE;
  const zone = ctime[7] || ctime[9] || comment;
  return build(ctime[8]!, ctime[1]!, ctime[2]!, hourOf(ctime[3]!, ctime[6]), ctime[4]!, ctime[5], zone, true);
}

/** Comments may hold comments (RFC 5322 3.2.2); a few levels are enough. */
function withoutComments(text: string): string {
  let plain = text;
  for (let depth = 0; depth < 5 && plain.includes('('); depth++) {
    plain = plain.replace(/\((?:[^()\\]|\\.)*\)/gs, ' ');
  }
  return plain;
}

function isOdd(plain: string, half: string | undefined): boolean {
  return half !== undefined || !/^(?:[A-Za-z]{3}\s?,\s?)?\d{1,2} [A-Za-z]{3} \d{2,4} \d{2}:\d{2}/.test(plain);
}

function hourOf(hour: string, half: string | undefined): string {
  if (!half) return hour;
  const base = Number(hour) % 12;
  return String(half.toLowerCase() === 'pm' ? base + 12 : base);
}

function build(
  year: string,
  month: string,
  day: string,
  hour: string,
  minute: string,
  second: string | undefined,
  zone: string,
  odd: boolean,
): DateReading {
  const at = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  if (at < 0 || at % 3 !== 0) return UNREADABLE;
  return fromNumbers(year, at / 3 + 1, day, hour, minute, second, zone, odd);
}

function fromNumbers(
  yearText: string,
  month: number,
  dayText: string,
  hourText: string,
  minuteText: string,
  secondText: string | undefined,
  zone: string,
  odd: boolean,
): DateReading {
  const year = fullYear(yearText);
  const [day, hour, minute] = [Number(dayText), Number(hourText), Number(minuteText)];
  const second = Number(secondText ?? 0);
  const isPossible =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour < 24 &&
    minute < 60 &&
    second < 61;
  if (!isPossible) return UNREADABLE;
  // A leap second has no place in ISO instants that others can read; the raw text keeps it.
  const clock = `${two(hour)}:${two(minute)}:${two(Math.min(second, 59))}`;
  const local = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}`;
  const offset = offsetOf(zone);
  if (offset === null) return { iso: local, problem: 'unknown-zone' };
  return { iso: local + offset, problem: odd || second === 60 ? 'odd' : null };
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length >= 4) return year;
  return text.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

/** The stated offset as `±hh:mm`, or null when there is none to be sure of. */
function offsetOf(zone: string): string | null {
  const numeric =
    /^(?:(?:GMT|UTC?)\s*)?([+-])(\d{2}):?(\d{2})(?!\d)/.exec(zone) ??
    /^(?:GMT|UTC?)\s*([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(zone);
  if (numeric) {
    const [hours, minutes] = [Number(numeric[2]), Number(numeric[3] ?? 0)];
    return hours < 24 && minutes < 60 ? `${numeric[1]}${two(hours)}:${two(minutes)}` : null;
  }
  return ZONES[zone.trim().toUpperCase().replace(/"/g, '')] ?? null;
}
