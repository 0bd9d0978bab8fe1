import type { Due } from '../../kernel/due.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { duesOf as promiseDues } from '../point/promise-dues.actions.ts';
import { workCalendar } from '../signal/days-off.actions.ts';
import { loadCase, loadCaseRecords } from './case.store.ts';
import { loadSteps } from './casefile.store.ts';
import { duesOf } from './dues.actions.ts';
import { listHolds } from './hold.store.ts';
import { pointsAmong, promisesAbout, quotedBy } from './points.store.ts';
import type { ComplaintClocks } from './register.actions.ts';
import { listComplaints } from './register.store.ts';

// What modules downstream read.
export { listCases } from './case.store.ts';

/** No case of a small firm has more. */
const MOST_COMPLAINTS = 200;

/** A case with all that it gathers; null when there is none. */
export async function caseDetail(ledger: Ledger, clocksOf: ComplaintClocks, id: string) {
  const { db, workspaceId } = ledger;
  const found = await loadCase(db, workspaceId, id);
  if (!found) return null;
  const { pointIds, interactionIds: _, ...row } = found;
  const [points, quoted, records, complaints, holds, steps] = await Promise.all([
    pointsAmong(db, workspaceId, pointIds),
    quotedBy(db, workspaceId, pointIds),
    loadCaseRecords(db, workspaceId, id),
    listComplaints(db, workspaceId, { case: id }, null, MOST_COMPLAINTS, await clocksOf(ledger)),
    listHolds(db, workspaceId, { case: id }),
    loadSteps(db, workspaceId, id),
  ]);
  const gathered = [
    ...complaints.map((each) => each.id),
    ...holds.map((each) => each.id as string),
    ...(await promisesAbout(db, workspaceId, pointIds)),
  ];
  const dues = await duesIn(ledger, row.partyId, new Set(gathered));
  return { ...row, points, quoted, records, complaints, holds, dues, steps };
}

/** Whose case it is, and its points; null when there is none. */
export async function pointsOfCase({ db, workspaceId }: Ledger, id: string) {
  const found = await loadCase(db, workspaceId, id);
  if (!found) return null;
  return { partyId: found.partyId, points: await pointsAmong(db, workspaceId, found.pointIds) };
}

/** What has a date among the points, complaints and holds of a case, the earliest first. */
async function duesIn(ledger: Ledger, party: string, gathered: ReadonlySet<string>): Promise<readonly Due[]> {
  const { db, workspaceId } = ledger;
  const dues = [
    ...(await duesOf(db, workspaceId, { party })),
    ...(await promiseDues(db, workspaceId, { party }, await workCalendar(ledger))),
  ];
  return dues.filter(({ id }) => gathered.has(id)).toSorted((one, other) => (one.at < other.at ? -1 : 1));
}
