import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { TimeKey } from '../../kernel/paging.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { loadParty } from '../party/party.actions.ts';
import { type CaseFilter, type CaseLine, interactionsAmong, listCases, loadCase } from './case.store.ts';
import {
  type CaseFact,
  type CaseId,
  type CasePerson,
  type CaseRefusal,
  type CaseState,
  type CaseWish,
  decideAddingPoint,
  decideChanging,
  decideClosing,
  decideMoving,
  decideNaming,
  decideOpening,
  decideRecord,
  decideRemovingPerson,
  decideRemovingPoint,
  decideReopening,
  type OpenStage,
} from './case.ts';
import { projectCasefile } from './casefile.store.ts';
import { pointsAmong } from './points.store.ts';
import { memberRefused } from './second.actions.ts';

type Done = Outcome<{ readonly id: CaseId }, CaseRefusal>;

export async function openCase(
  ledger: Ledger,
  actor: Actor,
  partyId: string,
  wish: CaseWish & { readonly pointIds: readonly string[] },
): Promise<Done> {
  return deciding(ledger, actor, `party:${partyId}`, async (book) => {
    if (!(await loadParty(book.tx, ledger.workspaceId, partyId))) return refuse('party-unknown');
    const seen = await pointsAmong(book.tx, ledger.workspaceId, wish.pointIds);
    return settle(book, decideOpening(ledger.newId() as CaseId, partyId, wish, seen));
  });
}

export function changeCase(ledger: Ledger, actor: Actor, id: string, wish: CaseWish): Promise<Done> {
  return about(ledger, actor, id, async (state) => decideChanging(state, wish));
}

export function moveCase(
  ledger: Ledger,
  actor: Actor,
  id: string,
  stage: OpenStage,
  reason: string,
): Promise<Done> {
  return about(ledger, actor, id, async (state) => decideMoving(state, stage, reason));
}

export function addCasePoint(ledger: Ledger, actor: Actor, id: string, pointId: string): Promise<Done> {
  return about(ledger, actor, id, async (state, { tx }) =>
    decideAddingPoint(state, pointId, await pointsAmong(tx, ledger.workspaceId, [pointId])),
  );
}

export function removeCasePoint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  pointId: string,
  reason: string,
): Promise<Done> {
  return about(ledger, actor, id, async (state, { tx }) =>
    decideRemovingPoint(state, pointId, reason, await pointsAmong(tx, ledger.workspaceId, [pointId])),
  );
}

/** Takes a record of somebody else into a case, or out of it. */
export function changeCaseRecord(
  ledger: Ledger,
  actor: Actor,
  id: string,
  interactionId: string,
  wish: { readonly isIn: boolean; readonly reason: string },
): Promise<Done> {
  return about(ledger, actor, id, async (state, { tx }) => {
    const known = await interactionsAmong(tx, ledger.workspaceId, [interactionId]);
    return decideRecord(state, interactionId, wish, known.length > 0);
  });
}

export function nameCasePerson(
  ledger: Ledger,
  actor: Actor,
  id: string,
  person: Omit<CasePerson, 'id'>,
): Promise<Done> {
  return about(ledger, actor, id, async (state, { tx }) => {
    const member = person.member === null ? null : await memberRefused(ledger, tx, person.member);
    return member && !member.ok ? member : decideNaming(state, { ...person, id: ledger.newId() });
  });
}

export function removeCasePerson(
  ledger: Ledger,
  actor: Actor,
  id: string,
  personId: string,
  reason: string,
): Promise<Done> {
  return about(ledger, actor, id, async (state) => decideRemovingPerson(state, personId, reason));
}

export function closeCase(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly reason: string; readonly nextRoute: string | null },
): Promise<Done> {
  return about(ledger, actor, id, async (state, { tx }) =>
    decideClosing(state, wish, await pointsAmong(tx, ledger.workspaceId, state.pointIds)),
  );
}

export function reopenCase(ledger: Ledger, actor: Actor, id: string, reason: string): Promise<Done> {
  return about(ledger, actor, id, async (state) => decideReopening(state, reason));
}

/** Loads a case under its party's lock, and records what is decided about it. */
async function about(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (state: CaseState, book: Book) => Promise<Outcome<CaseFact, CaseRefusal>>,
): Promise<Done> {
  const found = await loadCase(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('case-unknown');
  return deciding(ledger, actor, `party:${found.partyId}`, async (book) => {
    const state = await loadCase(book.tx, ledger.workspaceId, id);
    return state ? settle(book, await decide(state, book)) : refuse('case-unknown');
  });
}

async function settle(book: Book, decided: Outcome<CaseFact, CaseRefusal>): Promise<Done> {
  if (!decided.ok) return decided;
  await book.record(partyStream(decided.value.partyId), [decided.value], projectCasefile);
  return accept({ id: decided.value.id });
}

export async function casesPage(
  { db, workspaceId }: Ledger,
  filter: CaseFilter,
  after: TimeKey | null,
  limit: number,
): Promise<readonly CaseLine[]> {
  return listCases(db, workspaceId, filter, after, limit);
}
