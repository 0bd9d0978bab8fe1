import type { TimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadSteps } from './casefile.store.ts';
import { missingForDecision } from './complaint.ts';
import { csvOf } from './csv.ts';
import { pointsAmong } from './points.store.ts';
import {
  type ComplaintClock,
  type ComplaintLine,
  listComplaints,
  loadComplaint,
  type RegisterFilter,
} from './register.store.ts';
import { memberNames } from './second.actions.ts';

/** A year's register of a small firm is far below this; more is left to the pages. */
const MOST_EXPORTED = 10_000;

export type RegisterWish = Omit<RegisterFilter, 'overdueAt'> & { readonly isOverdue: boolean };

/** Clocks run in procedures, which are downstream: whoever reads the register is handed a way to ask for them. */
export type ComplaintClocks = (ledger: Ledger) => Promise<readonly ComplaintClock[]>;

function filterOf({ chance }: Ledger, { isOverdue, ...filter }: RegisterWish): RegisterFilter {
  return { ...filter, overdueAt: isOverdue ? chance.now() : undefined };
}

export async function registerPage(
  ledger: Ledger,
  clocksOf: ComplaintClocks,
  wish: RegisterWish,
  after: TimeKey | null,
  limit: number,
): Promise<readonly ComplaintLine[]> {
  const { db, workspaceId } = ledger;
  return listComplaints(db, workspaceId, filterOf(ledger, wish), after, limit, await clocksOf(ledger));
}

const COLUMNS = [
  'number',
  'received',
  'way',
  'client',
  'remedy',
  'stage',
  'state',
  'owner',
  'severity',
  'safety',
  'answer by',
  'due',
  'registered',
  'closed',
  'points',
  'points decided',
];

/** The register as a table for other programs. */
export async function registerCsv(
  ledger: Ledger,
  clocksOf: ComplaintClocks,
  wish: RegisterWish,
): Promise<string> {
  const names = await memberNames(ledger);
  const lines = await registerPage(ledger, clocksOf, wish, null, MOST_EXPORTED);
  const rows = lines.map((line) => [
    line.number,
    line.at,
    line.way,
    line.partyName,
    line.remedy,
    line.stage,
    line.state,
    names.get(line.owner) ?? line.owner,
    line.severity,
    line.isSafety ? 'yes' : 'no',
    line.answerBy,
    line.dueAt,
    line.registeredAt,
    line.closedAt,
    line.points,
    line.decided,
  ]);
  return csvOf([COLUMNS, ...rows]);
}

/** A complaint with its history and what its decision still lacks; null when there is none. */
export async function complaintDetail(ledger: Ledger, clocksOf: ComplaintClocks, id: string) {
  const { db, workspaceId } = ledger;
  const found = await loadComplaint(db, workspaceId, id);
  if (!found) return null;
  const { firstDeciders: _, ...shown } = found;
  const steps = await loadSteps(db, workspaceId, id);
  const ids = found.points.map(({ pointId }) => pointId);
  const named = await pointsAmong(db, workspaceId, ids);
  const words = new Map(named.map((point) => [point.id, point.says]));
  const points = found.points.map((point) => ({ ...point, says: words.get(point.pointId) ?? '' }));
  const clock = (await clocksOf(ledger)).find((each) => each.id === id);
  return { ...shown, dueAt: clock?.at ?? found.answerBy, points, missing: missingForDecision(found), steps };
}
