import type { WorkspaceId } from '../../../kernel/brand.ts';
import { endOfDay, localOf } from '../../../kernel/calendar.ts';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { Due, DueWindow } from '../../../kernel/due.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { loadWorkspace } from '../../ledger/workspace.store.ts';
import { endsTold, firstAfterEnd } from '../ending/ending.store.ts';
import { newAmong } from '../silence/silence.store.ts';
import { toReview } from './restriction.store.ts';

/** Restrictions to look at again, new words in what is filed, ends that come, and the one answer after an end. */
export async function duesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  window: DueWindow,
): Promise<readonly Due[]> {
  const [reviews, news, ends, after] = await Promise.all([
    toReview(db, workspaceId, window),
    newAmong(db, workspaceId, window),
    endsTold(db, workspaceId, window),
    firstAfterEnd(db, workspaceId, window),
  ]);
  const { zone } = await loadWorkspace(db, workspaceId);
  // It is looked at on the day on which it came.
  const thatDay = (at: Instant) => endOfDay({ zone }, localOf({ zone }, at).date);
  const common = { room: 'procedure', side: 'ours', source: null } as const;
  return [
    ...reviews.map(
      ({ id, partyId, number, review, until, weighing }): Due => ({
        ...{ ...common, id, kind: 'review', partyId, at: review.at, isWholeDay: true, says: weighing.aim },
        ...{ code: 'restriction-review', params: { number, until: until.on }, interactionId: null },
      }),
    ),
    ...news.map(({ silenceId, interactionId, partyId, lookedAt, found }): Due => {
      const isDanger = found.some(({ kind }) => kind === 'danger');
      const says = found.map((one) => one.says).join(' · ');
      return {
        ...{ ...common, id: silenceId, kind: isDanger ? 'danger' : 'reply', partyId, at: thatDay(lookedAt) },
        ...{
          isWholeDay: true,
          says,
          code: 'filed-with-news',
          params: { count: found.length },
          interactionId,
        },
      };
    }),
    ...ends.map(
      ({ id, partyId, on }): Due => ({
        ...{ ...common, id, kind: 'contract', partyId, at: on.at, isWholeDay: true, says: '' },
        ...{ code: 'relation-ends', params: {}, interactionId: null },
      }),
    ),
    ...after.map(
      ({ endingId, partyId, interactionId, at, lead }): Due => ({
        ...{ ...common, id: endingId, kind: 'reply', partyId, at: thatDay(at), isWholeDay: true, says: lead },
        ...{ code: 'one-answer-after-end', params: {}, interactionId },
      }),
    ),
  ];
}
