import type { Brand } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import {
  decideSecondPerson,
  type SecondLook,
  type SecondPerson,
  type SecondPersonRefusal,
} from '../account/second-person.ts';
import { cleaned } from './case.ts';

export type HoldId = Brand<string, 'HoldId'>;
export const HOLD_SCOPES = ['party', 'case', 'workspace'] as const;
export type HoldScope = (typeof HOLD_SCOPES)[number];

/** Whose look it was, and the record that shows it when they are from outside. */
export type Second = SecondPerson & { readonly name: string | null; readonly proof: string | null };

type About = { readonly id: HoldId; readonly partyId: string | null };
export type HoldFact =
  | (About & {
      readonly kind: 'hold.set';
      readonly scope: HoldScope;
      readonly caseId: string | null;
      readonly reason: string;
      /** Who answers for what is held. */
      readonly custodian: string;
      readonly since: Instant;
      /** When somebody looks whether it is still needed. */
      readonly reviewAt: Instant | null;
    })
  | (About & {
      readonly kind: 'hold.release-asked';
      readonly reason: string;
      /** Before that nobody may release it alone; null when another member is waited for. */
      readonly until: Instant | null;
    })
  | (About & { readonly kind: 'hold.released'; readonly reason: string; readonly second: Second });

/** A hold as it stands. */
export type Hold = {
  readonly id: HoldId;
  readonly scope: HoldScope;
  readonly partyId: string | null;
  readonly caseId: string | null;
  readonly reason: string;
  readonly custodian: string;
  readonly since: Instant;
  readonly reviewAt: Instant | null;
  readonly setBy: string;
  readonly setAt: Instant;
  readonly asked: { readonly at: Instant; readonly by: string; readonly until: Instant | null } | null;
  readonly released: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
};

export type HoldRefusal =
  | 'party-unknown'
  | 'case-unknown'
  | 'hold-unknown'
  | 'hold-released'
  | 'custodian-missing'
  | 'time-ahead'
  | 'interaction-unknown'
  | 'proof-unusable'
  | SecondPersonRefusal;

export type HoldWish = {
  readonly scope: HoldScope;
  readonly partyId: string | null;
  readonly caseId: string | null;
  readonly reason: string;
  readonly custodian: string;
  readonly since: Instant;
  readonly reviewAt: Instant | null;
};

/** Decides about a new hold; whether party and case exist was looked at before. */
export function decideHolding(id: HoldId, wish: HoldWish, now: Instant): Outcome<HoldFact, HoldRefusal> {
  const reason = cleaned(wish.reason);
  const custodian = cleaned(wish.custodian);
  if (reason === '') return refuse('reason-missing');
  if (custodian === '') return refuse('custodian-missing');
  if (wish.since > now) return refuse('time-ahead');
  return accept({ kind: 'hold.set', ...wish, id, reason, custodian });
}

/**
 * Decides about releasing: by somebody who did not set it, or from outside with a proof, or alone after a written reason
 * and a day. The first of these alone begins the wait, which is a fact of its own.
 */
export function decideReleasing(
  hold: Hold,
  look: Omit<SecondLook, 'firstActor' | 'askedAt' | 'isSafety'>,
): Outcome<HoldFact, HoldRefusal> {
  const reason = cleaned(look.reason);
  if (hold.released) return refuse('hold-released');
  if (reason === '') return refuse('reason-missing');
  const askedAt = hold.asked?.at ?? null;
  const decided = decideSecondPerson({
    ...look,
    firstActor: firstActorOf(hold),
    askedAt,
    isSafety: false,
  });
  const { id, partyId } = hold;
  if (decided.ok) {
    const { name = null, proof = null } = decided.value.who === 'outsider' ? look.outsider! : {};
    return accept({ kind: 'hold.released', id, partyId, reason, second: { ...decided.value, name, proof } });
  }
  if (hold.asked !== null || !isBeginning(hold, decided.reason)) return decided;
  const until = (decided.params?.until as Instant | undefined) ?? null;
  return accept({ kind: 'hold.release-asked', id, partyId, reason, until });
}

/** This machine's owner may be any member: of a hold set so, the first to ask for its release counts as the first. */
function firstActorOf({ setBy, asked }: Hold): string {
  return isMember(setBy) ? setBy : (asked?.by ?? setBy);
}

function isBeginning({ setBy }: Hold, reason: SecondPersonRefusal): boolean {
  return reason === 'wait-needed' || (reason === 'second-person-needed' && !isMember(setBy));
}

function isMember(actor: string): boolean {
  return actor.startsWith('member:');
}
