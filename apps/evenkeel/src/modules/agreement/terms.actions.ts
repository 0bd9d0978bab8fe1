import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Db } from '../../kernel/db.ts';
import type { Due, DueWindow } from '../../kernel/due.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { pageOf, type TimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { languageSettings } from '../signal/working.actions.ts';
import { type AgreementView, agreementsOf } from './agreement.store.ts';
import {
  type Dated,
  datedThings,
  type PersonView,
  peopleOf,
  type SumView,
  sumsOf,
  type UnderstandingView,
  understandingsOf,
} from './beside.store.ts';
import type { ClauseKind } from './clause.ts';
import { type EscalationView, escalationDues, escalationsOf } from './escalation.store.ts';
import { type Step, stepsOf } from './steps.store.ts';
import { type Broken, readSuggestions, type Suggestions } from './suggestions.store.ts';

// What modules downstream read.
export { agreementsOf, clausesOf } from './agreement.store.ts';
export { type SumView, sumsOf } from './beside.store.ts';
export { letterFor } from './suggestions.store.ts';

export type PartyTerms = {
  readonly agreements: readonly AgreementView[];
  readonly understandings: readonly UnderstandingView[];
  readonly sums: readonly SumView[];
  readonly people: readonly PersonView[];
  readonly escalations: readonly EscalationView[];
};

/** All that is agreed, owed and understood with a party, and who may agree for it. */
export async function termsWith(
  { db, workspaceId }: Ledger,
  partyId: string,
): Promise<Outcome<PartyTerms, 'party-unknown'>> {
  if (!(await loadParty(db, workspaceId, partyId))) return refuse('party-unknown');
  const [agreements, understandings, sums, people, escalations] = await Promise.all([
    agreementsOf(db, workspaceId, partyId),
    understandingsOf(db, workspaceId, partyId),
    sumsOf(db, workspaceId, partyId),
    peopleOf(db, workspaceId, partyId),
    escalationsOf(db, workspaceId, partyId),
  ]);
  return accept({ agreements, understandings, sums, people, escalations });
}

/** What was done about agreements and boundaries of a party, newest first. */
export async function stepsPage(
  { db, workspaceId }: Ledger,
  partyId: string,
  after: TimeKey | null,
  limit: number,
): Promise<{ items: readonly Step[]; next: string | null }> {
  return pageOf(await stepsOf(db, workspaceId, partyId, after, limit), limit);
}

/** Ladders and clauses to begin with, for this profile and, if one is named, for a kind of clause. */
export async function suggestions(
  ledger: Ledger,
  dataDir: string,
  kind: ClauseKind | null,
): Promise<Pick<Suggestions, 'ladders' | 'clauses'> & { broken: readonly Broken[] }> {
  const [all, { profile }] = await Promise.all([readSuggestions(dataDir), languageSettings(ledger)]);
  const suits = (one: { readonly profile: 'performer' | null }) =>
    one.profile === null || one.profile === profile;
  // What is meant for a profile comes before what is meant for everybody.
  const first = (one: { readonly profile: string | null }) => (one.profile === null ? 1 : 0);
  return {
    ladders: all.ladders
      .filter((ladder) => suits(ladder) && (kind === null || ladder.serves.includes(kind)))
      .sort((one, other) => first(one) - first(other)),
    clauses: all.clauses
      .filter((clause) => suits(clause) && (kind === null || clause.kind === kind))
      .sort((one, other) => first(one) - first(other)),
    broken: all.broken,
  };
}

/** Sums, decisions on offers, ends of agreements, reviews of boundaries and steps of a dispute that are still open. */
export async function duesOf(db: Db, workspaceId: WorkspaceId, window: DueWindow): Promise<readonly Due[]> {
  const [things, steps] = await Promise.all([
    datedThings(db, workspaceId, window),
    escalationDues(db, workspaceId, window),
  ]);
  return [...things.map(dueOf), ...steps];
}

const KINDS = { sum: 'contract', decision: 'decision', end: 'contract', review: 'review' } as const;

function dueOf({ id, partyId, at, what, side, says, number, amount, currency, interactionId }: Dated): Due {
  const money = amount === null ? {} : { amount, currency };
  return {
    ...{ id, room: 'agreement', kind: KINDS[what], side, partyId, at, isWholeDay: true, says },
    ...{ code: `agreement-${what}`, params: { number, ...money }, interactionId, source: null },
  };
}
