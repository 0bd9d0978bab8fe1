import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { caseDetail } from '../casefile/case-detail.actions.ts';
import { amongCase } from '../casefile/case-reading.actions.ts';
import type { ComplaintClocks } from '../casefile/register.actions.ts';
import { allGaps } from '../interaction/gaps.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { pointDetail } from '../point/point-views.actions.ts';
import { type BriefPoint, briefPoint, isOfCase, isTold, recordsOf } from './case-brief.ts';
import { listStatements } from './statement.store.ts';

/** Of each kind of gap; a brief is read, and who needs more looks at the record. */
const MOST_GAPS = 200;

/**
 * The brief of one case, for counsel or a mediator: what it is about and what is wanted, each point in the words of the
 * record, what was threatened, word by word, what is due, what happened when, and what is missing. It says nothing of
 * other cases, of procedures, of marked words or of our own people.
 */
export async function caseBrief(
  ledger: Ledger,
  clocksOf: ComplaintClocks,
  id: string,
): Promise<Outcome<unknown, 'case-unknown'>> {
  const found = await caseDetail(ledger, clocksOf, id);
  if (!found) return refuse('case-unknown');
  const { partyId: party, partyName, title, wanted, stage, openedAt, closedAt, nextRoute, people } = found;
  const [points, chronology, gaps, { name: us }] = await Promise.all([
    pointsOf(ledger, party, found.points),
    chronologyOf(ledger, party, id),
    allGaps(ledger, party, MOST_GAPS),
    loadWorkspace(ledger.db, ledger.workspaceId),
  ]);
  return accept({
    ...{ id, title, wanted, stage, openedAt, closedAt, nextRoute, partyName, us, at: ledger.chance.now() },
    people: people.map(({ role, name, reach }) => ({ role, name, reach })),
    threats: points.filter(({ kind }) => kind === 'threat'),
    points: points.filter(({ kind }) => kind !== 'threat'),
    complaints: found.complaints.map(({ number, stage: at, state, registeredAt, answerBy, remedy }) => ({
      ...{ number, stage: at, state, registeredAt, answerBy, remedy },
    })),
    dues: found.dues.map(({ at, isWholeDay, side, says }) => ({ at, isWholeDay, side, says })),
    chronology,
    missing: gaps.filter(isTold).map(({ kind, at, who, subject, name, quote, count }) => ({
      ...{ kind, at, who, subject, name, quote, count },
    })),
  });
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
