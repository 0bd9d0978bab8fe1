import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Recorded } from '../ledger/deciding.actions.ts';
import type { Fact } from '../ledger/ledger.ts';
import { projectCommitments } from './commitment.store.ts';
import type { CommitmentFact } from './commitment.ts';
import { projectEfforts } from './efforts.store.ts';
import type { EffortFact } from './efforts.ts';
import { projectOffers } from './offer.store.ts';
import type { OfferFact } from './offer.ts';

/** Of the facts of this room, those about promises and offers; the others are left to their own. */
export async function replayPromises(
  tx: Tx,
  workspaceId: WorkspaceId,
  recorded: readonly Recorded<Fact>[],
): Promise<void> {
  await projectCommitments(tx, workspaceId, recorded.filter(isAboutCommitment));
  await projectOffers(tx, workspaceId, recorded.filter(isAboutOffer));
  await projectEfforts(tx, workspaceId, recorded.filter(isAboutEffort));
}

function isAboutCommitment(one: Recorded<Fact>): one is Recorded<CommitmentFact> {
  return one.fact.kind.startsWith('point.commitment-');
}

function isAboutOffer(one: Recorded<Fact>): one is Recorded<OfferFact> {
  return one.fact.kind.startsWith('point.offer-');
}

function isAboutEffort(one: Recorded<Fact>): one is Recorded<EffortFact> {
  return one.fact.kind.startsWith('point.effort-');
}
