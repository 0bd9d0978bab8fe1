import type { Instant } from './instant.ts';
import type { Params } from './outcome.ts';

/** In the order in which a day is looked at: people first, dates of law and contract, then what was promised. */
export type DueKind =
  | 'danger'
  | 'law'
  | 'contract'
  | 'promise'
  | 'reply'
  | 'decision'
  | 'review'
  | 'step'
  | 'answer';

/** Something with a date that is still open. Each room says which of its things are; the desk puts them in one order. */
export type Due = {
  /** Of the thing, not of this line: what is done with it is done there. */
  readonly id: string;
  readonly room: 'interaction' | 'point' | 'agreement' | 'casefile' | 'procedure';
  readonly kind: DueKind;
  readonly side: 'ours' | 'theirs';
  /** Empty for what is about the whole workspace. */
  readonly partyId: string;
  /** The last moment at which it is in time. */
  readonly at: Instant;
  /** Whether a day was meant, not a minute. */
  readonly isWholeDay: boolean;
  /** The words it is about, as somebody wrote them. */
  readonly says: string;
  /** Why it stands here: a word the screens translate, with what it needs. */
  readonly code: string;
  readonly params: Params;
  /** The record it points at, when there is one. */
  readonly interactionId: string | null;
  /** Paragraph and source of a date of law; null for others. */
  readonly source: string | null;
};

export type DueWindow = {
  /** Leaves out what is due later. */
  readonly until?: Instant;
  readonly party?: string;
};
