import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { Day } from './agreement.ts';
import type { Side } from './understanding.ts';

/** Money that one side owes the other. Amounts are decimals, `1240.00`. */
export type SumFact =
  | {
      readonly kind: 'agreement.sum-recorded';
      readonly id: string;
      readonly party: string;
      readonly number: number;
      readonly agreement: string | null;
      readonly clause: string | null;
      /** Who owes it. */
      readonly side: Side;
      readonly amount: string;
      readonly currency: string;
      readonly what: string;
      readonly due: Day | null;
      readonly cite: Cite | null;
      readonly reason: string | null;
    }
  | {
      readonly kind: 'agreement.sum-disputed';
      readonly id: string;
      readonly party: string;
      readonly amount: string;
      readonly cite: Cite;
    }
  | {
      readonly kind: 'agreement.sum-settled';
      readonly id: string;
      readonly party: string;
      readonly on: string;
      readonly cite: Cite | null;
      readonly reason: string | null;
    }
  | {
      readonly kind: 'agreement.sum-withdrawn';
      readonly id: string;
      readonly party: string;
      readonly reason: string;
    };

export type Sum = {
  readonly id: string;
  readonly partyId: string;
  readonly number: number;
  readonly amount: string;
  readonly state: 'open' | 'settled' | 'withdrawn';
};

export type SumRefusal =
  | 'sum-unknown'
  | 'sum-not-open'
  | 'amount-unusable'
  | 'amount-over-sum'
  | 'words-empty'
  | 'cite-or-reason-missing'
  | 'reason-missing';

type Recording = Omit<Extract<SumFact, { kind: 'agreement.sum-recorded' }>, 'kind' | 'id' | 'number'>;

export function decideRecording(
  id: string,
  number: number,
  wish: Recording,
): Outcome<Extract<SumFact, { kind: 'agreement.sum-recorded' }>, SumRefusal> {
  const amount = amountOf(wish.amount);
  if (amount === null) return refuse('amount-unusable', { at: 'amount', amount: wish.amount });
  if (wish.what.trim() === '') return refuse('words-empty', { at: 'what' });
  const shown = shownBy(wish.cite, wish.reason);
  if (!shown.ok) return shown;
  return accept({
    kind: 'agreement.sum-recorded',
    ...wish,
    ...shown.value,
    id,
    number,
    amount,
    what: wish.what.trim(),
  });
}

/** A sum is disputed by words that somebody wrote or said; `amount` is the part of it that is. */
export function decideDisputing(
  sum: Sum,
  wish: { readonly amount: string | null; readonly cite: Cite },
): Outcome<Extract<SumFact, { kind: 'agreement.sum-disputed' }>, SumRefusal> {
  if (sum.state !== 'open') return refuse('sum-not-open', { number: sum.number, state: sum.state });
  const amount = amountOf(wish.amount ?? sum.amount);
  if (amount === null) return refuse('amount-unusable', { at: 'amount', amount: wish.amount });
  if (Number(amount) > Number(sum.amount))
    return refuse('amount-over-sum', { at: 'amount', amount, most: sum.amount });
  const { id, partyId: party } = sum;
  return accept({ kind: 'agreement.sum-disputed', id, party, amount, cite: wish.cite });
}

export function decideSettling(
  sum: Sum,
  wish: { readonly on: string; readonly cite: Cite | null; readonly reason: string | null },
): Outcome<Extract<SumFact, { kind: 'agreement.sum-settled' }>, SumRefusal> {
  if (sum.state !== 'open') return refuse('sum-not-open', { number: sum.number, state: sum.state });
  const shown = shownBy(wish.cite, wish.reason);
  if (!shown.ok) return shown;
  const { id, partyId: party } = sum;
  return accept({ kind: 'agreement.sum-settled', id, party, on: wish.on, ...shown.value });
}

export function decideWithdrawing(
  { id, partyId: party, number, state }: Sum,
  reason: string,
): Outcome<Extract<SumFact, { kind: 'agreement.sum-withdrawn' }>, SumRefusal> {
  if (state !== 'open') return refuse('sum-not-open', { number, state });
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  return accept({ kind: 'agreement.sum-withdrawn', id, party, reason: reason.trim() });
}

/** Either words of the record, or why there are none. */
function shownBy(cite: Cite | null, reason: string | null) {
  const said = reason?.trim() || null;
  return cite === null && said === null
    ? refuse('cite-or-reason-missing', { at: 'cite' })
    : accept({ cite, reason: said });
}

/** `1240` → `1240.00`; null for what is no amount, or none to owe. */
function amountOf(text: string): string | null {
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(text)) return null;
  return Number(text) > 0 ? Number(text).toFixed(2) : null;
}
