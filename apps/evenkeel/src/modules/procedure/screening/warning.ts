import {
  addDays,
  type Calendar,
  endOfDay,
  isDate,
  type LocalDate,
  localOf,
} from '../../../kernel/calendar.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Cite } from '../../interaction/cites.store.ts';
import type { TellingRule, WarningRules } from './rules.ts';

export type Day = { readonly on: string; readonly at: Instant };
export const LOG_KINDS = ['told', 'objected', 'answered', 'rectified'] as const;
export type LogKind = (typeof LOG_KINDS)[number];

export type WarningFact =
  | {
      readonly kind: 'screening.warning-entered';
      readonly id: string;
      readonly party: string;
      /** A code of the list that was in force. */
      readonly reason: string;
      readonly cite: Cite;
      /** Why we may keep it: our interest, and why theirs does not outweigh it. */
      readonly basis: string;
      readonly expires: Day;
      readonly telling: string;
      /** The rule's words as they were, in each language. */
      readonly tellSays: Readonly<Record<'en' | 'ru' | 'fi', string>>;
      /** What the rule rests on, and whether it was compared with the text of the law. */
      readonly tellSource: string;
      readonly tell: Day | null;
    }
  | {
      readonly kind: 'screening.warning-logged';
      readonly id: string;
      readonly party: string;
      readonly lineId: string;
      readonly line: LogKind;
      readonly says: string;
      readonly cite: Cite | null;
      /** From when on it matches nothing, where an objection was upheld; null otherwise. */
      readonly endsAt: Instant | null;
    }
  | {
      readonly kind: 'screening.warning-removed';
      readonly id: string;
      readonly party: string;
    };

export type Warning = {
  readonly id: string;
  readonly partyId: string;
  readonly expiresAt: Instant;
  readonly log: readonly { readonly kind: LogKind }[];
};

/** Anything of it may be missing as it is typed; what is recorded has all of it. */
export type WarningWish = {
  readonly reason: string | null;
  readonly cite: Cite | null;
  readonly basis: string | null;
  readonly expiresOn: string | null;
  readonly telling: string | null;
  readonly tellOn: string | null;
};

export type WarningRefusal =
  | 'warning-reason-missing'
  | 'warning-reason-unknown'
  | 'quote-missing'
  | 'basis-missing'
  | 'expiry-missing'
  | 'expiry-passed'
  | 'expiry-too-far'
  | 'telling-missing'
  | 'telling-unknown'
  | 'telling-date-missing'
  | 'date-unusable';

/** An entry with all that it needs, or what it lacks: each with a word of its own. */
export function decideWarning(
  id: string,
  party: string,
  wish: WarningWish,
  rules: WarningRules,
  calendar: Calendar,
  now: Instant,
): Outcome<Extract<WarningFact, { kind: 'screening.warning-entered' }>, WarningRefusal> {
  const reason = wish.reason?.trim();
  if (!reason) return refuse('warning-reason-missing', { at: 'reason' });
  if (!rules.reasons.some((one) => one.id === reason))
    return refuse('warning-reason-unknown', { at: 'reason', reason });
  const { cite } = wish;
  if (!cite) return refuse('quote-missing', { at: 'cite' });
  const basis = wish.basis?.trim();
  if (!basis) return refuse('basis-missing', { at: 'basis' });
  const today = localOf(calendar, now).date;
  const expires = expiryOf(wish.expiresOn, rules.mostYears, calendar, today);
  if (!expires.ok) return expires;
  const told = tellingOf(wish, rules.tellings, calendar, today);
  if (!told.ok) return told;
  const { telling, tell } = told.value;
  const about = {
    reason,
    cite,
    basis,
    expires: expires.value,
    telling: telling.id,
    tellSays: telling.says,
    tellSource: telling.source,
  };
  return accept({ kind: 'screening.warning-entered', id, party, ...about, tell });
}

function expiryOf(
  on: string | null,
  mostYears: number,
  calendar: Calendar,
  today: LocalDate,
): Outcome<Day, WarningRefusal> {
  if (!on) return refuse('expiry-missing', { at: 'expiresOn' });
  if (!isDate(on)) return refuse('date-unusable', { at: 'expiresOn', date: on });
  if (on <= today) return refuse('expiry-passed', { at: 'expiresOn', date: on });
  if (on > yearsAfter(today, mostYears))
    return refuse('expiry-too-far', { at: 'expiresOn', years: mostYears });
  return accept({ on, at: endOfDay(calendar, on) });
}

/** The same day so many years later; 29 February becomes the day before 1 March. */
function yearsAfter(date: LocalDate, years: number): LocalDate {
  const later = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  return isDate(later) ? later : addDays(`${later.slice(0, 8)}01` as LocalDate, 27);
}

function tellingOf(
  { telling: id, tellOn }: WarningWish,
  tellings: readonly TellingRule[],
  calendar: Calendar,
  today: LocalDate,
): Outcome<{ telling: TellingRule; tell: Day | null }, WarningRefusal> {
  if (!id?.trim()) return refuse('telling-missing', { at: 'telling' });
  const telling = tellings.find((one) => one.id === id);
  if (!telling) return refuse('telling-unknown', { at: 'telling', telling: id });
  if (telling.when === 'next-message') return accept({ telling, tell: null });
  const on = telling.when === 'within-days' ? addDays(today, telling.days ?? 0) : tellOn;
  if (!on) return refuse('telling-date-missing', { at: 'tellOn' });
  if (!isDate(on) || on < today) return refuse('date-unusable', { at: 'tellOn', date: on });
  return accept({ telling, tell: { on, at: endOfDay(calendar, on) } });
}

export type LogWish = {
  readonly line: LogKind;
  readonly says: string;
  readonly cite: Cite | null;
  /** An objection that is upheld ends the entry at once. */
  readonly ends: boolean;
};
export type LogRefusal = 'words-empty' | 'objection-missing' | 'warning-expired';

export function decideLogging(
  warning: Warning,
  lineId: string,
  { line, says, cite, ends }: LogWish,
  now: Instant,
): Outcome<Extract<WarningFact, { kind: 'screening.warning-logged' }>, LogRefusal> {
  const { id, partyId: party } = warning;
  if (says.trim() === '') return refuse('words-empty', { at: 'says' });
  if (line === 'answered' && !warning.log.some(({ kind }) => kind === 'objected'))
    return refuse('objection-missing');
  if (ends && warning.expiresAt <= now) return refuse('warning-expired');
  const endsAt = ends && line === 'answered' ? now : null;
  return accept({
    ...{ kind: 'screening.warning-logged', id, party, lineId, line, says: says.trim(), cite, endsAt },
  });
}

/** Only what matches nothing any more is taken off the list. */
export function decideRemoving(
  { id, partyId: party, expiresAt }: Warning,
  now: Instant,
): Outcome<Extract<WarningFact, { kind: 'screening.warning-removed' }>, 'warning-in-force'> {
  return expiresAt <= now
    ? accept({ kind: 'screening.warning-removed', id, party })
    : refuse('warning-in-force', { until: expiresAt });
}
