import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { Due, DueWindow } from '../../kernel/due.ts';
import type { Instant } from '../../kernel/instant.ts';
import { type HoldRow, holdsToReview } from './hold.store.ts';
import { type ComplaintLine, complaintsWithDate } from './register.store.ts';
import { proposals } from './retention.store.ts';

/** What has a date here: answers that are planned, holds to look at again, and waits of who works alone. */
export async function duesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  window: DueWindow,
): Promise<readonly Due[]> {
  const complaints = await complaintsWithDate(db, workspaceId, window);
  const holds = await holdsToReview(db, workspaceId, window);
  const over = window.until === undefined ? [] : await overIn(db, workspaceId, window.until, window.party);
  const dues = [...complaints.flatMap(complaintDues), ...holds.flatMap(holdDues), ...over];
  const { until } = window;
  return until === undefined ? dues : dues.filter(({ at }) => at <= until);
}

/** More than these are looked at where all of them stand. */
const OVER_SHOWN = 20;

/** Clients whose time is over by a period that was chosen: somebody may erase them, nothing does so by itself. */
async function overIn(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  until: Instant,
  party: string | undefined,
): Promise<readonly Due[]> {
  const over = await proposals(db, workspaceId, until, party ?? null, OVER_SHOWN);
  return over.map(({ partyId, at, months, lastAt }) => ({
    ...{ ...OURS, id: partyId, partyId, kind: 'review', at, isWholeDay: true, says: '' },
    code: 'retention-over',
    params: { months, lastAt },
  }));
}

const OURS = { room: 'casefile', side: 'ours', interactionId: null, source: null } as const;

function complaintDues(line: ComplaintLine & { readonly waitsUntil: Instant | null }): readonly Due[] {
  const due = {
    ...OURS,
    id: line.id,
    partyId: line.partyId,
    says: line.remedy,
    params: { number: line.number },
  };
  return [
    ...(line.answerBy
      ? [{ ...due, kind: 'reply' as const, at: line.answerBy, isWholeDay: true, code: 'complaint-answer' }]
      : []),
    ...(line.waitsUntil
      ? [
          {
            ...due,
            kind: 'decision' as const,
            at: line.waitsUntil,
            isWholeDay: false,
            code: 'complaint-wait',
          },
        ]
      : []),
  ];
}

function holdDues(hold: HoldRow): readonly Due[] {
  const due = { ...OURS, id: hold.id, partyId: hold.partyId ?? '', says: hold.reason, params: {} };
  const until = hold.asked?.until ?? null;
  return [
    ...(hold.reviewAt
      ? [{ ...due, kind: 'review' as const, at: hold.reviewAt, isWholeDay: true, code: 'hold-review' }]
      : []),
    ...(until
      ? [{ ...due, kind: 'decision' as const, at: until, isWholeDay: false, code: 'hold-wait' }]
      : []),
  ];
}
