import type { Actor } from '../../../kernel/brand.ts';
import { isOutsideHours, localOf } from '../../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { type Opening, openAgreement, type TermsRefusal } from '../../agreement/agreement.actions.ts';
import { pacesFor } from '../../agreement/hours.actions.ts';
import type { Lang } from '../../agreement/ladder.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { type Offer, offerOf } from './offer.ts';
import { type Comparison, comparisonOf } from './past-work.ts';
import { inquiryRules } from './rules.store.ts';
import { lastDecision, type Made, told, withScreening } from './screening.actions.ts';
import { answersOf, loadScreening, workDone } from './screening.store.ts';

export type OfferRefusal =
  | TermsRefusal
  | 'screening-unknown'
  | 'screening-undecided'
  | 'declined'
  | 'screening-answered'
  | 'field-missing'
  | 'cases-too-few';

/** The first offer as the answers and the decision make it; to be changed, and nothing of it is kept. */
export async function draftOffer(
  ledger: Ledger,
  dataDir: string,
  id: string,
  lang: Lang,
): Promise<Outcome<Offer, OfferRefusal>> {
  const { db, workspaceId } = ledger;
  if (!(await loadScreening(db, workspaceId, id))) return refuse('screening-unknown');
  const [rules, answers, decision] = await Promise.all([
    inquiryRules(dataDir),
    answersOf(db, workspaceId, id),
    lastDecision(ledger, id),
  ]);
  if (!decision) return refuse('screening-undecided');
  if (decision.decision === 'decline') return refuse('declined');
  return offerOf(rules, answers, decision, lang);
}

/** Opens the agreement, version 0, with these clauses, and ties it to the inquiry. */
export async function openFirstOffer(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: Opening,
): Promise<Outcome<Made, OfferRefusal>> {
  const screening = await loadScreening(ledger.db, ledger.workspaceId, id);
  if (!screening) return refuse('screening-unknown');
  if (screening.state === 'open') return refuse('screening-undecided');
  if (screening.state === 'declined') return refuse('declined');
  if (screening.agreementId !== null) return refuse('screening-answered');
  const opened = await openAgreement(ledger, actor, screening.partyId, wish);
  if (!opened.ok) return opened;
  const agreement = opened.value.id;
  const linked = await withScreening<OfferRefusal>(ledger, actor, id, async (book, { partyId: party }) =>
    told(book, { kind: 'screening.offered', id, party, agreement }),
  );
  return linked.ok ? accept({ id: agreement }) : linked;
}

/** How long the work for others took, where there are enough of them to say so. */
export async function compareWithPast(
  ledger: Ledger,
  id: string,
  minutesPerMessage: number,
): Promise<Outcome<Comparison, OfferRefusal>> {
  const { db, workspaceId } = ledger;
  const screening = await loadScreening(db, workspaceId, id);
  if (!screening) return refuse('screening-unknown');
  const work = await workDone(db, workspaceId, screening.partyId);
  const paceOf = await pacesFor(
    ledger,
    work.map(({ partyId }) => partyId),
  );
  const measured = work.map(({ partyId, writtenAt, ...done }) => {
    const pace = paceOf(partyId);
    return {
      ...done,
      outsideHours: writtenAt.filter((at) => isOutsideHours(pace, localOf(pace, at))).length,
    };
  });
  return comparisonOf(measured, minutesPerMessage);
}
