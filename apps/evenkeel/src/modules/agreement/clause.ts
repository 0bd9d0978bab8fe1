import { isDate, isZone } from '../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

export const CLAUSE_KINDS = [
  'scope_in',
  'scope_out',
  'content_limits',
  'channels',
  'hours',
  'response_time',
  'conduct',
  'escalation',
  'payment',
  'data',
  'other',
] as const;
export type ClauseKind = (typeof CLAUSE_KINDS)[number];

/** The ways to reach us that a clause may name and a ladder may leave open. */
export const WAYS = ['mail', 'chat', 'call', 'meeting', 'platform', 'letter'] as const;
export type Way = (typeof WAYS)[number];

/** The order in which a dispute is taken further. */
export const ESCALATIONS = ['notice', 'pause', 'mediator', 'court'] as const;
export const TERM_UNITS = ['hours', 'days', 'working-days', 'weeks'] as const;
export type Term = { readonly count: number; readonly unit: (typeof TERM_UNITS)[number] };

export type Holiday = { readonly date: string; readonly says: string };

/** What a program needs to know of a clause, beside its words. */
export type HoursTerms = {
  readonly zone: string;
  /** 1 is Monday. */
  readonly workDays: readonly number[];
  /** `09:00`, local. */
  readonly from: string;
  readonly until: string;
  readonly holidays: readonly Holiday[];
};
export type EscalationTerms = {
  readonly steps: readonly {
    readonly step: (typeof ESCALATIONS)[number];
    readonly says: string;
    /** How long the step before it may take; null for the first, or where none was agreed. */
    readonly after: Term | null;
  }[];
};
export type PaymentTerms = {
  readonly currency: string;
  /** Decimal, `85.00`; null where a price is agreed each time. */
  readonly price: string | null;
  readonly per: 'hour' | 'day' | 'piece' | 'month' | 'project' | null;
  /** Days from an invoice to its due date. */
  readonly termDays: number | null;
};
export type Terms =
  | HoursTerms
  | EscalationTerms
  | PaymentTerms
  | { readonly within: Term }
  | { readonly ways: readonly Way[] };

/** A clause as somebody writes it down. Holidays are lines of a date and a name. */
export type ClauseWish = { readonly says: string } & (
  | ({ readonly kind: 'hours'; readonly holidays: string } & Omit<HoursTerms, 'holidays'>)
  | { readonly kind: 'response_time'; readonly within: Term }
  | { readonly kind: 'channels'; readonly ways: readonly Way[] }
  | ({ readonly kind: 'escalation' } & EscalationTerms)
  | ({ readonly kind: 'payment' } & PaymentTerms)
  | { readonly kind: Exclude<ClauseKind, 'hours' | 'response_time' | 'channels' | 'escalation' | 'payment'> }
);

export type ClauseText = { readonly kind: ClauseKind; readonly says: string; readonly terms: Terms | null };

export type ClauseRefusal =
  | 'clause-empty'
  | 'hours-contradict'
  | 'hours-without-days'
  | 'zone-unknown'
  | 'holiday-line-unusable'
  | 'holiday-given-twice'
  | 'ways-missing'
  | 'term-unusable'
  | 'escalation-order';

/**
 * Reads a clause as it was written.
 *
 * @param at where it stands, for whoever has to find it: `clauses.2`
 */
export function clauseTextOf(wish: ClauseWish, at: string): Outcome<ClauseText, ClauseRefusal> {
  const says = wish.says.trim();
  if (says === '') return refuse('clause-empty', { at: `${at}.says` });
  const terms = termsOf(wish, at);
  return terms.ok ? accept({ kind: wish.kind, says, terms: terms.value }) : terms;
}

function termsOf(wish: ClauseWish, at: string): Outcome<Terms | null, ClauseRefusal> {
  switch (wish.kind) {
    case 'hours':
      return hoursOf(wish, at);
    case 'response_time':
      return wish.within.count > 0
        ? accept({ within: wish.within })
        : refuse('term-unusable', { at: `${at}.within` });
    case 'channels':
      return wish.ways.length > 0
        ? accept({ ways: wish.ways })
        : refuse('ways-missing', { at: `${at}.ways` });
    case 'escalation':
      return escalationOf(wish, at);
    case 'payment':
      return accept({
        currency: wish.currency,
        price: wish.price,
        per: wish.per,
        termDays: wish.termDays,
      });
    case 'scope_in':
    case 'scope_out':
    case 'content_limits':
    case 'conduct':
    case 'data':
    case 'other':
      return accept(null);
  }
}

type HoursWish = Extract<ClauseWish, { kind: 'hours' }>;

function hoursOf(
  { zone, workDays, from, until, holidays }: HoursWish,
  at: string,
): Outcome<HoursTerms, ClauseRefusal> {
  if (workDays.length === 0) return refuse('hours-without-days', { at: `${at}.workDays` });
  if (from >= until) return refuse('hours-contradict', { at: `${at}.until`, from, until });
  if (!isZone(zone)) return refuse('zone-unknown', { at: `${at}.zone`, zone });
  const read = holidaysOf(holidays, `${at}.holidays`);
  if (!read.ok) return read;
  return accept({ zone, workDays: [...new Set(workDays)].sort(), from, until, holidays: read.value });
}

/** Lines of a date and a name, `2026-12-24 Christmas Eve`; empty lines are none. */
function holidaysOf(lines: string, at: string): Outcome<readonly Holiday[], ClauseRefusal> {
  const holidays: Holiday[] = [];
  for (const [i, line] of lines.split('\n').entries()) {
    const words = line.trim();
    if (words === '') continue;
    const [, date, says] = words.match(/^(\d{4}-\d\d-\d\d)[\s,;:–-]+(\S.*)$/) ?? [];
    if (!date || !says || !isDate(date)) return refuse('holiday-line-unusable', { at, line: i + 1, words });
    if (holidays.some((holiday) => holiday.date === date))
      return refuse('holiday-given-twice', { at, line: i + 1, date });
    holidays.push({ date, says });
  }
  return accept(holidays.sort((one, other) => (one.date < other.date ? -1 : 1)));
}

function escalationOf({ steps }: EscalationTerms, at: string): Outcome<EscalationTerms, ClauseRefusal> {
  const places = steps.map(({ step }) => ESCALATIONS.indexOf(step));
  const wrong = places.findIndex((place, i) => i > 0 && place <= places[i - 1]!);
  if (steps.length === 0 || wrong > 0) return refuse('escalation-order', { at: `${at}.steps.${wrong}` });
  const empty = steps.findIndex(({ says }) => says.trim() === '');
  if (empty >= 0) return refuse('clause-empty', { at: `${at}.steps.${empty}.says` });
  return accept({ steps });
}
