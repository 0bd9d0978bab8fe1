import type { WorkspaceId } from '../../../kernel/brand.ts';
import { endOfDay } from '../../../kernel/calendar.ts';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { Due, DueWindow } from '../../../kernel/due.ts';
import { loadWorkspace } from '../../ledger/workspace.store.ts';
import { loadPolicies } from './policy.store.ts';

/** The days on which our own texts are to be looked at again. They are about nobody. */
export async function duesOf(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  { until, party }: DueWindow,
): Promise<readonly Due[]> {
  if (party !== undefined) return [];
  const { zone } = await loadWorkspace(db, workspaceId);
  const current = (await loadPolicies(db, workspaceId)).filter(({ isCurrent }) => isCurrent);
  const dues = current.map(
    ({ id, lang, version, reviewOn }): Due => ({
      ...{ id, room: 'procedure', kind: 'review', side: 'ours', partyId: '', interactionId: null },
      ...{ at: endOfDay({ zone }, reviewOn), isWholeDay: true, says: '', source: null },
      ...{ code: 'policy-review', params: { lang, version } },
    }),
  );
  return until === undefined ? dues : dues.filter(({ at }) => at <= until);
}
