import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { caseDetail, pointsOfCase } from '../casefile/case-detail.actions.ts';
import { amongCase } from '../casefile/case-reading.actions.ts';
import type { ComplaintClocks } from '../casefile/register.actions.ts';
import { allGaps } from '../interaction/gaps.actions.ts';
import { privilegesOf } from '../interaction/privilege.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { pointDetail } from '../point/point-views.actions.ts';
import {
  type BriefPoint,
  type BriefReader,
  briefPoint,
  isOfCase,
  isTold,
  pointForMediator,
  quotedIn,
  recordsOf,
} from './case-brief.ts';
import { listStatements } from './statement.store.ts';

/** Of each kind of gap; a brief is read, and who needs more looks at the record. */
const MOST_GAPS = 200;

/**
 * The brief of one case, for counsel or a mediator: what it is about and what is wanted, each point in the words of the
 * record, what was threatened, word by word, what is due, what happened when, and what is missing. It says nothing of
 * other cases, of procedures, of marked words or of our own people. For a mediator it leaves out, and counts, what rests
 * on records that stay with us; and when we look at what we may not erase.
 */
export async function caseBrief(
  ledger: Ledger,
  clocksOf: ComplaintClocks,
  id: string,
  reader: BriefReader,
): Promise<Outcome<unknown, 'case-unknown'>> {
  const found = await caseDetail(ledger, clocksOf, id);
  if (!found) return refuse('case-unknown');
  const { partyId: party, partyName, title, wanted, stage, openedAt, closedAt, nextRoute, people } = found;
  const [allPoints, facts, gaps, { name: us }] = await Promise.all([
    pointsOf(ledger, party, found.points),
    chronologyOf(ledger, party, id),
    allGaps(ledger, party, MOST_GAPS),
    loadWorkspace(ledger.db, ledger.workspaceId),
  ]);
  const isForCounsel = reader === 'counsel';
  const told = gaps.filter(isTold);
  const resting = [
    ...allPoints.flatMap(quotedIn),
    ...facts.flatMap(({ records }) => records),
    ...told.flatMap(({ interactionId }) => interactionId ?? []),
  ];
  const staying = isForCounsel ? new Set<string>() : await stayingOf(ledger, resting);
  const points = isForCounsel
    ? allPoints
    : allPoints.flatMap((point) => pointForMediator(point, staying) ?? []);
  const chronology = facts.filter(({ records }) => !records.some((record) => staying.has(record)));
  const missing = told.filter(({ interactionId }) => interactionId === null || !staying.has(interactionId));
  const holds = new Set(found.holds.map((hold) => String(hold.id)));
  return accept({
    ...{ id, title, wanted, stage, openedAt, closedAt, nextRoute, partyName, us, at: ledger.chance.now() },
    leftOut: resting.filter((record) => staying.has(record)).length,
    people: people.map(({ role, name, reach }) => ({ role, name, reach })),
    threats: points.filter(({ kind }) => kind === 'threat'),
    points: points.filter(({ kind }) => kind !== 'threat'),
    complaints: found.complaints.map(({ number, stage: at, state, registeredAt, answerBy, remedy }) => ({
      ...{ number, stage: at, state, registeredAt, answerBy, remedy },
    })),
    dues: found.dues
      .filter((due) => isForCounsel || !holds.has(due.id))
      .map(({ at, isWholeDay, side, says }) => ({ at, isWholeDay, side, says })),
    chronology,
    missing: missing.map(({ kind, at, who, subject, name, quote, count }) => ({
      ...{ kind, at, who, subject, name, quote, count },
    })),
  });
}

/** What was threatened in a case, word by word, as counsel reads it in the brief; nothing else of it is looked up. */
export async function caseThreats(
  ledger: Ledger,
  id: string,
): Promise<Outcome<{ items: readonly BriefPoint[] }, 'case-unknown'>> {
  const found = await pointsOfCase(ledger, id);
  if (!found) return refuse('case-unknown');
  const threats = found.points.filter(({ kind }) => kind === 'threat');
  return accept({ items: await pointsOf(ledger, found.partyId, threats) });
}

/** Those of these records that stay with us: privileged or without prejudice, and not waived. */
async function stayingOf({ db, workspaceId }: Ledger, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const marks = await privilegesOf(db, workspaceId, ids);
  return new Set([...marks.values()].flatMap((mark) => (mark.waived ? [] : [mark.interactionId])));
}

async function pointsOf(
  ledger: Ledger,
  party: string,
  points: readonly { readonly number: number; readonly isWithdrawn: boolean }[],
): Promise<readonly BriefPoint[]> {
  const found = await Promise.all(
    points
      .filter(({ isWithdrawn }) => !isWithdrawn)
      .map(({ number }) => pointDetail(ledger, { party, number })),
  );
  return found.flatMap((point) => (point.ok ? [briefPoint(point.value)] : []));
}

async function chronologyOf(ledger: Ledger, party: string, caseId: string) {
  const { db, workspaceId } = ledger;
  const stated = await listStatements(db, workspaceId, party);
  const here = await amongCase(db, workspaceId, caseId, stated.flatMap(recordsOf));
  return stated
    .filter((statement) => isOfCase(statement, here))
    .map((statement) => {
      const { date, time, says, isDisputed } = statement;
      return { date, time, says, isDisputed, records: recordsOf(statement) };
    });
}
