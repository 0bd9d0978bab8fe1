import type { Brand } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';
import {
  type ClauseKind,
  type ClauseRefusal,
  type ClauseText,
  type ClauseWish,
  clauseTextOf,
} from './clause.ts';

export type AgreementId = Brand<string, 'AgreementId'>;
export type ClauseId = Brand<string, 'ClauseId'>;

/** A day, and its last moment on the calendar that was in force when it was set. */
export type Day = { readonly on: string; readonly at: Instant };

/** What shows that the other side said yes: a line of theirs, or a document by its bytes. */
export type Proof =
  | ({ readonly kind: 'line' } & Cite)
  | { readonly kind: 'document'; readonly interactionId: string; readonly sha256: string };

export type NewClause = ClauseText & { readonly id: ClauseId; readonly number: number };

/** What a version changes: a clause more, other words for one, one less, or an offer of other words taken back. */
export type Change =
  | ({ readonly change: 'added' } & NewClause)
  | ({ readonly change: 'amended'; readonly id: ClauseId } & Omit<ClauseText, 'kind'>)
  | { readonly change: 'withdrawn'; readonly id: ClauseId }
  | { readonly change: 'dropped'; readonly id: ClauseId };

export type AgreementFact =
  | {
      readonly kind: 'agreement.opened';
      readonly id: AgreementId;
      readonly party: string;
      readonly number: number;
      readonly title: string;
      readonly cite: Cite | null;
      readonly decideBy: Day | null;
      readonly endsOn: Day | null;
      readonly clauses: readonly NewClause[];
    }
  | {
      readonly kind: 'agreement.revised';
      readonly id: AgreementId;
      readonly party: string;
      readonly version: number;
      readonly changes: readonly Change[];
      readonly reason: string;
    }
  | {
      readonly kind: 'agreement.accepted';
      readonly id: AgreementId;
      readonly party: string;
      readonly clauses: readonly { readonly id: ClauseId; readonly version: number }[];
      readonly proof: Proof;
      readonly person: string | null;
    }
  | {
      readonly kind: 'agreement.ended';
      readonly id: AgreementId;
      readonly party: string;
      readonly reason: string;
    };

export type Clause = {
  readonly id: ClauseId;
  readonly number: number;
  readonly kind: ClauseKind;
  readonly version: number;
  readonly agreedVersion: number | null;
  readonly isWithdrawn: boolean;
};
export type Agreement = {
  readonly id: AgreementId;
  readonly partyId: string;
  readonly number: number;
  readonly state: 'open' | 'ended';
  readonly version: number;
  readonly clauses: readonly Clause[];
};

/** What a clause is worth now; a clause without proof is not yet agreed. */
export type ClauseState = 'offered' | 'agreed' | 'amendment-offered' | 'withdrawn';

export function stateOf({
  version,
  agreedVersion,
  isWithdrawn,
}: Omit<Clause, 'id' | 'number' | 'kind'>): ClauseState {
  if (isWithdrawn) return 'withdrawn';
  if (agreedVersion === null) return 'offered';
  return agreedVersion === version ? 'agreed' : 'amendment-offered';
}

export type ChangeWish =
  | { readonly change: 'add'; readonly clause: ClauseWish }
  | { readonly change: 'amend'; readonly clauseId: string; readonly clause: ClauseWish }
  | { readonly change: 'withdraw'; readonly clauseId: string }
  | { readonly change: 'drop'; readonly clauseId: string };

export type AgreementRefusal =
  | ClauseRefusal
  | 'agreement-unknown'
  | 'agreement-ended'
  | 'agreement-untitled'
  | 'clauses-missing'
  | 'hours-given-twice'
  | 'clause-unknown'
  | 'clause-withdrawn'
  | 'clause-of-another-kind'
  | 'nothing-to-drop'
  | 'changed-twice'
  | 'accepted-already'
  | 'person-may-not-agree'
  | 'reason-missing';

type OpeningWish = Pick<
  Extract<AgreementFact, { kind: 'agreement.opened' }>,
  'party' | 'title' | 'cite' | 'decideBy' | 'endsOn'
> & { readonly clauses: readonly ClauseWish[] };

/** The first offer: version 0, of which nothing is agreed yet. */
export function decideOpening(
  id: AgreementId,
  number: number,
  wish: OpeningWish,
  newId: () => string,
): Outcome<Extract<AgreementFact, { kind: 'agreement.opened' }>, AgreementRefusal> {
  const title = wish.title.trim();
  if (title === '') return refuse('agreement-untitled', { at: 'title' });
  if (wish.clauses.length === 0) return refuse('clauses-missing', { at: 'clauses' });
  const clauses: NewClause[] = [];
  for (const [i, clause] of wish.clauses.entries()) {
    const read = clauseTextOf(clause, `clauses.${i}`);
    if (!read.ok) return read;
    if (read.value.kind === 'hours' && clauses.some(({ kind }) => kind === 'hours'))
      return refuse('hours-given-twice', { at: `clauses.${i}` });
    clauses.push({ id: newId() as ClauseId, number: i + 1, ...read.value });
  }
  return accept({ kind: 'agreement.opened', ...wish, id, number, title, clauses });
}

/** The next version: what changes in it, and why. Each clause stands by itself; the others stay as they are. */
export function decideRevising(
  agreement: Agreement,
  wishes: readonly ChangeWish[],
  reason: string,
  newId: () => string,
): Outcome<Extract<AgreementFact, { kind: 'agreement.revised' }>, AgreementRefusal> {
  const { id, partyId: party, number, state } = agreement;
  if (state === 'ended') return refuse('agreement-ended', { number });
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  if (wishes.length === 0) return refuse('clauses-missing', { at: 'changes' });
  const changes: Change[] = [];
  for (const [i, wish] of wishes.entries()) {
    const change = changeOf(agreement, changes, wish, `changes.${i}`, newId);
    if (!change.ok) return change;
    changes.push(change.value);
  }
  const version = agreement.version + 1;
  return accept({ kind: 'agreement.revised', id, party, version, changes, reason: reason.trim() });
}

function changeOf(
  agreement: Agreement,
  before: readonly Change[],
  wish: ChangeWish,
  at: string,
  newId: () => string,
): Outcome<Change, AgreementRefusal> {
  if (wish.change === 'add') return additionOf(agreement, before, wish.clause, at, newId);
  const clause = agreement.clauses.find(({ id }) => id === wish.clauseId);
  if (!clause) return refuse('clause-unknown', { at });
  const { id, number } = clause;
  if (clause.isWithdrawn) return refuse('clause-withdrawn', { at, number });
  if (before.some((change) => change.id === id)) return refuse('changed-twice', { at, number });
  if (wish.change === 'withdraw') return accept({ change: 'withdrawn', id });
  if (wish.change === 'drop') return droppingOf(clause, at);
  const read = clauseTextOf(wish.clause, `${at}.clause`);
  if (!read.ok) return read;
  if (read.value.kind !== clause.kind) return refuse('clause-of-another-kind', { at, kind: clause.kind });
  return accept({ change: 'amended', id, says: read.value.says, terms: read.value.terms });
}

function additionOf(
  { clauses }: Agreement,
  before: readonly Change[],
  wish: ClauseWish,
  at: string,
  newId: () => string,
): Outcome<Change, AgreementRefusal> {
  const read = clauseTextOf(wish, `${at}.clause`);
  if (!read.ok) return read;
  const added = before.filter((change) => change.change === 'added');
  const hasHours = [...clauses.filter(({ isWithdrawn }) => !isWithdrawn), ...added].some(
    ({ kind }) => kind === 'hours',
  );
  if (read.value.kind === 'hours' && hasHours) return refuse('hours-given-twice', { at });
  const number = Math.max(0, ...clauses.map((clause) => clause.number)) + added.length + 1;
  return accept({ change: 'added', id: newId() as ClauseId, number, ...read.value });
}

/** Takes back an offer of other words; what was agreed before them stands again. */
function droppingOf(clause: Clause, at: string): Outcome<Change, AgreementRefusal> {
  return stateOf(clause) === 'amendment-offered'
    ? accept({ change: 'dropped', id: clause.id })
    : refuse('nothing-to-drop', { at, number: clause.number });
}

export type Agreeing = { readonly id: string; readonly name: string; readonly mayAgree: boolean };

/**
 * What the other side said yes to: one clause, or all that is offered.
 *
 * @param person who said it, of the people inside the party; null when nobody is named
 */
export function decideAccepting(
  agreement: Agreement,
  clauseId: string | null,
  proof: Proof,
  person: Agreeing | null,
): Outcome<Extract<AgreementFact, { kind: 'agreement.accepted' }>, AgreementRefusal> {
  const { id, partyId: party, number, state } = agreement;
  if (state === 'ended') return refuse('agreement-ended', { number });
  if (person && !person.mayAgree) return refuse('person-may-not-agree', { name: person.name });
  const meant = agreement.clauses.filter((clause) => clauseId === null || clause.id === clauseId);
  if (meant.length === 0) return refuse('clause-unknown', { at: 'clauseId' });
  const standing = meant.filter((clause) => !clause.isWithdrawn);
  if (standing.length === 0) return refuse('clause-withdrawn', { at: 'clauseId', number: meant[0]!.number });
  const open = standing.filter(({ version, agreedVersion }) => agreedVersion !== version);
  if (open.length === 0) return refuse('accepted-already', { number, version: agreement.version });
  const clauses = open.map((clause) => ({ id: clause.id, version: clause.version }));
  return accept({ kind: 'agreement.accepted', id, party, clauses, proof, person: person?.id ?? null });
}

export function decideEnding(
  { id, partyId: party, number, state }: Agreement,
  reason: string,
): Outcome<Extract<AgreementFact, { kind: 'agreement.ended' }>, AgreementRefusal> {
  if (state === 'ended') return refuse('agreement-ended', { number });
  if (reason.trim() === '') return refuse('reason-missing', { at: 'reason' });
  return accept({ kind: 'agreement.ended', id, party, reason: reason.trim() });
}
