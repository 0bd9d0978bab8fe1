import { type Calendar, type LocalDate, localOf } from '../../kernel/calendar.ts';
import type { Due } from '../../kernel/due.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { namesOf } from './desk.store.ts';

export type NamedDue = Due & {
  readonly party: string;
  /** The day it is on, in the calendar's zone. */
  readonly date: LocalDate;
  /** `14:00` in that zone; null for a whole day. */
  readonly time: string | null;
};

/** With whom each is, and on which of our days. */
export async function withNames(
  { db, workspaceId }: Ledger,
  calendar: Calendar,
  dues: readonly Due[],
): Promise<readonly NamedDue[]> {
  const names = await namesOf(db, workspaceId, [
    ...new Set(dues.flatMap(({ partyId }) => (partyId === '' ? [] : [partyId]))),
  ]);
  return dues.map((due) => {
    const { date, time } = localOf(calendar, due.at);
    return { ...due, party: names.get(due.partyId) ?? '', date, time: due.isWholeDay ? null : time };
  });
}
