import type { Instant } from '../../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Cite } from '../../interaction/cites.store.ts';
import type { MatchKey } from '../../party/matching.ts';

export type UsedKey = MatchKey & { readonly usedAt: Instant };

/** What is charged on top for a service that is asked for; a copy of the line of the price sheet. */
export type Surcharge = {
  readonly id: string;
  readonly service: string;
  readonly percent: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
};
export type Deposit = Pick<Surcharge, 'percent' | 'amount' | 'currency'>;
/** Minutes of handling that somebody states, or only estimates. */
export type Minutes = { readonly count: number; readonly how: 'stated' | 'estimated' };
export type Decision = 'accept' | 'conditions' | 'priced' | 'decline';
export const VERDICTS = ['same', 'different'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type InquiryFact =
  | {
      readonly kind: 'screening.opened';
      readonly id: string;
      readonly party: string;
      readonly interaction: string;
      readonly identifiers: readonly UsedKey[];
    }
  | {
      readonly kind: 'screening.identified';
      readonly id: string;
      readonly party: string;
      readonly identifiers: readonly UsedKey[];
    }
  | {
      readonly kind: 'screening.answered';
      readonly id: string;
      readonly party: string;
      readonly question: string;
      readonly words: string;
      readonly cite: Cite | null;
    }
  | {
      readonly kind: 'screening.compared';
      readonly id: string;
      readonly party: string;
      readonly other: string;
      readonly verdict: Verdict;
      readonly identifiers: readonly Pick<MatchKey, 'kind' | 'value'>[];
      readonly reason: string;
    }
  | {
      readonly kind: 'screening.decided';
      readonly id: string;
      readonly party: string;
      readonly decisionId: string;
      readonly decision: Decision;
      /** What may be read by whom it is about. Why for ourselves is in no fact. */
      readonly reason: string;
      readonly conditions: string | null;
      readonly services: readonly Surcharge[];
      readonly deposit: Deposit | null;
      readonly minutes: Minutes | null;
    }
  | {
      readonly kind: 'screening.offered';
      readonly id: string;
      readonly party: string;
      readonly agreement: string;
    }
  | {
      readonly kind: 'screening.letter-sent';
      readonly id: string;
      readonly party: string;
      readonly interaction: string;
    };

export type Screening = {
  readonly id: string;
  readonly partyId: string;
  readonly interactionId: string;
  readonly state: 'open' | 'accepted' | 'declined';
  readonly agreementId: string | null;
  readonly sentInteractionId: string | null;
};

export type DecisionWish =
  | { readonly decision: 'accept'; readonly reason: string }
  | { readonly decision: 'conditions'; readonly reason: string; readonly conditions: string }
  | {
      readonly decision: 'priced';
      readonly reason: string;
      readonly conditions: string | null;
      /** Lines of the price sheet, by their ids. */
      readonly services: readonly string[];
      readonly deposit: Deposit | null;
    }
  | { readonly decision: 'decline'; readonly reason: string };

export type DecisionRefusal =
  | 'reason-missing'
  | 'conditions-missing'
  | 'service-missing'
  | 'service-unknown'
  | 'deposit-unusable'
  | 'minutes-unusable'
  | 'screening-answered';

const WEEK_MINUTES = 7 * 24 * 60;

/**
 * Decides on an inquiry. A price is made of services that are asked for and of a deposit: there is no line for who asks.
 *
 * @param sheet the lines of the price sheet as they are now
 */
export function decideScreening(
  screening: Screening,
  decisionId: string,
  wish: DecisionWish,
  minutes: Minutes | null,
  sheet: readonly Surcharge[],
): Outcome<Extract<InquiryFact, { kind: 'screening.decided' }>, DecisionRefusal> {
  const { id, partyId: party } = screening;
  if (screening.agreementId !== null || screening.sentInteractionId !== null)
    return refuse('screening-answered');
  const reason = wish.reason.trim();
  if (reason === '') return refuse('reason-missing', { at: 'reason' });
  if (minutes !== null && (minutes.count < 1 || minutes.count > WEEK_MINUTES))
    return refuse('minutes-unusable', { at: 'minutes' });
  const priced = wish.decision === 'priced' ? pricedOf(wish.services, wish.deposit, sheet) : accept(FREE);
  if (!priced.ok) return priced;
  const conditions = 'conditions' in wish ? wish.conditions?.trim() || null : null;
  if (wish.decision === 'conditions' && conditions === null)
    return refuse('conditions-missing', { at: 'conditions' });
  const said = { reason, conditions, ...priced.value, minutes };
  return accept({ kind: 'screening.decided', id, party, decisionId, decision: wish.decision, ...said });
}

type Price = { readonly services: readonly Surcharge[]; readonly deposit: Deposit | null };
const FREE: Price = { services: [], deposit: null };

function pricedOf(
  ids: readonly string[],
  deposit: Deposit | null,
  sheet: readonly Surcharge[],
): Outcome<Price, DecisionRefusal> {
  const services = [];
  for (const id of new Set(ids)) {
    const line = sheet.find((one) => one.id === id);
    if (!line) return refuse('service-unknown', { at: 'services', id });
    services.push(line);
  }
  if (deposit !== null && !isPart(deposit, 100)) return refuse('deposit-unusable', { at: 'deposit' });
  if (services.length === 0 && deposit === null) return refuse('service-missing', { at: 'services' });
  return accept({ services, deposit });
}

const MOST_PERCENT = 1000;

/** Either a part in percent, or a sum with its currency; never both, never nothing. */
export function isPart({ percent, amount, currency }: Deposit, mostPercent = MOST_PERCENT): boolean {
  if ((percent === null) === (amount === null)) return false;
  if (percent !== null) return Number(percent) > 0 && Number(percent) <= mostPercent && currency === null;
  return Number(amount) > 0 && currency !== null;
}

export type ComparingRefusal = 'reason-missing' | 'match-unknown';

/**
 * Says whether two parties are one person.
 *
 * @param shared what they have in common now; without any there is nothing to compare
 */
export function decideComparing(
  { id, partyId: party }: Screening,
  wish: { readonly other: string; readonly verdict: Verdict; readonly reason: string },
  shared: readonly Pick<MatchKey, 'kind' | 'value'>[],
): Outcome<Extract<InquiryFact, { kind: 'screening.compared' }>, ComparingRefusal> {
  if (shared.length === 0) return refuse('match-unknown');
  const reason = wish.reason.trim();
  if (reason === '') return refuse('reason-missing', { at: 'reason' });
  const { other, verdict } = wish;
  const identifiers = shared.map(({ kind, value }) => ({ kind, value }));
  return accept({ kind: 'screening.compared', id, party, other, verdict, identifiers, reason });
}
