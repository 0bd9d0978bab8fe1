import type { Brand } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { decideSecondPerson, type SecondLook, type SecondPersonRefusal } from '../account/second-person.ts';
import { cleaned } from './case.ts';
import type { RewriteReach } from './erasure-rewrite.store.ts';
import type { Second } from './hold.ts';

export type ErasureId = Brand<string, 'ErasureId'>;
export const ERASURE_SCOPES = ['party', 'record'] as const;
/** Why something may be erased: they asked, its time is over, it should not be here, or another reason in words. */
export const ERASURE_GROUNDS = ['asked', 'time-over', 'not-ours', 'other'] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

type About = {
  readonly id: ErasureId;
  readonly scope: (typeof ERASURE_SCOPES)[number];
  /** The party, or the interaction. */
  readonly subject: string;
  /** Records that others are in too and that were chosen to go. */
  readonly also: readonly string[];
  readonly ground: ErasureGround;
  readonly reason: string;
};

/** Facts of erasing. They hold ids, counts and our reason, and never a word of what went. */
export type ErasureFact =
  | (About & {
      readonly kind: 'erasure.asked';
      /** Before that nobody may erase alone; null when another member is waited for. */
      readonly until: Instant | null;
    })
  | (About & {
      readonly kind: 'erasure.refused';
      readonly holds: readonly string[];
      /** When the earliest of the holds is looked at again. */
      readonly reviewAt: Instant | null;
    })
  | (About & Receipt & { readonly kind: 'erasure.done' });

/** What is said of what went, when it is gone. */
export type Receipt = {
  readonly second: Second;
  readonly entries: number;
  readonly objects: number;
  /** Places in the log whose envelopes are gone, [first, last] each. */
  readonly places: readonly (readonly [number, number])[];
  /** Whether all files were rewritten, or the tables of a server that is not ours. */
  readonly reach: RewriteReach;
  /** When the keys were copied last as far as this record knows; until that copy expires it opens a backup. */
  readonly keysCopiedAt: Instant | null;
  /** The highest number ever given to an exhibit, so that none is given twice. */
  readonly highestNumber: number;
};

/** What is known of an erasure. */
export type Erasure = About & {
  readonly state: 'waiting' | 'refused' | 'erased';
  readonly askedAt: Instant;
  readonly askedBy: string;
  readonly until: Instant | null;
  readonly holds: readonly string[];
  readonly reviewAt: Instant | null;
  readonly erasedAt: Instant | null;
  readonly erasedBy: string | null;
  readonly second: Second | null;
  readonly entries: number | null;
  readonly objects: number | null;
  readonly reach: RewriteReach | null;
  readonly keysCopiedAt: Instant | null;
};

export type ErasureRefusal =
  | 'party-unknown'
  | 'interaction-unknown'
  | 'reason-names-them'
  | 'erasing-now'
  | 'erasing-cancelled'
  | 'proof-unusable'
  | SecondPersonRefusal;

export type ErasureWish = {
  readonly scope: About['scope'];
  readonly subject: string;
  readonly also: readonly string[];
  readonly ground: ErasureGround;
  readonly reason: string;
};

/** A hold over something that was to go. */
export type Holding = { readonly id: string; readonly reviewAt: Instant | null };
type Look = Omit<SecondLook, 'firstActor' | 'askedAt' | 'isSafety' | 'reason'>;
export type Decided =
  | { readonly go: true; readonly second: Second; readonly wish: ErasureWish }
  | { readonly go: false; readonly fact: ErasureFact };

/**
 * Decides about erasing: never under a hold; else after somebody else has looked, or alone after a written reason and a
 * day. A refusal under a hold and the first ask are facts of their own.
 *
 * @param names how the party is called and reached: the reason stays, so it may not say them
 * @param asked the ask that waits, if there is one
 */
export function decideErasing(
  id: ErasureId,
  wish: ErasureWish,
  names: readonly string[],
  holds: readonly Holding[],
  asked: Erasure | null,
  look: Look,
): Outcome<Decided, ErasureRefusal> {
  const reason = cleaned(wish.reason);
  if (reason === '') return refuse('reason-missing');
  if (saysOne(reason, names)) return refuse('reason-names-them');
  const about = { ...wish, id, reason };
  if (holds.length > 0) {
    const reviewAt = holds.flatMap((hold) => hold.reviewAt ?? []).sort()[0] ?? null;
    return accept({
      go: false,
      fact: { kind: 'erasure.refused', ...about, holds: holds.map((hold) => hold.id), reviewAt },
    });
  }
  const decided = decideSecondPerson({
    ...look,
    reason,
    firstActor: asked?.askedBy ?? look.actor,
    askedAt: asked?.askedAt ?? null,
    isSafety: false,
  });
  if (decided.ok) {
    const { name = null, proof = null } = decided.value.who === 'outsider' ? look.outsider! : {};
    // What was looked at is what was asked for, and no more.
    const also = asked && decided.value.who !== 'outsider' ? asked.also : wish.also;
    return accept({ go: true, second: { ...decided.value, name, proof }, wish: { ...about, also } });
  }
  if (decided.reason === 'reason-missing' || !isFirst(asked, look.actor, wish)) return decided;
  const until = (decided.params?.until as Instant | undefined) ?? null;
  return accept({ go: false, fact: { kind: 'erasure.asked', ...about, until } });
}

/** This machine's owner may be any member: the first member to ask after them counts as the first. */
function isFirst(asked: Erasure | null, actor: string, { also }: ErasureWish): boolean {
  if (asked === null) return true;
  const isMember = (who: string) => who.startsWith('member:');
  if (!isMember(asked.askedBy) && isMember(actor)) return true;
  return asked.askedBy === actor && also.some((id) => !asked.also.includes(id));
}

function saysOne(reason: string, names: readonly string[]): boolean {
  const words = reason.toLowerCase();
  return names.some((name) => name.trim().length > 2 && words.includes(name.trim().toLowerCase()));
}

/** Runs of neighbours, so that a receipt of many thousand places stays short. */
export function placesOf(indexes: readonly number[]): readonly (readonly [number, number])[] {
  const places: [number, number][] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = places.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else places.push([index, index]);
  }
  return places;
}
