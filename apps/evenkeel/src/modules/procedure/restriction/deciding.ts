import { daysBetween, isDate, isZone, type LocalDate } from '../../../kernel/calendar.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import {
  decideSecondPerson,
  type Outsider,
  type SecondPerson,
  type SecondPersonRefusal,
} from '../../account/second-person.ts';
import type { Cite } from '../../interaction/cites.store.ts';
import {
  type AppealOutcome,
  type Consulted,
  type Day,
  isEmptyMeasure,
  isOpenClosed,
  type Measure,
  type Restriction,
  type RestrictionFact,
  WEIGHED,
  type Weighing,
} from './restriction.ts';

export type RestrictionRefusal =
  | SecondPersonRefusal
  | 'party-unknown'
  | 'restriction-unknown'
  | 'member-unknown'
  | 'measure-empty'
  | 'weighing-missing'
  | 'consulted-missing'
  | 'quote-missing'
  | 'quote-not-found'
  | 'open-route-missing'
  | 'open-route-closed'
  | 'review-date-missing'
  | 'end-date-missing'
  | 'date-unusable'
  | 'date-past'
  | 'review-after-end'
  | 'review-too-far'
  | 'hours-contradict'
  | 'decided-already'
  | 'not-decided'
  | 'set-already'
  | 'not-in-force'
  | 'ended-already'
  | 'warning-missing'
  | 'warning-unusable'
  | 'notice-missing'
  | 'notice-unusable'
  | 'notice-too-early'
  | 'proof-unusable'
  | 'interaction-unknown'
  | 'appealed-already'
  | 'no-appeal';

type Decided<K extends RestrictionFact['kind']> = Outcome<
  Extract<RestrictionFact, { kind: K }>,
  RestrictionRefusal
>;

/** A measure as somebody writes it down: what must be there may be missing. */
export type MeasureWish = Omit<Measure, 'open'> & { readonly open: Measure['open'] | null };
export type DatesWish = { readonly reviewOn: string | null; readonly untilOn: string | null };
export type PlanWish = DatesWish & {
  readonly measure: MeasureWish;
  readonly weighing: Weighing;
  readonly consulted: readonly Consulted[];
  readonly cites: readonly Cite[];
  readonly safety: string | null;
};
/** What a decision needs of the calendar: today, and the last moment of a day. */
export type Clockwork = { readonly today: string; readonly endOf: (date: LocalDate) => Instant };

/** Longer than a year nothing goes without being looked at again. */
const LONGEST_REVIEW_DAYS = 366;

/** Decides whether a plan is whole: what nobody looks at again, or what leaves no route open, is no plan. */
export function decidePlanning(
  about: { readonly id: string; readonly party: string; readonly number: number },
  wish: PlanWish,
  clock: Clockwork,
): Decided<'restriction.planned'> {
  const measure = measureOf(wish.measure);
  if (!measure.ok) return measure;
  const missing = WEIGHED.find((each) => wish.weighing[each].trim() === '');
  if (missing) return refuse('weighing-missing', { at: `weighing.${missing}` });
  const consulted = wish.consulted.filter(({ who, says }) => who.trim() !== '' && says.trim() !== '');
  if (consulted.length === 0) return refuse('consulted-missing', { at: 'consulted' });
  if (wish.cites.length === 0) return refuse('quote-missing', { at: 'cites' });
  const dates = datesOf(wish, clock);
  if (!dates.ok) return dates;
  const { weighing, cites } = wish;
  return accept({
    ...{ kind: 'restriction.planned', ...about, measure: measure.value, weighing, consulted, cites },
    ...{ safety: wish.safety?.trim() || null, ...dates.value },
  });
}

function measureOf(wish: MeasureWish): Outcome<Measure, RestrictionRefusal> {
  const { open, hours } = wish;
  if (!open || open.address.trim() === '') return refuse('open-route-missing', { at: 'measure.open' });
  const subjects = wish.subjects.map((each) => each.trim()).filter((each) => each !== '');
  const measure = { ...wish, subjects, open: { way: open.way, address: open.address.trim() } };
  if (isEmptyMeasure(measure)) return refuse('measure-empty', { at: 'measure' });
  if (isOpenClosed(measure)) return refuse('open-route-closed', { at: 'measure.open', way: open.way });
  const isOdd = hours && (hours.from >= hours.until || hours.workDays.length === 0 || !isZone(hours.zone));
  return isOdd ? refuse('hours-contradict', { at: 'measure.hours' }) : accept(measure);
}

function datesOf(
  { reviewOn, untilOn }: DatesWish,
  { today, endOf }: Clockwork,
): Outcome<{ readonly review: Day; readonly until: Day }, RestrictionRefusal> {
  if (reviewOn === null) return refuse('review-date-missing', { at: 'reviewOn' });
  if (untilOn === null) return refuse('end-date-missing', { at: 'untilOn' });
  if (!isDate(reviewOn)) return refuse('date-unusable', { at: 'reviewOn', date: reviewOn });
  if (!isDate(untilOn)) return refuse('date-unusable', { at: 'untilOn', date: untilOn });
  if (reviewOn <= today) return refuse('date-past', { at: 'reviewOn', date: reviewOn });
  if (reviewOn > untilOn) return refuse('review-after-end', { at: 'reviewOn', until: untilOn });
  if (daysBetween(today as LocalDate, reviewOn) > LONGEST_REVIEW_DAYS)
    return refuse('review-too-far', { at: 'reviewOn', days: LONGEST_REVIEW_DAYS });
  return accept({
    review: { on: reviewOn, at: endOf(reviewOn) },
    until: { on: untilOn, at: endOf(untilOn) },
  });
}

/** Who decides, and what is known of whether somebody else has looked. */
export type Decider = {
  readonly actor: string;
  readonly members: number;
  readonly outsider: Outsider | null;
  readonly reason: string;
  readonly now: Instant;
};

type Asked = Extract<RestrictionFact, { kind: 'restriction.second-asked' }>;
type Look = SecondPerson & { readonly outsider: Outsider | null };
/** Somebody who works alone asks first, which is a fact of its own, and waits. */
export type Waiting = Asked;

/**
 * Decides a plan by another person than the one who made it. Somebody who works alone begins to wait for a day with the
 * first call; a danger to somebody waits for nobody.
 */
export function decideDeciding(
  restriction: Restriction,
  wish: { readonly warning: string | null },
  decider: Decider,
): Outcome<Extract<RestrictionFact, { kind: 'restriction.decided' }> | Waiting, RestrictionRefusal> {
  const { id, partyId: party, state, safety, plannedBy } = restriction;
  if (state !== 'planned') return refuse('decided-already');
  if (wish.warning === null && safety === null) return refuse('warning-missing', { at: 'warning' });
  if (decider.reason.trim() === '' && restriction.asked === null) return refuse('reason-missing');
  const second = lookOf(restriction, 'decision', plannedBy, decider);
  if (!second.ok) return second;
  if ('kind' in second.value) return accept(second.value);
  const reason = decider.reason.trim() || restriction.asked?.reason || '';
  return accept({
    ...{ kind: 'restriction.decided', id, party, warning: wish.warning, reason },
    second: second.value,
  });
}

function lookOf(
  { id, partyId, asked, safety }: Restriction,
  of: Asked['of'],
  firstActor: string,
  { actor, members, outsider, reason, now }: Decider,
): Outcome<Look | Asked, RestrictionRefusal> {
  const before = asked?.of === of ? asked : null;
  const words = reason.trim() || before?.reason || '';
  const decided = decideSecondPerson({
    ...{ actor, firstActor, members, outsider, now, reason: words },
    askedAt: before?.at ?? null,
    isSafety: of === 'decision' && safety !== null,
  });
  if (decided.ok)
    return accept({ ...decided.value, outsider: decided.value.who === 'outsider' ? outsider : null });
  if (decided.reason === 'wait-needed' && before === null)
    return accept({ kind: 'restriction.second-asked', id, party: partyId, of, reason: words });
  return decided;
}

/** A letter of ours in the record; null where there is none of this party. */
export type OurLetter = { readonly id: string; readonly at: Instant } | null;

const CLOCKS_DIFFER_MS = 5 * 60_000;

/** It comes into force with the letter that tells it, and never without one. */
export function decideSetting(
  { id, partyId: party, state, decided }: Restriction,
  asked: string | null,
  letter: OurLetter,
): Decided<'restriction.set'> {
  if (state === 'planned' || decided === null) return refuse('not-decided');
  if (state === 'ended') return refuse('ended-already');
  if (state === 'in-force') return refuse('set-already');
  if (asked === null) return refuse('notice-missing', { at: 'notice' });
  if (letter === null) return refuse('notice-unusable', { at: 'notice' });
  if (Date.parse(letter.at) < Date.parse(decided.at) - CLOCKS_DIFFER_MS)
    return refuse('notice-too-early', { at: 'notice', decided: decided.at });
  return accept({ kind: 'restriction.set', id, party, notice: letter.id });
}

export type ReviewWish = DatesWish & { readonly reason: string; readonly measure: MeasureWish | null };

/** It was looked at again and stays, as it is or changed, with a new day on which it is looked at. */
export function decideReviewing(
  { id, partyId: party, state }: Restriction,
  wish: ReviewWish,
  clock: Clockwork,
): Decided<'restriction.reviewed'> {
  if (state === 'ended') return refuse('ended-already');
  if (state !== 'in-force') return refuse('not-in-force');
  if (wish.reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  const measure = wish.measure && measureOf(wish.measure);
  if (measure && !measure.ok) return measure;
  const dates = datesOf(wish, clock);
  if (!dates.ok) return dates;
  const changed = measure ? measure.value : null;
  return accept({
    kind: 'restriction.reviewed',
    id,
    party,
    reason: wish.reason.trim(),
    measure: changed,
    ...dates.value,
  });
}

export function decideAppealing(
  { id, partyId: party, state, appeal }: Restriction,
  cite: Cite | null,
): Decided<'restriction.appealed'> {
  if (state === 'ended') return refuse('ended-already');
  if (state !== 'in-force') return refuse('not-in-force');
  if (cite === null) return refuse('quote-missing', { at: 'cite' });
  if (appeal && appeal.decidedAt === null) return refuse('appealed-already');
  return accept({ kind: 'restriction.appealed', id, party, cite });
}

/** Another person than the one who decided looks at it anew. */
export function decideAppeal(
  restriction: Restriction,
  wish: { readonly outcome: AppealOutcome; readonly measure: MeasureWish | null },
  decider: Decider,
): Outcome<Extract<RestrictionFact, { kind: 'restriction.appeal-decided' }> | Waiting, RestrictionRefusal> {
  const { id, partyId: party, state, appeal, decided } = restriction;
  if (state !== 'in-force' || !decided) return refuse('not-in-force');
  if (!appeal || appeal.decidedAt !== null) return refuse('no-appeal');
  if (decider.reason.trim() === '' && restriction.asked?.of !== 'appeal')
    return refuse('reason-missing', { at: 'reason' });
  const measure = wish.outcome === 'changed' && wish.measure ? measureOf(wish.measure) : null;
  if (wish.outcome === 'changed' && !measure) return refuse('measure-empty', { at: 'measure' });
  if (measure && !measure.ok) return measure;
  const second = lookOf(restriction, 'appeal', decided.by, decider);
  if (!second.ok) return second;
  if ('kind' in second.value) return accept(second.value);
  const reason = decider.reason.trim() || restriction.asked?.reason || '';
  return accept({
    ...{ kind: 'restriction.appeal-decided', id, party, outcome: wish.outcome, reason },
    ...{ measure: measure ? measure.value : null, second: second.value },
  });
}

/** A plan that nobody wants any more ends too. */
export function decideEnding(
  { id, partyId: party, state }: Restriction,
  reason: string,
): Decided<'restriction.ended'> {
  if (state === 'ended') return refuse('ended-already');
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  return accept({ kind: 'restriction.ended', id, party, reason: reason.trim() });
}
