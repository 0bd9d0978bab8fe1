import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Cite, type CiteRefusal, citesRefused } from '../interaction/cites.actions.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { loadParty } from '../party/party.actions.ts';
import { projectAgreements, type TermsFact } from './agreement.project.store.ts';
import { loadAgreement, nextNumber, partyOf, recordSeen } from './agreement.store.ts';
import {
  type Agreement,
  type AgreementId,
  type AgreementRefusal,
  type ChangeWish,
  type Day,
  decideAccepting,
  decideEnding,
  decideOpening,
  decideRevising,
  type Proof,
} from './agreement.ts';
import { peopleOf } from './beside.store.ts';
import type { ClauseWish } from './clause.ts';
import { calendarFor, dayOn } from './hours.actions.ts';

export type ProofRefusal = 'proof-not-theirs' | 'proof-not-in-writing' | 'proof-not-found';
export type TermsRefusal =
  | AgreementRefusal
  | CiteRefusal
  | ProofRefusal
  | 'party-unknown'
  | 'date-unusable'
  | 'party-person-unknown';

/** What was made or changed. */
export type Made = { readonly id: string };

export type Opening = {
  readonly title: string;
  readonly cite: Cite | null;
  readonly decideBy: string | null;
  readonly endsOn: string | null;
  readonly clauses: readonly ClauseWish[];
};

/** The first offer to a party, with its clauses: version 0, of which nothing is agreed yet. */
export async function openAgreement(
  ledger: Ledger,
  actor: Actor,
  partyId: string,
  wish: Opening,
): Promise<Outcome<Made, TermsRefusal>> {
  const days = await daysOf(ledger, partyId, wish);
  if (!days.ok) return days;
  return withParty<TermsRefusal>(ledger, actor, partyId, async (book) => {
    const lost = wish.cite && (await citesRefused(book.tx, ledger.workspaceId, partyId, [wish.cite]));
    if (lost) return lost;
    const id = ledger.newId() as AgreementId;
    const number = await nextNumber(book.tx, ledger.workspaceId, 'agreements', partyId);
    const { title, cite, clauses } = wish;
    const opening = { party: partyId, title, cite, clauses, ...days.value };
    return recorded(book, decideOpening(id, number, opening, ledger.newId));
  });
}

async function daysOf(
  ledger: Ledger,
  partyId: string,
  wish: Pick<Opening, 'decideBy' | 'endsOn'>,
): Promise<Outcome<{ decideBy: Day | null; endsOn: Day | null }, TermsRefusal>> {
  const calendar = await calendarFor(ledger, partyId);
  const days: { decideBy: Day | null; endsOn: Day | null } = { decideBy: null, endsOn: null };
  for (const name of ['decideBy', 'endsOn'] as const) {
    const on = wish[name];
    if (on === null) continue;
    const day = dayOn(calendar, on, name);
    if (!day.ok) return day;
    days[name] = day.value;
  }
  return accept(days);
}

export function reviseAgreement(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly changes: readonly ChangeWish[]; readonly reason: string },
): Promise<Outcome<Made, TermsRefusal>> {
  return withAgreement(ledger, actor, id, async (book, agreement) =>
    recorded(book, decideRevising(agreement, wish.changes, wish.reason, ledger.newId)),
  );
}

export type Acceptance = {
  /** Null for everything that is offered. */
  readonly clauseId: string | null;
  readonly proof: Proof;
  readonly personId: string | null;
};

/** Writes down that the other side said yes, with what shows it. Nothing is agreed without that. */
export function acceptClauses(
  ledger: Ledger,
  actor: Actor,
  id: string,
  { clauseId, proof, personId }: Acceptance,
): Promise<Outcome<Made, TermsRefusal>> {
  return withAgreement(ledger, actor, id, async (book, agreement) => {
    const { partyId } = agreement;
    const refusal = await proofRefused(book, ledger, partyId, proof);
    if (refusal) return refusal;
    const people = personId === null ? [] : await peopleOf(book.tx, ledger.workspaceId, partyId);
    const person = people.find((one) => one.id === personId) ?? null;
    if (personId !== null && !person) return refuse('party-person-unknown', { at: 'personId' });
    return recorded(book, decideAccepting(agreement, clauseId, proof, person));
  });
}

/** A yes is the other side's: in a message or document of theirs, or signed in one that is kept here. */
async function proofRefused({ tx }: Book, { workspaceId }: Ledger, partyId: string, proof: Proof) {
  const seen = await recordSeen(tx, workspaceId, partyId, proof.interactionId);
  if (!seen) return refuse('proof-not-found', { at: 'proof' });
  if (seen.direction === 'outbound') return refuse('proof-not-theirs', { at: 'proof' });
  if (proof.kind === 'document')
    return seen.sha256.includes(proof.sha256) ? null : refuse('proof-not-found', { at: 'proof.sha256' });
  if (seen.direction !== 'inbound') return refuse('proof-not-theirs', { at: 'proof' });
  if (seen.kind !== 'message' && seen.kind !== 'document')
    return refuse('proof-not-in-writing', { at: 'proof', kind: seen.kind });
  return citesRefused(tx, workspaceId, partyId, [proof]);
}

export function endAgreement(
  ledger: Ledger,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Outcome<Made, TermsRefusal>> {
  return withAgreement(ledger, actor, id, async (book, agreement) =>
    recorded(book, decideEnding(agreement, reason)),
  );
}

async function withAgreement(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (book: Book, agreement: Agreement) => Promise<Outcome<Made, TermsRefusal>>,
): Promise<Outcome<Made, TermsRefusal>> {
  const partyId = await partyOf(ledger.db, ledger.workspaceId, 'agreements', id);
  if (partyId === null) return refuse('agreement-unknown');
  return withParty<TermsRefusal>(ledger, actor, partyId, async (book) => {
    const agreement = await loadAgreement(book.tx, ledger.workspaceId, id);
    return agreement ? decide(book, agreement) : refuse('agreement-unknown');
  });
}

/** Decides about a party while nobody else does. */
export function withParty<Reason extends string>(
  ledger: Ledger,
  actor: Actor,
  partyId: string,
  decide: (book: Book) => Promise<Outcome<Made, Reason | 'party-unknown'>>,
): Promise<Outcome<Made, Reason | 'party-unknown'>> {
  return deciding<Made, Reason | 'party-unknown'>(ledger, actor, `party:${partyId}`, async (book) =>
    (await loadParty(book.tx, ledger.workspaceId, partyId)) ? decide(book) : refuse('party-unknown'),
  );
}

/** Records what was decided, unless it was refused. */
export async function recorded<F extends TermsFact, Reason extends string>(
  book: Book,
  decided: Outcome<F, Reason>,
): Promise<Outcome<Made, Reason>> {
  if (!decided.ok) return decided;
  const fact = decided.value;
  await book.record<TermsFact>(partyStream(fact.party), [fact], projectAgreements);
  return accept({ id: fact.id });
}
