import type { Actor } from '../../kernel/brand.ts';
import {
  addDays,
  addWorkingDays,
  type Calendar,
  endOfDay,
  localOf,
  startOfDay,
} from '../../kernel/calendar.ts';
import type { Due } from '../../kernel/due.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import { pacesFor } from '../agreement/hours.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { readHead } from '../ledger/ledger.store.ts';
import { firstDaysDue } from '../procedure/screening/first-days.actions.ts';
import { workCalendar } from '../signal/days-off.actions.ts';
import { replyDue } from '../signal/hours.ts';
import { dangersSince } from '../signal/signal.actions.ts';
import { runsPage } from '../source/source.actions.ts';
import { type WorkspaceCounts, workspaceCounts } from './desk.store.ts';
import { allDues } from './dues.actions.ts';
import { withNames } from './named-due.actions.ts';
import { type Aside, asideNow, countDone, dropAside, saveAside } from './set-aside.store.ts';
import { recentRows } from './timeline.store.ts';
import { bandsOf } from './today.ts';
import { waitingSince } from './waiting.store.ts';

const DAY_MS = 24 * 3_600_000;
/** After an import only so much is news. */
const NEW_DAYS = 30;
const AHEAD_DAYS = 14;
const RECENT_ROWS = 20;
/** More than a person looks through in a day; the calendar shows all. */
const BAND_ROWS = 100;

/** What is due, in the order in which it is done, and what is new of the last thirty days. */
export async function today(ledger: Ledger, dataDir: string) {
  const { db, workspaceId, chance } = ledger;
  const now = chance.now();
  const since = instantOf(Date.parse(now) - NEW_DAYS * DAY_MS);
  const calendar = await workCalendar(ledger);
  const { date } = localOf(calendar, now);
  const [counts, runs, recent, dues, aside, done] = await Promise.all([
    countsNow(ledger),
    runsPage({ db, workspaceId }, null, 1),
    recentRows(db, workspaceId, since, RECENT_ROWS),
    duesFor(ledger, dataDir, calendar, now, since),
    asideNow(db, workspaceId, now),
    countDone(db, workspaceId, startOfDay(calendar, date)),
  ]);
  const isAside = new Set(aside.map(keyOf));
  const bands = bandsOf(
    dues.filter((due) => !isAside.has(keyOf(due))),
    endOfDay(calendar, date),
  );
  const band = async (dues: readonly Due[]) => ({
    total: dues.length,
    items: await withNames(ledger, calendar, dues.slice(0, BAND_ROWS)),
  });
  const [ours, theirs, later] = await Promise.all([bands.now, bands.theirs, bands.later].map(band));
  return {
    zone: calendar.zone,
    date,
    counts,
    latestRun: runs.items[0] ?? null,
    recent,
    now: ours!,
    theirs: theirs!,
    later: later!,
    done,
  };
}

const counted = new WeakMap<Ledger, { readonly size: number; readonly counts: WorkspaceCounts }>();

/** Counting a hundred thousand rows takes longer than all else here, and only what is recorded changes it. */
async function countsNow(ledger: Ledger): Promise<WorkspaceCounts> {
  const { db, workspaceId } = ledger;
  // The head first: what is recorded while we count is counted the next time.
  const { size } = await readHead(db, workspaceId);
  const known = counted.get(ledger);
  if (known?.size === size) return known.counts;
  const counts = await workspaceCounts(db, workspaceId);
  counted.set(ledger, { size, counts });
  return counts;
}

async function duesFor(
  ledger: Ledger,
  dataDir: string,
  calendar: Calendar,
  now: Instant,
  since: Instant,
): Promise<readonly Due[]> {
  const until = endOfDay(calendar, addDays(localOf(calendar, now).date, AHEAD_DAYS));
  const [dues, replies, dangers, money] = await Promise.all([
    allDues(ledger, { until }, calendar),
    repliesDue(ledger, since),
    dangersDue(ledger, since),
    firstDaysDue(ledger, dataDir),
  ]);
  // What was found in a message that is filed without reply is looked at there, and stands here once.
  const found = new Set(
    dues.filter(({ kind }) => kind === 'danger').map(({ interactionId }) => interactionId),
  );
  return [...dangers.filter(({ interactionId }) => !found.has(interactionId)), ...dues, ...replies, ...money];
}

/** Who waits for an answer, and until when it is in time: by the clock that was agreed with them, else by ours. */
export async function repliesDue(ledger: Ledger, since: Instant): Promise<readonly Due[]> {
  const waiting = await waitingSince(ledger.db, ledger.workspaceId, since);
  const paces = await pacesFor(
    ledger,
    waiting.map(({ partyId }) => partyId),
  );
  return waiting.map(({ interactionId, partyId, at, lead, subject, more }) => {
    const pace = paces(partyId);
    const due = replyDue(at, pace);
    return {
      ...{ id: interactionId, room: 'interaction', kind: 'reply', side: 'ours', partyId, interactionId },
      ...{ at: due.at, isWholeDay: due.isWholeDay, says: lead === '' ? (subject ?? '') : lead },
      code: pace.agreed ? 'reply-agreed' : 'reply',
      params: { more, writtenAt: at },
      source: null,
    };
  });
}

/** Words that speak of violence or of harming oneself are looked at by a person before anything else. */
async function dangersDue(ledger: Ledger, since: Instant): Promise<readonly Due[]> {
  const dangers = Map.groupBy(await dangersSince(ledger, since), ({ interactionId }) => interactionId);
  // One line a message: its first words stand for it.
  return [...dangers.values()]
    .map(([first]) => first!)
    .map(({ id, partyId, interactionId, at, quote, kind }) => ({
      ...{ id, room: 'interaction', kind: 'danger', side: 'ours', partyId, interactionId, at },
      isWholeDay: false,
      says: quote,
      code: 'danger',
      params: { kind },
      source: null,
    }));
}

function keyOf({ room, id }: Aside): string {
  return `${room} ${id}`;
}

/**
 * Takes a line off Today; nothing about it is changed.
 *
 * @param until when it comes back; null for good
 */
export async function setAside(
  { db, workspaceId, chance }: Ledger,
  actor: Actor,
  aside: Aside,
  until: Instant | null,
): Promise<void> {
  await saveAside(db, workspaceId, aside, until, actor, chance.now());
}

/** Until the beginning of the next working day. */
export async function setAsideForLater(ledger: Ledger, actor: Actor, aside: Aside): Promise<Instant> {
  const calendar = await workCalendar(ledger);
  const until = startOfDay(
    calendar,
    addWorkingDays(calendar, localOf(calendar, ledger.chance.now()).date, 1),
  );
  await setAside(ledger, actor, aside, until);
  return until;
}

export async function takeBack({ db, workspaceId }: Ledger, aside: Aside): Promise<void> {
  await dropAside(db, workspaceId, aside);
}
