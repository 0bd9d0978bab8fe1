import type { Actor } from '../../kernel/brand.ts';
import { projectAnchors } from './anchor.store.ts';
import type { AnchorFact } from './anchor.ts';
import { append, type Ledger, sealFacts } from './ledger.actions.ts';
import { LOCAL_OWNER, WORKSPACE_STREAM } from './ledger.ts';
import type { OutsideFact } from './outside.ts';

/** Lines over which a verifier looks for a head of this log. */
const ANCHORS: readonly string[] = ['log.anchored', 'log.anchor-cosigned', 'log.anchor-ots'];

/** Writes down what somebody outside said: the next line of the log. */
export async function recordOutside(
  ledger: Ledger,
  fact: AnchorFact | OutsideFact,
  actor: Actor = LOCAL_OWNER,
): Promise<string> {
  const leafKind = ANCHORS.includes(fact.kind) ? 'anchor' : 'record';
  const pending = await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor, leafKind }]);
  const [{ id, recordedAt }] = pending as [(typeof pending)[number]];
  await ledger.db.transaction().execute(async (tx) => {
    await projectAnchors(tx, ledger.workspaceId, [{ recordId: id, recordedAt, actor, fact }]);
    await append(tx, ledger, pending);
  });
  ledger.wake();
  return id;
}
