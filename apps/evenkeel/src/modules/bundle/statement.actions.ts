import type { Actor, RecordId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type CiteRefusal, citesRefused } from '../interaction/cites.actions.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { entriesById } from '../ledger/ledger.store.ts';
import { partyStream, readEnvelope, sealedEnvelopeOf } from '../ledger/ledger.ts';
import { loadParty } from '../party/party.actions.ts';
import { withoutPrejudice } from '../point/promise-views.actions.ts';
import {
  bringBackProposals,
  dismissProposal,
  listStatements,
  loadStatement,
  projectStatements,
  settledProposals,
  strangerAmong,
} from './statement.store.ts';
import {
  decideStating,
  decideWithdrawing,
  type Statement,
  type StatementFact,
  type StatementId,
  type StatementRefusal,
  type StatementWish,
} from './statement.ts';
import { proposalRows } from './statement-proposals.store.ts';
import { openProposals, type StatementProposal } from './statement-proposals.ts';

export type StatingRefusal = StatementRefusal | CiteRefusal | 'party-unknown' | 'source-not-theirs';

export type FactsShown = {
  readonly statements: readonly Statement[];
  readonly proposals: readonly StatementProposal[];
  /** Proposals that were said to be no fact for the chronology. */
  readonly dismissed: number;
};

/** The facts of a client's chronology, and what of the record is proposed as one. */
export async function factsOfChronology(
  ledger: Ledger,
  party: string,
): Promise<Outcome<FactsShown, 'party-unknown'>> {
  const { db, workspaceId } = ledger;
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  const [statements, rows, settled, apart] = await Promise.all([
    listStatements(db, workspaceId, party),
    proposalRows(db, workspaceId, party),
    settledProposals(db, workspaceId, party),
    withoutPrejudice(db, workspaceId, party),
  ]);
  const done = new Set([...settled.stated, ...settled.dismissed]);
  const proposals = openProposals(rows, done, new Set(apart.interactions));
  return accept({ statements, proposals, dismissed: settled.dismissed.size });
}

/** States one fact; where it corrects another, the other stands in the chronology no longer. */
export async function stateFact(
  ledger: Ledger,
  actor: Actor,
  party: string,
  wish: StatementWish,
): Promise<Outcome<{ readonly id: string }, StatingRefusal>> {
  const { db, workspaceId } = ledger;
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  return deciding<{ readonly id: string }, StatingRefusal>(ledger, actor, `party:${party}`, async (book) => {
    const replaced = wish.replaces === null ? null : await loadStatement(book.tx, workspaceId, wish.replaces);
    const decided = decideStating({ id: ledger.newId() as StatementId, party }, wish, replaced);
    if (!decided.ok) return decided;
    const stranger = await sourcesRefused(book, ledger, party, wish);
    return stranger ?? record(book, decided.value);
  });
}

/** What shows a fact is filed under this client, says the words that are quoted, and is an entry of ours. */
async function sourcesRefused(
  { tx }: Book,
  ledger: Ledger,
  party: string,
  { cites, records, entry }: StatementWish,
) {
  const { workspaceId } = ledger;
  const stranger = await strangerAmong(tx, workspaceId, party, records);
  if (stranger !== null) return refuse('source-not-theirs' as const, { id: stranger });
  if (entry !== null && !(await isAbout(ledger, tx, party, entry as RecordId)))
    return refuse('source-not-theirs' as const, { id: entry });
  return citesRefused(tx, workspaceId, party, cites);
}

/** Whether an entry stands in the stream of this client. */
async function isAbout(
  { vault, workspaceId }: Ledger,
  tx: Tx,
  party: string,
  id: RecordId,
): Promise<boolean> {
  const [entry] = await entriesById(tx, workspaceId, [id]);
  const envelope = entry ? await vault.openEnvelope(sealedEnvelopeOf(entry)) : 'erased';
  return envelope !== 'erased' && readEnvelope(envelope).stream === partyStream(party);
}

/** Takes a fact out of the chronology; that it stood there stays in the record. */
export async function withdrawFact(
  ledger: Ledger,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Outcome<{ readonly id: string }, StatementRefusal>> {
  const { db, workspaceId } = ledger;
  const known = await loadStatement(db, workspaceId, id);
  if (!known) return refuse('statement-unknown');
  return deciding(ledger, actor, `party:${known.partyId}`, async (book) => {
    const decided = decideWithdrawing(await loadStatement(book.tx, workspaceId, id), reason);
    return decided.ok ? record(book, decided.value) : decided;
  });
}

async function record(book: Book, fact: StatementFact): Promise<Outcome<{ readonly id: string }, never>> {
  await book.record(partyStream(fact.party), [fact], projectStatements);
  return accept({ id: fact.id });
}

/** Says that an event of the record is no fact for the chronology; in no ledger, and it can be brought back. */
export async function dismissFact(
  { db, workspaceId, chance }: Ledger,
  actor: Actor,
  party: string,
  proposal: string,
): Promise<Outcome<null, 'party-unknown'>> {
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  await dismissProposal(db, workspaceId, party, proposal, { actor, at: chance.now() });
  return accept(null);
}

export async function bringBackFacts(
  { db, workspaceId }: Ledger,
  party: string,
): Promise<Outcome<null, 'party-unknown'>> {
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  await bringBackProposals(db, workspaceId, party);
  return accept(null);
}
