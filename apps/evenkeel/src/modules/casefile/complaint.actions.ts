import type { Actor, WorkspaceId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, type Params, refuse } from '../../kernel/outcome.ts';
import type { Outsider } from '../account/second-person.ts';
import { type Cite, citesRefused } from '../interaction/cites.actions.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { loadParty } from '../party/party.actions.ts';
import { loadCase } from './case.store.ts';
import { projectCasefile } from './casefile.store.ts';
import { lastSequence, lockRegister } from './complaint.store.ts';
import type {
  ComplaintFact,
  ComplaintId,
  ComplaintRefusal,
  ComplaintStage,
  ComplaintState,
  OutcomeSource,
} from './complaint.ts';
import {
  type Assessment,
  type ComplaintWish,
  decideAddingPoint,
  decideAssessing,
  decideClosing,
  decideDeciding,
  decideGiving,
  decidePlanning,
  decidePoint,
  decideRegistering,
  decideReopening,
  decideStaging,
  type PointDecision,
} from './complaint-deciding.ts';
import { endOf } from './days.actions.ts';
import { isClauseOf, pointsAmong } from './points.store.ts';
import { loadComplaint } from './register.store.ts';
import { countMembers, memberRefused, proofRefused } from './second.actions.ts';

type Done<T = { readonly id: ComplaintId }> = Promise<Outcome<T, ComplaintRefusal>>;

/** Registers a complaint under the next number of the year; nobody else gets the same one. */
export async function registerComplaint(
  ledger: Ledger,
  actor: Actor,
  partyId: string,
  wish: Omit<ComplaintWish, 'owner'> & { readonly owner: string | null },
): Done<{ readonly id: ComplaintId; readonly number: string }> {
  const { workspaceId } = ledger;
  return deciding(ledger, actor, `party:${partyId}`, async (book) => {
    const given = { ...wish, owner: wish.owner ?? actor };
    const refused = await wishRefused(ledger, book.tx, partyId, given);
    if (refused) return refuse(refused);
    const lost = await citesRefused(book.tx, workspaceId, partyId, citesOf(wish));
    if (lost) return lost;
    const seen = await pointsAmong(book.tx, ledger.workspaceId, wish.pointIds);
    await lockRegister(book.tx, workspaceId);
    const year = yearIn((await loadWorkspace(book.tx, workspaceId)).zone, book.now);
    const sequence = 1 + (await lastSequence(book.tx, workspaceId, year));
    const id = ledger.newId() as ComplaintId;
    const decided = decideRegistering({ id, partyId, now: book.now }, given, seen, { year, sequence });
    if (!decided.ok) return decided;
    await record(book, decided.value);
    const { number } = decided.value as Extract<ComplaintFact, { kind: 'complaint.registered' }>;
    return accept({ id, number });
  });
}

function citesOf({ cite, remedyCite }: Pick<ComplaintWish, 'cite' | 'remedyCite'>): readonly Cite[] {
  return remedyCite ? [cite, remedyCite] : [cite];
}

async function wishRefused(
  ledger: Ledger,
  tx: Tx,
  partyId: string,
  { caseId, owner }: Pick<ComplaintWish, 'caseId' | 'owner'>,
): Promise<ComplaintRefusal | null> {
  if (!(await loadParty(tx, ledger.workspaceId, partyId))) return 'party-unknown';
  const found = caseId === null ? null : await loadCase(tx, ledger.workspaceId, caseId);
  if (caseId !== null && !found) return 'case-unknown';
  if (found && found.partyId !== partyId) return 'case-elsewhere';
  const member = await memberRefused(ledger, tx, owner);
  return member.ok ? null : member.reason;
}

/** The year on the wall where the workspace is: on New Year's night it is not that of Greenwich. */
function yearIn(zone: string, now: Instant): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' }).format(new Date(now)));
}

/** How severe it is, whether somebody is in danger, and whether something must be done at once. */
export function assessComplaint(ledger: Ledger, actor: Actor, id: string, wish: Assessment): Done {
  return about(ledger, actor, id, async (state) => decideAssessing(state, wish));
}

export function giveComplaint(ledger: Ledger, actor: Actor, id: string, owner: string, reason: string): Done {
  return about(ledger, actor, id, async (state, { tx }) => {
    const member = await memberRefused(ledger, tx, owner);
    return member.ok ? decideGiving(state, owner, reason) : member;
  });
}

/** On which day the answer is planned, where the workspace is; null takes the date away again. */
export async function planAnswer(
  ledger: Ledger,
  actor: Actor,
  id: string,
  answerOn: string | null,
  reason: string,
): Done {
  const answerBy = await endOf(ledger, answerOn);
  return about(ledger, actor, id, async (state) => decidePlanning(state, answerBy, reason));
}

export function addComplaintPoint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  pointId: string,
  reason: string,
): Done {
  return about(ledger, actor, id, async (state, { tx }) =>
    decideAddingPoint(state, pointId, reason, await pointsAmong(tx, ledger.workspaceId, [pointId])),
  );
}

/** Sets the outcome of one numbered point at the stage that is going on; the last one set is the one in force. */
export function decideComplaintPoint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  pointId: string,
  wish: PointDecision,
): Done {
  return about(ledger, actor, id, async (state, { tx }) => {
    const lost = await sourceLost(ledger, tx, state.partyId, wish.source);
    return lost ? refuse(lost.reason, lost.params) : decidePoint(state, pointId, wish);
  });
}

/** Why an outcome cannot rest on this: its words, or its clause, are not this party's. */
async function sourceLost(
  { workspaceId }: Ledger,
  tx: Tx,
  partyId: string,
  source: OutcomeSource | null,
): Promise<{ readonly reason: ComplaintRefusal; readonly params?: Params } | null> {
  if (source?.kind === 'record') return citesRefused(tx, workspaceId, partyId, [source.cite]);
  const isLost =
    source?.kind === 'clause' &&
    source.clauseId !== null &&
    !(await isClauseOf(tx, workspaceId, partyId, source.clauseId));
  return isLost ? { reason: 'clause-unknown' } : null;
}

/** What came of the wish to decide: it is decided, or who works alone waits. */
export type Deciding = { readonly state: 'decided' | 'waiting'; readonly until: Instant | null };

export async function decideComplaint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly says: string; readonly reason: string; readonly outsider: Outsider | null },
): Done<Deciding> {
  const { workspaceId } = ledger;
  const found = await loadComplaint(ledger.db, workspaceId, id);
  if (!found) return refuse('complaint-unknown');
  return deciding(ledger, actor, `party:${found.partyId}`, async (book) => {
    const state = (await loadComplaint(book.tx, workspaceId, id))!;
    const refused = await proofRefused(ledger, book.tx, wish.outsider);
    if (refused) return refuse(refused);
    const members = await countMembers(ledger, book.tx);
    const { outsider } = wish;
    const decided = decideDeciding(state, wish, { actor, members, outsider, now: book.now });
    if (!decided.ok) return decided;
    await record(book, decided.value);
    const { value: fact } = decided;
    return accept<Deciding>(
      fact.kind === 'complaint.second-asked'
        ? { state: 'waiting', until: fact.until }
        : { state: 'decided', until: null },
    );
  });
}

export async function nextStage(
  ledger: Ledger,
  actor: Actor,
  id: string,
  stage: ComplaintStage,
  reason: string,
): Done {
  const found = await loadComplaint(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('complaint-unknown');
  return deciding(ledger, actor, `party:${found.partyId}`, (book) =>
    moveComplaint(ledger, book, id, stage, reason),
  );
}

export function closeComplaint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly reason: string; readonly nextRoute: string | null },
): Done {
  return about(ledger, actor, id, async (state) => decideClosing(state, wish));
}

export function reopenComplaint(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  return about(ledger, actor, id, async (state) => decideReopening(state, reason));
}

/**
 * A complaint as those downstream see it, inside their own transaction.
 *
 * @returns null when there is none
 */
export async function complaintState(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<ComplaintState | null> {
  return loadComplaint(tx, workspaceId, id);
}

/** Takes a complaint to its next stage inside somebody else's decision, who holds the lock on its party. */
export async function moveComplaint(
  { workspaceId }: Pick<Ledger, 'workspaceId'>,
  book: Book,
  id: string,
  stage: ComplaintStage,
  reason: string,
): Done {
  const state = await loadComplaint(book.tx, workspaceId, id);
  return state ? settle(book, decideStaging(state, stage, reason)) : refuse('complaint-unknown');
}

/** Loads a complaint under its party's lock, and records what is decided about it. */
async function about(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (state: ComplaintState, book: Book) => Promise<Outcome<ComplaintFact, ComplaintRefusal>>,
): Done {
  const found = await loadComplaint(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('complaint-unknown');
  return deciding(ledger, actor, `party:${found.partyId}`, async (book) => {
    const state = await loadComplaint(book.tx, ledger.workspaceId, id);
    return state ? settle(book, await decide(state, book)) : refuse('complaint-unknown');
  });
}

async function settle(book: Book, decided: Outcome<ComplaintFact, ComplaintRefusal>): Done {
  if (!decided.ok) return decided;
  await record(book, decided.value);
  return accept({ id: decided.value.id });
}

async function record(book: Book, fact: ComplaintFact): Promise<void> {
  await book.record(partyStream(fact.partyId), [fact], projectCasefile);
}
