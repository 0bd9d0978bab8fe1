import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { loadMembers } from '../account/account.actions.ts';
import type { Outsider } from '../account/second-person.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { citedRecords } from './commitment.store.ts';
import { aboutOffer, type OfferingRefusal } from './offer.actions.ts';
import { loadOffer } from './offer.store.ts';
import { decideLooking, type LookRefusal } from './offer-look.ts';

export type LookingRefusal = OfferingRefusal | LookRefusal | 'proof-unknown';
export type LookDone = { readonly id: string; readonly isLookedAt: boolean };

/**
 * A second person looks at a prepared offer, or somebody who works alone writes down why it is right and waits.
 *
 * @returns whether it has been looked at now, or the wait has only begun
 */
export async function lookAtOffer(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly reason: string; readonly outsider: Outsider | null },
): Promise<Outcome<LookDone, LookingRefusal>> {
  const { db, workspaceId } = ledger;
  const { reason, outsider } = wish;
  if (outsider !== null && !(await isInRecord(ledger, outsider.proof))) return refuse('proof-unknown');
  const members = (await loadMembers(db, workspaceId)).length;
  const done = await aboutOffer(ledger, actor, id, { reason: '', cites: [] }, (offer, _grounds, now) =>
    decideLooking(offer, { actor, members, outsider, reason, now }),
  );
  if (!done.ok) return done;
  const offer = await loadOffer(db, workspaceId, id);
  return accept({ id, isLookedAt: offer?.looked != null });
}

async function isInRecord({ db, workspaceId }: Ledger, interactionId: string): Promise<boolean> {
  const found = await citedRecords(db, workspaceId, [{ interactionId, start: 0, end: 0, quote: '' }]);
  return found.length > 0;
}
