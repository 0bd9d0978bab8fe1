import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { Fact } from '../ledger/ledger.ts';
import { projectPoints } from './point.store.ts';
import type { PointFact } from './point.ts';
import { replayPromises } from './promise-replay.actions.ts';

/** Of the facts of this room, those about points; then those about promises and offers, which refer to points. */
export async function replayRoom(
  tx: Tx,
  workspaceId: WorkspaceId,
  recorded: readonly Recorded<Fact>[],
): Promise<void> {
  await projectPoints(tx, workspaceId, recorded.filter(isAboutPoint));
  await replayPromises(tx, workspaceId, recorded);
}

function isAboutPoint(one: Recorded<Fact>): one is Recorded<PointFact> {
  return !/^point\.(?:commitment|offer|effort)-/.test(one.fact.kind);
}
