import {
  addDays,
  type Calendar,
  type Clock,
  type DueTime,
  daysBetween,
  dueAfter,
  type Local,
  type LocalDate,
} from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';

export type ResponseTime = Clock & { readonly unit: 'hours' | 'days' | 'working-days' | 'weeks' };

/** The hours and the pace we answer in. */
export type Pace = Calendar & {
  /** A message is answered in time until the end of so many working days after its own. */
  readonly replyDays: number;
  /** The response time that was agreed with a client; it holds instead of ours. Null where none was agreed. */
  readonly agreed: ResponseTime | null;
};

/** Whose pace: what was agreed with a client is known downstream, so whoever measures is handed a way to ask for it. */
export type PaceFor = (ledger: Ledger, partyId: string) => Promise<Pace>;

/** Until when an answer is in time: by the clock that was agreed, else so many working days after the day it came. */
export function replyDue(receivedAt: Instant, pace: Pace): DueTime {
  return dueAfter(pace, pace.agreed ?? { count: pace.replyDays, unit: 'working-days' }, receivedAt);
}

/** The Monday that a date's week begins with. */
export function weekOf({ date, weekday }: Pick<Local, 'date' | 'weekday'>): LocalDate {
  return addDays(date, 1 - weekday);
}

/** Every Monday from one to another, both among them. */
export function weeksBetween(first: LocalDate, last: LocalDate): readonly LocalDate[] {
  return Array.from({ length: Math.floor(daysBetween(first, last) / 7) + 1 }, (_, i) =>
    addDays(first, 7 * i),
  );
}
