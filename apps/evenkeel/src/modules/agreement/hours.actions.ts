import type { WorkspaceId } from '../../kernel/brand.ts';
import { type Calendar, type Clock, endOfDay, isDate, type LocalDate } from '../../kernel/calendar.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { paceOf, workCalendar } from '../signal/days-off.actions.ts';
import type { Pace } from '../signal/hours.ts';
import { termsInForce, termsInForceOf } from './agreement.store.ts';
import type { Day } from './agreement.ts';
import type { HoursTerms, Term } from './clause.ts';

/** The calendar that holds with a party: the hours that are agreed with them, else ours. */
export async function calendarFor(ledger: Ledger, partyId: string): Promise<Calendar> {
  const [own, agreed] = await Promise.all([
    workCalendar(ledger),
    termsInForce<HoursTerms>(ledger.db, ledger.workspaceId, partyId, 'hours'),
  ]);
  return agreed ? agreedCalendar(own, agreed.terms) : own;
}

/** How soon we answer a party, and on which days: as was agreed with them, else by our settings. */
export async function paceFor(ledger: Ledger, partyId: string): Promise<Pace> {
  return (await pacesFor(ledger, [partyId]))(partyId);
}

/** The same for many parties at once, asked once. */
export async function pacesFor(
  ledger: Ledger,
  partyIds: readonly string[],
): Promise<(partyId: string) => Pace> {
  const [own, agreed] = await Promise.all([
    paceOf(ledger),
    termsInForceOf(ledger.db, ledger.workspaceId, partyIds, ['hours', 'response_time']),
  ]);
  const terms = new Map(agreed.map((each) => [`${each.partyId} ${each.kind}`, each.terms]));
  return (partyId) => {
    const hours = terms.get(`${partyId} hours`) as HoursTerms | undefined;
    const response = terms.get(`${partyId} response_time`) as { within: Term } | undefined;
    const calendar = hours ? agreedCalendar(own, hours) : own;
    return { ...calendar, replyDays: own.replyDays, agreed: response?.within ?? null };
  };
}

/** Agreed holidays stand beside those of our own calendar: who is closed on a day is closed for this client too. */
function agreedCalendar(own: Calendar, { zone, workDays, from, until, holidays }: HoursTerms): Calendar {
  const dated = holidays.map(({ date, says }) => [date as LocalDate, says] as const);
  const known = new Map<number, ReadonlyMap<LocalDate, string>>();
  const inYear = (year: number) =>
    new Map([...own.holidays(year), ...dated.filter(([date]) => date.startsWith(`${year}-`))]);
  return {
    ...{ zone, workDays, from, until },
    holidays: (year) => known.get(year) ?? known.set(year, inYear(year)).get(year)!,
  };
}

/**
 * The time in which we promised a party an answer.
 *
 * @returns null when no response time is agreed with them; then the pace of the settings holds
 */
export async function responseClock(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  partyId: string,
): Promise<{ readonly clock: Clock; readonly clauseId: string; readonly version: number } | null> {
  const agreed = await termsInForce<{ within: Term }>(db, workspaceId, partyId, 'response_time');
  return agreed && { clock: agreed.terms.within, clauseId: agreed.clauseId, version: agreed.version };
}

/** A day as a promise needs it: with its last moment on a calendar. */
export function dayOn(calendar: Calendar, on: string, at: string): Outcome<Day, 'date-unusable'> {
  return isDate(on) ? accept({ on, at: endOfDay(calendar, on) }) : refuse('date-unusable', { at, date: on });
}
