import type { Actor } from '../../kernel/brand.ts';
import type { Role } from '../../kernel/http.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadOffer } from './offer.store.ts';
import {
  type Allowance,
  deleteAllowance,
  deletePrivateLimit,
  loadAllowances,
  type PrivateLimit,
  privateLimitsOf,
  saveAllowance,
  savePrivateLimit,
} from './offer-private.store.ts';
import { readSum, type Sum, type SumRefusal } from './offer-sum.ts';

export type { Allowance, PrivateLimit } from './offer-private.store.ts';

/** Who offers: by the name the record has for them, and with their role as it is now. */
export type Maker = { readonly actor: Actor; readonly role: Role };

/** An agent offers no sum alone until somebody says how much; owner and manager, until somebody says a limit. */
const NOTHING: Sum = { amount: '0', currency: 'XXX' };

/** @returns null when there is no limit */
export async function allowanceOf({ db, workspaceId }: Ledger, { actor, role }: Maker): Promise<Sum | null> {
  const set = (await loadAllowances(db, workspaceId)).find((one) => one.actor === actor);
  if (set) return set;
  return role === 'agent' ? NOTHING : null;
}

export async function listAllowances({ db, workspaceId }: Ledger): Promise<readonly Allowance[]> {
  return loadAllowances(db, workspaceId);
}

/** @param sum null takes the limit away */
export async function setAllowance(
  { db, workspaceId, chance }: Ledger,
  by: string,
  actor: string,
  sum: Sum | null,
): Promise<Outcome<null, SumRefusal>> {
  if (sum === null) {
    await deleteAllowance(db, workspaceId, actor);
    return accept(null);
  }
  const read = readSum(sum);
  if (!read.ok) return read;
  await saveAllowance(db, workspaceId, { actor, ...read.value, setBy: by, setAt: chance.now() });
  return accept(null);
}

/** How far we would go, for each offer of a client. */
export async function listPrivateLimits(
  { db, workspaceId }: Ledger,
  party: string,
): Promise<readonly PrivateLimit[]> {
  return privateLimitsOf(db, workspaceId, party);
}

/** Keeps how far we would go, as a note of our own: nothing is recorded. */
export async function setPrivateLimit(
  { db, workspaceId, chance }: Ledger,
  by: string,
  offerId: string,
  { sum, words }: { readonly sum: Sum | null; readonly words: string },
): Promise<Outcome<null, SumRefusal | 'offer-unknown'>> {
  const offer = await loadOffer(db, workspaceId, offerId);
  if (!offer) return refuse('offer-unknown');
  if (sum === null && words.trim() === '') {
    await deletePrivateLimit(db, workspaceId, offerId);
    return accept(null);
  }
  const read = sum === null ? accept(null) : readSum(sum);
  if (!read.ok) return read;
  const limit = { offerId, sum: read.value, words: words.trim(), setBy: by, setAt: chance.now() };
  await savePrivateLimit(db, workspaceId, offer.partyId, limit);
  return accept(null);
}
