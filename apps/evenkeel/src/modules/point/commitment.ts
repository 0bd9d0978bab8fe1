import type { Brand, RecordId } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import {
  type Cite,
  type CitedRecord,
  type Side,
  type WordsRefusal,
  wordsRefused,
} from './commitment-cites.ts';
import type { DueRefusal, DueSaid } from './commitment-due.ts';

export type CommitmentId = Brand<string, 'CommitmentId'>;

/** A promise by either side: who, what, when, and the words. */
export type CommitmentFact =
  | {
      readonly kind: 'point.commitment-made';
      readonly id: CommitmentId;
      readonly party: string;
      /** Among the promises of this client, from 1. */
      readonly number: number;
      readonly side: Side;
      readonly who: string;
      readonly what: string;
      /** Null when no date was said. */
      readonly due: DueSaid | null;
      readonly point: string | null;
      readonly cites: readonly Cite[];
    }
  | {
      readonly kind: 'point.commitment-moved';
      readonly id: CommitmentId;
      readonly party: string;
      readonly due: DueSaid | null;
      /** Who asked for it. */
      readonly side: Side;
      readonly reason: string;
      readonly cites: readonly Cite[];
    }
  | {
      readonly kind: 'point.commitment-kept' | 'point.commitment-broken' | 'point.commitment-mistaken';
      readonly id: CommitmentId;
      readonly party: string;
      readonly reason: string;
      readonly cites: readonly Cite[];
    }
  | {
      readonly kind: 'point.commitment-released';
      readonly id: CommitmentId;
      readonly party: string;
      /** To whom it was promised: only they can release from it. */
      readonly side: Side;
      readonly reason: string;
      readonly cites: readonly Cite[];
    }
  | {
      readonly kind: 'point.commitment-reopened';
      readonly id: CommitmentId;
      readonly party: string;
      readonly reason: string;
    };

/** What a person said of it. That the day passed is computed, and is no verdict. */
export type CommitmentState = 'open' | 'kept' | 'broken' | 'released' | 'mistaken';
export const SETTLED = ['kept', 'broken', 'released', 'mistaken'] as const;
export type Settled = (typeof SETTLED)[number];

export type Commitment = {
  readonly id: CommitmentId;
  readonly recordId: RecordId;
  readonly partyId: string;
  readonly number: number;
  readonly side: Side;
  readonly who: string;
  readonly what: string;
  readonly due: DueSaid | null;
  readonly pointId: string | null;
  readonly state: CommitmentState;
  readonly madeAt: Instant;
  readonly changedAt: Instant;
};

export type CommitmentRefusal =
  | WordsRefusal
  | DueRefusal
  | 'promise-unnamed'
  | 'promise-unknown'
  | 'promise-settled'
  | 'promise-open'
  | 'reason-missing'
  | 'date-unchanged';

export type CommitmentWish = {
  readonly side: Side;
  readonly who: string;
  readonly what: string;
  readonly due: DueSaid | null;
  readonly point: string | null;
  readonly cites: readonly Cite[];
};

/** Words and what lies behind them, for a decision about something that exists. */
export type Grounds = {
  readonly reason: string;
  readonly cites: readonly Cite[];
  readonly records: readonly CitedRecord[];
};

type Decided = Outcome<CommitmentFact, CommitmentRefusal>;

/** @param number the next one of this client */
export function decideMaking(
  { id, party, number }: { readonly id: CommitmentId; readonly party: string; readonly number: number },
  { side, who, what, due, point, cites }: CommitmentWish,
  records: readonly CitedRecord[],
): Decided {
  const names = { who: plain(who), what: plain(what) };
  if (names.who === '' || names.what === '') return refuse('promise-unnamed');
  const refused = wordsRefused(side, cites, records);
  if (refused) return refused;
  return accept({ kind: 'point.commitment-made', id, party, number, side, ...names, due, point, cites });
}

/** Another date is a new fact: who asked for it and why stays beside the one before. */
export function decideMoving(
  commitment: Commitment,
  wish: Grounds & { readonly due: DueSaid | null; readonly side: Side },
): Decided {
  const { id, partyId: party, due } = commitment;
  if (commitment.state !== 'open') return refuse('promise-settled', { state: commitment.state });
  if (due?.at === wish.due?.at) return refuse('date-unchanged');
  const reason = plain(wish.reason);
  if (reason === '') return refuse('reason-missing');
  const refused = wish.cites.length > 0 ? wordsRefused(wish.side, wish.cites, wish.records) : null;
  if (refused) return refused;
  return accept({
    kind: 'point.commitment-moved',
    id,
    party,
    due: wish.due,
    side: wish.side,
    reason,
    cites: wish.cites,
  });
}

/** A person's word on how it ended. Nobody is released by silence: it takes words of those it was promised to. */
export function decideSettling(commitment: Commitment, as: Settled, wish: Grounds): Decided {
  const { id, partyId: party, state, side } = commitment;
  if (state !== 'open') return refuse('promise-settled', { state });
  const reason = plain(wish.reason);
  const { cites } = wish;
  if (as === 'released') {
    const by: Side = side === 'ours' ? 'theirs' : 'ours';
    // That they let us off is in their words; that we let them off, we say ourselves.
    const refused = by === 'theirs' || cites.length > 0 ? wordsRefused(by, cites, wish.records) : null;
    if (refused) return refused;
    if (cites.length === 0 && reason === '') return refuse('reason-missing');
    return accept({ kind: 'point.commitment-released', id, party, side: by, reason, cites });
  }
  if (reason === '' && cites.length === 0) return refuse('reason-missing');
  return accept({ kind: `point.commitment-${as}`, id, party, reason, cites });
}

/** What was said of it was wrong, or is so no more. */
export function decideReopening({ id, partyId, state }: Commitment, given: string): Decided {
  if (state === 'open') return refuse('promise-open');
  const reason = plain(given);
  if (reason === '') return refuse('reason-missing');
  return accept({ kind: 'point.commitment-reopened', id, party: partyId, reason });
}

/** As it is shown: what is open and past its moment is overdue, and nothing more is said about it. */
export function shownState(
  { state, due }: Pick<Commitment, 'state' | 'due'>,
  now: Instant,
): CommitmentState | 'overdue' {
  return state === 'open' && due !== null && due.at < now ? 'overdue' : state;
}

/** A line as it is kept: what no text column can hold is no part of it. */
export function plain(typed: string): string {
  return typed.replaceAll('\0', '').toWellFormed().trim();
}
