import type { Brand } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { Ground } from '../signal/reader.ts';

export type PointId = Brand<string, 'PointId'>;
export const POINT_KINDS = ['demand', 'complaint', 'question', 'accusation', 'threat'] as const;
export type PointKind = (typeof POINT_KINDS)[number];
/**
 * Withdrawn: it was a mistake to make a point of it. Merged: it is the same as another one, which counts for both. The
 * number of neither is given again.
 */
export const POINT_STATES = ['open', 'answered', 'agreed', 'closed', 'withdrawn', 'merged'] as const;
export type PointState = (typeof POINT_STATES)[number];
/** States in which a point is spoken of. */
export const STANDING_STATES = POINT_STATES.filter((state) => state !== 'withdrawn' && state !== 'merged');
export type { Ground };
/** How a person reads what stands in the record, beside an accusation. */
export type Weight = 'supports' | 'contradicts' | 'neither';

type About = { readonly id: PointId; readonly partyId: string };

/** What happens to a point. Cites are words of the record; `reason` is why. */
export type PointFact =
  | (About & {
      readonly kind: 'point.opened';
      readonly number: number;
      readonly pointKind: PointKind;
      readonly title: string;
      readonly cite: Cite;
      readonly expected: Cite | null;
      /** The point behind a threat or an accusation. */
      readonly aboutId: string | null;
    })
  | (About & { readonly kind: 'point.named'; readonly title: string; readonly pointKind: PointKind })
  | (About & { readonly kind: 'point.answered'; readonly cite: Cite })
  | (About & { readonly kind: 'point.agreed'; readonly cite: Cite; readonly terms: Cite | null })
  | (About & { readonly kind: 'point.closed'; readonly reason: string })
  | (About & { readonly kind: 'point.reopened'; readonly newFact: string; readonly cite: Cite | null })
  | (About & { readonly kind: 'point.raised-again'; readonly cite: Cite })
  | (About & { readonly kind: 'point.ground-set'; readonly ground: Ground; readonly reason: string })
  | (About & { readonly kind: 'point.expected'; readonly cite: Cite })
  | (About & {
      readonly kind: 'point.weighed';
      readonly cite: Cite;
      readonly weight: Weight;
      readonly reason: string;
    })
  | (About & {
      readonly kind: 'point.priced';
      readonly cents: number;
      readonly currency: string;
      readonly reason: string;
    })
  | (About & { readonly kind: 'point.withdrawn'; readonly reason: string })
  /** It is the same as the point `intoId`. */
  | (About & { readonly kind: 'point.merged'; readonly intoId: string; readonly reason: string })
  /** A second point was in it; the words of `moved` were asked by that one. */
  | (About & {
      readonly kind: 'point.split';
      readonly newId: string;
      readonly newNumber: number;
      readonly moved: readonly Cite[];
      readonly reason: string;
    });

/** What a decision needs to know of a point. */
export type Point = {
  readonly id: PointId;
  readonly partyId: string;
  readonly number: number;
  readonly state: PointState;
  readonly ground: Ground;
  readonly cites: readonly (Cite & { readonly role: string })[];
};

export type PointRefusal =
  | 'point-unknown'
  | 'point-closed'
  | 'point-agreed'
  | 'point-withdrawn'
  | 'point-merged'
  | 'merge-itself'
  | 'merge-other-client'
  | 'split-leaves-nothing'
  | 'point-still-open'
  | 'about-unknown'
  | 'title-missing'
  | 'reason-missing'
  | 'agreement-without-words'
  | 'words-not-ours'
  | 'words-not-theirs'
  | 'new-fact-missing'
  | 'fact-not-new'
  | 'raised-already'
  | 'asked-already'
  | 'price-unusable';

type Decided<F extends PointFact> = Outcome<F, PointRefusal>;
type Kind<K extends PointFact['kind']> = Extract<PointFact, { kind: K }>;

/** Who spoke in the record that is quoted; a call or a meeting holds the words of both. */
export type Voices = { readonly isOurs: boolean; readonly isTheirs: boolean };

/** What is asked stands in their words; that it is a point, a person says. */
export function decideOpening(
  { id, partyId, number }: About & { readonly number: number },
  wish: Pick<Kind<'point.opened'>, 'pointKind' | 'title' | 'cite' | 'expected' | 'aboutId'>,
  known: { readonly isCited: boolean; readonly isAboutKnown: boolean; readonly voices: Voices },
): Decided<Kind<'point.opened'>> {
  const title = wish.title.trim();
  if (title === '') return refuse('title-missing');
  if (!known.isAboutKnown) return refuse('about-unknown');
  if (!known.voices.isTheirs) return refuse('words-not-theirs', { quote: wish.cite.quote });
  if (known.isCited) return refuse('asked-already', { quote: wish.cite.quote });
  return accept({ kind: 'point.opened', id, partyId, number, ...wish, title });
}

/** Another name for it, or another kind; its words stay. */
export function decideNaming(
  point: Point,
  wish: Pick<Kind<'point.named'>, 'title' | 'pointKind'>,
): Decided<Kind<'point.named'>> {
  const title = wish.title.trim();
  if (title === '') return refuse('title-missing');
  const gone = refusedWhenGone(point);
  if (gone) return gone;
  return accept({ kind: 'point.named', ...idsOf(point), ...wish, title });
}

/** Answered means: by words of ours that can be quoted. A better line may take the place of an earlier one. */
export function decideAnswer(point: Point, cite: Cite, voices: Voices): Decided<Kind<'point.answered'>> {
  const ended = refusedWhenEnded(point);
  if (ended) return ended;
  if (!voices.isOurs) return refuse('words-not-ours', { quote: cite.quote });
  return accept({ kind: 'point.answered', ...idsOf(point), cite });
}

/** Agreed means: by words of theirs. That they said nothing is no agreement. */
export function decideAgreement(
  point: Point,
  cite: Cite | null,
  terms: Cite | null,
  voices: Voices,
): Decided<Kind<'point.agreed'>> {
  const ended = refusedWhenEnded(point);
  if (ended) return ended;
  if (cite === null) return refuse('agreement-without-words');
  if (!voices.isTheirs) return refuse('words-not-theirs', { quote: cite.quote });
  return accept({ kind: 'point.agreed', ...idsOf(point), cite, terms: terms ?? lastAnswer(point) });
}

/** What was said yes to, where nothing else is named. */
function lastAnswer({ cites }: Point): Cite | null {
  const answer = cites.findLast(({ role }) => role === 'answer');
  if (!answer) return null;
  const { interactionId, start, end, quote } = answer;
  return { interactionId, start, end, quote };
}

/** Closed by us, and we say why. */
export function decideClosing(point: Point, reason: string): Decided<Kind<'point.closed'>> {
  const ended = refusedWhenEnded(point);
  if (ended) return ended;
  return withReason(reason, (said) => ({ kind: 'point.closed', ...idsOf(point), reason: said }));
}

/** Only a person reopens, and only on something that was not known: words of the record, or a fact put in own words. */
export function decideReopening(
  point: Point,
  wish: { readonly newFact: string; readonly cite: Cite | null },
): Decided<Kind<'point.reopened'>> {
  const gone = refusedWhenGone(point);
  if (gone) return gone;
  if (point.state === 'open') return refuse('point-still-open');
  const newFact = wish.newFact.trim();
  if (newFact === '' && wish.cite === null) return refuse('new-fact-missing');
  if (wish.cite && point.cites.some((known) => isSamePlace(known, wish.cite!)))
    return refuse('fact-not-new', { quote: wish.cite.quote });
  return accept({ kind: 'point.reopened', ...idsOf(point), newFact, cite: wish.cite });
}

/** Raised again is a count: once for each message, whatever the state. It reopens nothing. */
export function decideRaising(point: Point, cite: Cite, voices: Voices): Decided<Kind<'point.raised-again'>> {
  const gone = refusedWhenGone(point);
  if (gone) return gone;
  if (!voices.isTheirs) return refuse('words-not-theirs', { quote: cite.quote });
  const isCounted = point.cites.some(
    ({ role, interactionId }) => role === 'asked' && interactionId === cite.interactionId,
  );
  return isCounted ? refuse('raised-already') : accept({ kind: 'point.raised-again', ...idsOf(point), cite });
}

/** Whether it is founded, a person says, and why. What was said before stays in the history. */
export function decideGround(
  point: Point,
  ground: Ground,
  reason: string,
): Decided<Kind<'point.ground-set'>> {
  const gone = refusedWhenGone(point);
  if (gone) return gone;
  return withReason(reason, (said) => ({ kind: 'point.ground-set', ...idsOf(point), ground, reason: said }));
}

/** What they expect, in their own words. */
export function decideExpected(point: Point, cite: Cite, voices: Voices): Decided<Kind<'point.expected'>> {
  const gone = refusedWhenGone(point);
  if (gone) return gone;
  if (!voices.isTheirs) return refuse('words-not-theirs', { quote: cite.quote });
  return accept({ kind: 'point.expected', ...idsOf(point), cite });
}

/** How a person reads words of the record beside this point. */
export function decideWeighing(
  point: Point,
  wish: Pick<Kind<'point.weighed'>, 'cite' | 'weight' | 'reason'>,
): Decided<Kind<'point.weighed'>> {
  const gone = refusedWhenGone(point);
  if (gone) return gone;
  return accept({ kind: 'point.weighed', ...idsOf(point), ...wish, reason: wish.reason.trim() });
}

const MOST_CENTS = 100_000_000_000;

/** What it would cost, and how that was reckoned. @param cents hundredths of the currency, 1 or more */
export function decidePrice(
  point: Point,
  { cents, currency, reason }: { readonly cents: number; readonly currency: string; readonly reason: string },
): Decided<Kind<'point.priced'>> {
  const gone = refusedWhenGone(point);
  if (gone) return gone;
  if (!Number.isInteger(cents) || cents < 1 || cents > MOST_CENTS || !/^[A-Z]{3}$/.test(currency))
    return refuse('price-unusable');
  return withReason(reason, (said) => ({
    kind: 'point.priced',
    ...idsOf(point),
    cents,
    currency,
    reason: said,
  }));
}

/** It was a mistake to make a point of it. */
export function decideWithdrawal(point: Point, reason: string): Decided<Kind<'point.withdrawn'>> {
  const gone = refusedWhenGone(point);
  if (gone) return gone;
  return withReason(reason, (said) => ({ kind: 'point.withdrawn', ...idsOf(point), reason: said }));
}

function withReason<F extends PointFact>(reason: string, made: (reason: string) => F): Decided<F> {
  const said = reason.trim();
  return said === '' ? refuse('reason-missing') : accept(made(said));
}

function refusedWhenEnded({ state }: Point): Extract<Decided<never>, { ok: false }> | null {
  if (state === 'closed') return refuse('point-closed');
  if (state === 'agreed') return refuse('point-agreed');
  return refusedWhenGone({ state });
}

/** Neither withdrawn nor merged points are decided about. */
export function refusedWhenGone({
  state,
}: Pick<Point, 'state'>): Extract<Decided<never>, { ok: false }> | null {
  if (state === 'merged') return refuse('point-merged');
  return state === 'withdrawn' ? refuse('point-withdrawn') : null;
}

function idsOf({ id, partyId }: Point): About {
  return { id, partyId };
}

function isSamePlace(one: Cite, other: Cite): boolean {
  return one.interactionId === other.interactionId && one.start < other.end && other.start < one.end;
}

/** The state a point is in after a fact; null where the fact does not touch it. */
export function stateAfter(fact: PointFact): PointState | null {
  switch (fact.kind) {
    case 'point.opened':
    case 'point.reopened':
      return 'open';
    case 'point.answered':
      return 'answered';
    case 'point.agreed':
      return 'agreed';
    case 'point.closed':
      return 'closed';
    case 'point.withdrawn':
      return 'withdrawn';
    case 'point.merged':
      return 'merged';
    case 'point.split':
    case 'point.named':
    case 'point.raised-again':
    case 'point.ground-set':
    case 'point.expected':
    case 'point.weighed':
    case 'point.priced':
      return null;
  }
}

export type CiteRole =
  | 'asked'
  | 'answer'
  | 'agreed'
  | 'terms'
  | 'expected'
  | 'new_fact'
  | 'supports'
  | 'contradicts'
  | 'neither'
  /** Asked here until the point was split. */
  | 'moved';

/** The words of the record that a fact quotes, and what each stands for. */
export function citesOf(fact: PointFact): readonly (readonly [CiteRole, Cite])[] {
  switch (fact.kind) {
    case 'point.opened':
      return [['asked', fact.cite], ...maybe('expected', fact.expected)];
    case 'point.raised-again':
      return [['asked', fact.cite]];
    case 'point.answered':
      return [['answer', fact.cite]];
    case 'point.agreed':
      return [['agreed', fact.cite], ...maybe('terms', fact.terms)];
    case 'point.reopened':
      return maybe('new_fact', fact.cite);
    case 'point.expected':
      return [['expected', fact.cite]];
    case 'point.weighed':
      return [[fact.weight, fact.cite]];
    case 'point.named':
    case 'point.closed':
    case 'point.ground-set':
    case 'point.priced':
    case 'point.withdrawn':
    case 'point.merged':
    case 'point.split':
      return [];
  }
}

function maybe(role: CiteRole, cite: Cite | null): readonly (readonly [CiteRole, Cite])[] {
  return cite === null ? [] : [[role, cite]];
}
