import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { workCalendar } from '../signal/days-off.actions.ts';
import { commitmentsOf } from './commitment.store.ts';
import { type Commitment, shownState } from './commitment.ts';
import {
  type DayWarning,
  type DueRefusal,
  type DueSaid,
  type DueWish,
  dayWarning,
  dueOn,
} from './commitment-due.ts';
import { offersOf, withoutPrejudiceOf } from './offer.store.ts';
import { type Offer, shownOfferState } from './offer.ts';
import { type Step, stepsOf } from './promise-steps.store.ts';

// What modules downstream read.
export { commitmentsOf } from './commitment.store.ts';
export { offersOf } from './offer.store.ts';

/** So many of each are listed; that there are more is said. */
const SHOWN = 500;

export type ShownCommitment = Omit<Commitment, 'state'> & {
  readonly state: ReturnType<typeof shownState>;
  readonly warning: DayWarning | null;
  readonly steps: readonly Step[];
};
export type ShownOffer = Omit<Offer, 'state'> & {
  readonly state: ReturnType<typeof shownOfferState>;
  readonly warning: DayWarning | null;
  readonly steps: readonly Step[];
};
export type Promises = {
  readonly zone: string;
  readonly commitments: readonly ShownCommitment[];
  readonly offers: readonly ShownOffer[];
  readonly isCut: boolean;
};

/** What both sides promised and offered, with the history of each. */
export async function promisesWith(
  ledger: Ledger,
  party: string,
): Promise<Outcome<Promises, 'party-unknown'>> {
  const { db, workspaceId, chance } = ledger;
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  const [calendar, commitments, offers] = await Promise.all([
    workCalendar(ledger),
    commitmentsOf(db, workspaceId, party, SHOWN + 1),
    offersOf(db, workspaceId, party, SHOWN + 1),
  ]);
  const ids = [...commitments, ...offers].map(({ id }) => id as string);
  const steps = await stepsOf(db, workspaceId, ids);
  const now = chance.now();
  return accept({
    zone: calendar.zone,
    commitments: commitments.slice(0, SHOWN).map((one) => ({
      ...one,
      state: shownState(one, now),
      warning: one.due && shownState(one, now) === 'open' ? dayWarning(calendar, one.due.date) : null,
      steps: steps.get(one.id) ?? [],
    })),
    offers: offers.slice(0, SHOWN).map((one) => ({
      ...one,
      state: shownOfferState(one, now),
      warning: shownOfferState(one, now) === 'open' ? dayWarning(calendar, one.decideBy.date) : null,
      steps: steps.get(one.id) ?? [],
    })),
    isCut: commitments.length > SHOWN || offers.length > SHOWN,
  });
}

/** Where a day stands on the calendar, before anything is promised for it. */
export async function lookAtDue(
  ledger: Ledger,
  wish: DueWish,
): Promise<
  Outcome<
    { readonly due: DueSaid; readonly warning: DayWarning | null; readonly isPast: boolean },
    DueRefusal
  >
> {
  const calendar = await workCalendar(ledger);
  const due = dueOn(calendar, wish);
  if (!due.ok) return due;
  const warning = dayWarning(calendar, due.value.date);
  return accept({ due: due.value, warning, isPast: due.value.at < ledger.chance.now() });
}

/**
 * What was offered without prejudice to a client or by them: the records it stands in and the entries about it, so that
 * a bundle can leave them out. What was accepted is among them: whether an agreement is shown is for people to decide.
 */
export async function withoutPrejudice(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<{ readonly interactions: readonly string[]; readonly records: readonly string[] }> {
  return withoutPrejudiceOf(db, workspaceId, party);
}
