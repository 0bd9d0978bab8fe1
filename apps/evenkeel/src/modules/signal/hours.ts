/** The hours and the pace we answer in. */
export type Pace = {
  readonly zone: string;
  /** 1 is Monday, 7 is Sunday. */
  readonly workDays: readonly number[];
  /** `09:00`, local. */
  readonly from: string;
  readonly until: string;
  /** A message is answered in time until the end of so many working days after its own. */
  readonly replyDays: number;
};

/** A point in time as the clock on the wall shows it. */
export type Local = {
  /** `2026-05-12` */
  readonly date: string;
  /** `21:40` */
  readonly time: string;
  /** 1 is Monday. */
  readonly weekday: number;
};

const DAY_MS = 24 * 3600 * 1000;

/** Makes the function that tells local times of one zone: a formatter is dear to make and cheap to use. */
export function localIn(zone: string): (at: string) => Local {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = Object.fromEntries(
      format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]),
    );
    const date = `${parts.year}-${parts.month}-${parts.day}`;
    return { date, time: `${parts.hour}:${parts.minute}`, weekday: weekdayOf(date) };
  };
}

function weekdayOf(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

export function isOutsideHours({ time, weekday }: Local, { workDays, from, until }: Pace): boolean {
  return !workDays.includes(weekday) || time < from || time >= until;
}

/** The date on which an answer is due: so many working days after the day it came. Holidays are not known here. */
export function replyDue(received: Local, { workDays, replyDays }: Pace): string {
  let date = received.date;
  // A pace without any working day is refused where it is set.
  for (let left = replyDays; left > 0; ) {
    date = dayAfter(date);
    if (workDays.includes(weekdayOf(date))) left -= 1;
  }
  return date;
}

/** Working days that passed after one date, up to and with another. */
export function workDaysBetween(from: string, to: string, { workDays }: Pace): number {
  let days = 0;
  for (let date = from; date < to; ) {
    date = dayAfter(date);
    if (workDays.includes(weekdayOf(date))) days += 1;
  }
  return days;
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The Monday that a date's week begins with. */
export function weekOf({ date, weekday }: Local): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - (weekday - 1) * DAY_MS).toISOString().slice(0, 10);
}

/** Every Monday from one to another, both among them. */
export function weeksBetween(first: string, last: string): readonly string[] {
  const weeks: string[] = [];
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`); at += 7 * DAY_MS)
    weeks.push(new Date(at).toISOString().slice(0, 10));
  return weeks;
}
