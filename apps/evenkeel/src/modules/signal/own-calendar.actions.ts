import type { Actor } from '../../kernel/brand.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { readCalendarFile } from './ical.actions.ts';
import { fetchCalendar, type Net } from './own-calendar.fetch.ts';
import {
  busyBetween,
  deleteOwnCalendar,
  insertOwnCalendar,
  listOwnCalendars,
  saveBusyTimes,
  saveProblem,
  takeTry,
} from './own-calendar.store.ts';
import { type BusyTime, busyTimes, type OwnCalendar, type OwnCalendarRefusal } from './own-calendar.ts';
import { languageSettings } from './working.actions.ts';

export type { BusyTime } from './own-calendar.ts';

const HOUR_MS = 3_600_000;
const YEAR_MS = 366 * 24 * HOUR_MS;

/** A calendar of one's own: an address that is read, or the text of a file. */
export type OwnCalendarWish = {
  readonly name: string;
  readonly address: string | null;
  readonly text: string | null;
  readonly hasTitles: boolean;
};

/** Adds a calendar when it could be read; one that cannot be read now is not kept. */
export async function addOwnCalendar(
  ledger: Ledger,
  net: Net,
  actor: Actor,
  { name, address, text, hasTitles }: OwnCalendarWish,
): Promise<Outcome<{ id: string }, OwnCalendarRefusal>> {
  const { db, workspaceId, chance } = ledger;
  const given = address === null ? accept(text ?? '') : await fetchCalendar(address, net);
  if (!given.ok) return given;
  const read = await readYear(ledger, given.value);
  if (!read.ok) return read;
  const [id, at] = [ledger.newId(), chance.now()];
  const called = name.trim() || (address === null ? '' : (URL.parse(address)?.hostname ?? ''));
  await db.transaction().execute(async (tx) => {
    await insertOwnCalendar(tx, workspaceId, { id, actor, name: called, address, hasTitles, at });
    const { times, leftOut } = read.value;
    await saveBusyTimes(tx, workspaceId, id, busyTimes(times, hasTitles), leftOut, at);
  });
  return accept({ id });
}

/** Reads its address again, at most once an hour; what was read before stays while it cannot be read. */
export async function readOwnCalendar(
  ledger: Ledger,
  net: Net,
  actor: Actor,
  id: string,
): Promise<Outcome<null, OwnCalendarRefusal>> {
  const { db, workspaceId, chance } = ledger;
  const found = (await listOwnCalendars(db, workspaceId, actor)).find((one) => one.id === id);
  if (!found) return refuse('calendar-unknown');
  if (found.address === null) return refuse('nothing-to-read');
  const now = chance.now();
  const isFree = await takeTry(db, workspaceId, id, now, instantOf(Date.parse(now) - HOUR_MS));
  if (!isFree) return refuse('read-lately', { next: instantOf(Date.parse(found.triedAt) + HOUR_MS) });
  const given = await fetchCalendar(found.address, net);
  const read = given.ok ? await readYear(ledger, given.value) : given;
  if (!read.ok) {
    await saveProblem(db, workspaceId, id, read.reason);
    return read;
  }
  const { times, leftOut } = read.value;
  await db
    .transaction()
    .execute((tx) =>
      saveBusyTimes(tx, workspaceId, id, busyTimes(times, found.hasTitles), leftOut, chance.now()),
    );
  return accept(null);
}

async function readYear(ledger: Ledger, text: string) {
  const { zone } = await languageSettings(ledger);
  const from = ledger.chance.now();
  const until = instantOf(Date.parse(from) + YEAR_MS);
  const read = await readCalendarFile({ text, zone, from, until });
  if (read === 'endless') return refuse('calendar-unreadable' as const, { line: 1, found: '' });
  if ('line' in read) return refuse('calendar-unreadable' as const, { line: read.line, found: read.found });
  return accept(read);
}

export function ownCalendars({ db, workspaceId }: Ledger, actor: Actor): Promise<readonly OwnCalendar[]> {
  return listOwnCalendars(db, workspaceId, actor);
}

export async function removeOwnCalendar(
  { db, workspaceId }: Ledger,
  actor: Actor,
  id: string,
): Promise<Outcome<null, OwnCalendarRefusal>> {
  return (await deleteOwnCalendar(db, workspaceId, id, actor)) ? accept(null) : refuse('calendar-unknown');
}

/**
 * When we are busy in a time to come, as our own calendars said when they were last read.
 *
 * @param actor whose calendars; everybody's when it is left out
 */
export function busyAt(
  { db, workspaceId }: Ledger,
  from: Instant,
  until: Instant,
  actor: Actor | null = null,
): Promise<readonly BusyTime[]> {
  return busyBetween(db, workspaceId, from, until, actor);
}
