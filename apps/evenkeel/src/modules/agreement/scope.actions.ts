import { detectLanguage } from '@evenkeel/language/analyse';
import type { Actor } from '../../kernel/brand.ts';
import { localOf } from '../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Cite, type CiteRefusal, citesRefused } from '../interaction/cites.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { loadParty } from '../party/party.actions.ts';
import { type Made, recorded, withParty } from './agreement.actions.ts';
import { agreementsOf, type ClauseView, clausesOf, loadClause } from './agreement.store.ts';
import { type ScopeDecision, scopeDecisionsOf } from './beside.store.ts';
import { calendarFor } from './hours.actions.ts';
import type { Lang } from './ladder.ts';
import { decideScope, hintsFor, isSameThing, type ScopeRefusal, type ScopeVerdict } from './scope.ts';
import { letterFor, readSuggestions } from './suggestions.store.ts';
import { basisIn, dateIn, inForce } from './told.ts';
import { filledIn } from './wording.ts';

export type QuestionRefusal =
  | ScopeRefusal
  | CiteRefusal
  | 'party-unknown'
  | 'letter-missing'
  | 'field-missing';

export type ScopeQuestion = {
  readonly words: string;
  readonly lang: string | null;
  readonly pointId: string | null;
};
type Hint = {
  readonly shared: readonly string[];
  readonly clause: Pick<ClauseView, 'id' | 'agreementId' | 'number' | 'kind' | 'state' | 'says' | 'version'>;
  /** The words in force, where others are offered and not agreed. */
  readonly agreedSays: string | null;
};

/** Clauses that speak of what was asked, and what was decided of it before. A person decides. */
export async function askScope(
  { db, workspaceId }: Ledger,
  partyId: string,
  { words, lang, pointId }: ScopeQuestion,
): Promise<Outcome<{ hints: readonly Hint[]; earlier: readonly ScopeDecision[] }, QuestionRefusal>> {
  if (!(await loadParty(db, workspaceId, partyId))) return refuse('party-unknown');
  if (words.trim() === '') return refuse('words-empty', { at: 'words' });
  const [agreements, decisions] = await Promise.all([
    agreementsOf(db, workspaceId, partyId),
    scopeDecisionsOf(db, workspaceId, partyId),
  ]);
  const asked = { words, lang: lang ?? detectLanguage(words) };
  const standing = agreements
    .filter(({ state }) => state === 'open')
    .flatMap(({ clauses }) => clauses.filter(({ isWithdrawn }) => !isWithdrawn))
    .map((clause) => ({ ...clause, lang: detectLanguage(clause.says) }));
  return accept({
    hints: hintsFor(asked, standing).map(({ clauseId, shared }) => ({
      shared,
      ...hintOf(standing.find(({ id }) => id === clauseId)!),
    })),
    earlier: decisions.filter(
      (one) => (pointId !== null && one.pointId === pointId) || isSameThing(asked, one),
    ),
  });
}

function hintOf(clause: ClauseView): Omit<Hint, 'shared'> {
  const { id, agreementId, number, kind, state, says, version, agreedVersion, versions } = clause;
  const agreed = versions.find((one) => one.version === agreedVersion);
  const agreedSays = state === 'amendment-offered' ? (agreed?.says ?? null) : null;
  return { clause: { id, agreementId, number, kind, state, says, version }, agreedSays };
}

export type ScopeWish = ScopeQuestion & {
  readonly cite: Cite | null;
  readonly verdict: ScopeVerdict;
  readonly clauseId: string | null;
  readonly reason: string;
};

/** In, out or unclear, by the clause as it stands now. */
export function decideScopeOf(
  ledger: Ledger,
  actor: Actor,
  party: string,
  wish: ScopeWish,
): Promise<Outcome<Made, QuestionRefusal>> {
  return withParty<QuestionRefusal>(ledger, actor, party, async (book) => {
    const { tx } = book;
    const { workspaceId } = ledger;
    const lost = wish.cite && (await citesRefused(tx, workspaceId, party, [wish.cite]));
    if (lost) return lost;
    const clause = wish.clauseId === null ? null : await loadClause(tx, workspaceId, party, wish.clauseId);
    if (wish.clauseId !== null && !clause) return refuse('clause-unknown', { at: 'clauseId' });
    const { words, verdict, reason, cite, pointId: point } = wish;
    const decided = decideScope(ledger.newId(), {
      ...{ party, point, cite, words, verdict, reason },
      lang: wish.lang ?? detectLanguage(words),
      clause: clause?.id ?? null,
      clauseVersion: clause ? (clause.agreedVersion ?? clause.version) : null,
    });
    return recorded(book, decided);
  });
}

export type OrderWish = {
  readonly what: string;
  readonly price: string;
  readonly time: string;
  readonly clauseId: string;
  readonly lang: Lang;
};

/**
 * A text that offers work outside the scope for a price; to be copied. Nothing of it is kept.
 *
 * @param us how we sign, where the workspace has no name
 */
export async function draftOrder(
  ledger: Ledger,
  dataDir: string,
  us: string,
  partyId: string,
  wish: OrderWish,
): Promise<Outcome<{ says: string; text: string }, QuestionRefusal>> {
  const { db, workspaceId, chance } = ledger;
  const party = await loadParty(db, workspaceId, partyId);
  if (!party) return refuse('party-unknown');
  const clause = (await clausesOf(db, workspaceId, partyId)).find(({ id }) => id === wish.clauseId);
  if (!clause) return refuse('clause-unknown', { at: 'clauseId' });
  const letter = await letterFor(dataDir, 'scope', wish.lang);
  if (!letter) return refuse('letter-missing', { lang: wish.lang });
  const [calendar, { basis }, { name }] = await Promise.all([
    calendarFor(ledger, partyId),
    readSuggestions(dataDir),
    loadWorkspace(db, workspaceId),
  ]);
  const text = filledIn(letter.text, {
    client: party.name,
    us: name ?? us,
    basis: basisIn(basis, wish.lang, clause.agreedVersion !== null),
    what: wish.what,
    price: wish.price,
    time: wish.time,
    clause: inForce(clause),
    clauseNumber: String(clause.number),
    date: dateIn(wish.lang, localOf(calendar, chance.now()).date),
  });
  return text.ok ? accept({ says: letter.says, text: text.value }) : text;
}
