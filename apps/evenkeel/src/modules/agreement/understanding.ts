import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';

export const UNDERSTANDINGS = ['exception', 'permission', 'promise'] as const;
export type UnderstandingKind = (typeof UNDERSTANDINGS)[number];
export type Side = 'ours' | 'theirs';

/** What was said beside the clauses: once and without changing one, allowed until further notice, or promised aloud. */
export type UnderstandingFact =
  | {
      readonly kind: 'agreement.understood';
      readonly id: string;
      readonly party: string;
      readonly agreement: string | null;
      readonly clause: string | null;
      readonly understanding: UnderstandingKind;
      /** Who grants or promises it. */
      readonly side: Side;
      readonly says: string;
      /** The day it is for, when it is for one. */
      readonly on: string | null;
      readonly cite: Cite;
      /** Whether the words that are quoted were written by the side that is bound by them. */
      readonly isWritten: boolean;
    }
  | {
      readonly kind: 'agreement.confirmed';
      readonly id: string;
      readonly party: string;
      readonly cite: Cite;
    }
  | {
      readonly kind: 'agreement.unsaid';
      readonly id: string;
      readonly party: string;
      readonly reason: string;
    };

export type Understanding = {
  readonly id: string;
  readonly partyId: string;
  readonly side: Side;
  readonly state: 'unconfirmed' | 'confirmed' | 'withdrawn';
};

/** What a record is, as far as it matters for what it can show. */
export type RecordSeen = {
  readonly id: string;
  readonly kind: string;
  readonly direction: string | null;
  readonly at: Instant;
  readonly lang: string;
  readonly sha256: readonly string[];
};

export type UnderstandingRefusal =
  | 'words-empty'
  | 'exception-without-clause'
  | 'understanding-unknown'
  | 'understanding-withdrawn'
  | 'confirmed-already'
  | 'not-in-writing'
  | 'reason-missing';

/** Words in a message or a document of the side that is bound by them; what was said aloud is not in writing. */
function isWrittenBy(side: Side, { kind, direction }: Pick<RecordSeen, 'kind' | 'direction'>): boolean {
  return (
    (kind === 'message' || kind === 'document') && direction === (side === 'ours' ? 'outbound' : 'inbound')
  );
}

type Wish = Omit<Extract<UnderstandingFact, { kind: 'agreement.understood' }>, 'kind' | 'id' | 'isWritten'>;

export function decideUnderstanding(
  id: string,
  wish: Wish,
  seen: RecordSeen,
): Outcome<Extract<UnderstandingFact, { kind: 'agreement.understood' }>, UnderstandingRefusal> {
  const says = wish.says.trim();
  if (says === '') return refuse('words-empty', { at: 'says' });
  if (wish.understanding === 'exception' && wish.clause === null)
    return refuse('exception-without-clause', { at: 'clauseId' });
  return accept({ kind: 'agreement.understood', ...wish, id, says, isWritten: isWrittenBy(wish.side, seen) });
}

/** What was said aloud is confirmed by words that the same side wrote; silence after our summary confirms nothing. */
export function decideConfirming(
  { id, partyId: party, side, state }: Understanding,
  cite: Cite,
  seen: RecordSeen,
): Outcome<Extract<UnderstandingFact, { kind: 'agreement.confirmed' }>, UnderstandingRefusal> {
  if (state === 'withdrawn') return refuse('understanding-withdrawn');
  if (state === 'confirmed') return refuse('confirmed-already');
  if (!isWrittenBy(side, seen)) return refuse('not-in-writing', { at: 'cite', side });
  return accept({ kind: 'agreement.confirmed', id, party, cite });
}

export function decideUnsaying(
  { id, partyId: party, state }: Understanding,
  reason: string,
): Outcome<Extract<UnderstandingFact, { kind: 'agreement.unsaid' }>, UnderstandingRefusal> {
  if (state === 'withdrawn') return refuse('understanding-withdrawn');
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  return accept({ kind: 'agreement.unsaid', id, party, reason: reason.trim() });
}
