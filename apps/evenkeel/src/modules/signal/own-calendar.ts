import type { Instant } from '../../kernel/instant.ts';
import type { IcalTime } from './ical.ts';

/** When we are busy; the title only where its owner chose so. */
export type BusyTime = {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly isWholeDay: boolean;
  readonly title: string | null;
};

export type OwnCalendar = {
  readonly id: string;
  readonly name: string;
  /** Null for one that was brought as a file. */
  readonly address: string | null;
  readonly hasTitles: boolean;
  readonly addedAt: Instant;
  readonly triedAt: Instant;
  /** When it was last read to the end; null when it never was. */
  readonly readAt: Instant | null;
  /** Why the last try failed. */
  readonly problem: string | null;
  readonly leftOut: number;
  readonly times: number;
};

export type FetchRefusal =
  | 'address-unusable'
  | 'address-private'
  | 'calendar-unreachable'
  | 'calendar-too-large'
  | 'calendar-unreadable';
export type OwnCalendarRefusal = FetchRefusal | 'calendar-unknown' | 'read-lately' | 'nothing-to-read';

/** What of a read calendar is kept: when we are busy, and nothing else unless it was chosen. */
export function busyTimes(times: readonly IcalTime[], hasTitles: boolean): readonly BusyTime[] {
  return times
    .filter(({ isBusy, startsAt, endsAt }) => isBusy && startsAt < endsAt)
    .map(({ startsAt, endsAt, isWholeDay, title }) => ({
      ...{ startsAt, endsAt, isWholeDay },
      title: hasTitles && title !== '' ? title.slice(0, 200) : null,
    }));
}
