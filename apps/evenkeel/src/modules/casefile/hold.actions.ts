import type { Actor, WorkspaceId } from '../../kernel/brand.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Outsider } from '../account/second-person.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream, type Stream, WORKSPACE_STREAM } from '../ledger/ledger.ts';
import { loadParty } from '../party/party.actions.ts';
import { loadCase } from './case.store.ts';
import { projectCasefile } from './casefile.store.ts';
import { endOf } from './days.actions.ts';
import { type HoldFilter, type HoldRow, holdsOnRecord, listHolds, loadHold } from './hold.store.ts';
import {
  decideHolding,
  decideReleasing,
  type HoldFact,
  type HoldId,
  type HoldRefusal,
  type HoldWish,
} from './hold.ts';
import { countMembers, proofRefused } from './second.actions.ts';

/** Sets a hold: nothing under it may be erased until it is released. */
export async function setHold(
  ledger: Ledger,
  actor: Actor,
  wish: Omit<HoldWish, 'since' | 'reviewAt'> & {
    readonly since: Instant | null;
    /** A day where the workspace is. */
    readonly reviewOn: string | null;
  },
): Promise<Outcome<{ readonly id: HoldId }, HoldRefusal>> {
  const { workspaceId } = ledger;
  // A case is one party's, and what is held of it is counted among that party's entries.
  const found = wish.caseId === null ? null : await loadCase(ledger.db, workspaceId, wish.caseId);
  if (wish.scope === 'case' && !found) return refuse('case-unknown');
  const partyId = wish.scope === 'workspace' ? null : (found?.partyId ?? wish.partyId);
  if (wish.scope === 'party' && (partyId === null || !(await loadParty(ledger.db, workspaceId, partyId))))
    return refuse('party-unknown');
  const reviewAt = await endOf(ledger, wish.reviewOn);
  return deciding(ledger, actor, subjectOf(partyId), async (book) => {
    const id = ledger.newId() as HoldId;
    const caseId = wish.scope === 'case' ? wish.caseId : null;
    const { scope, reason, custodian } = wish;
    const since = wish.since ?? book.now;
    const given = { scope, partyId, caseId, reason, custodian, since, reviewAt };
    const decided = decideHolding(id, given, book.now);
    if (!decided.ok) return decided;
    await record(book, decided.value);
    return accept({ id });
  });
}

/** What came of the wish to release a hold: it is released, or somebody waits, for a day or for another member. */
export type Releasing = { readonly state: 'released' | 'waiting'; readonly until: Instant | null };

/** Releases a hold with a second person, or begins the wait of somebody who works alone. */
export async function releaseHold(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly reason: string; readonly outsider: Outsider | null },
): Promise<Outcome<Releasing, HoldRefusal>> {
  const { workspaceId } = ledger;
  const found = await loadHold(ledger.db, workspaceId, id);
  if (!found) return refuse('hold-unknown');
  return deciding(ledger, actor, subjectOf(found.partyId), async (book) => {
    const hold = await loadHold(book.tx, workspaceId, id);
    const refused = await proofRefused(ledger, book.tx, wish.outsider);
    if (refused) return refuse(refused);
    const members = await countMembers(ledger, book.tx);
    const decided = decideReleasing(hold!, { ...wish, actor, members, now: book.now });
    if (!decided.ok) return decided;
    await record(book, decided.value);
    const { value: fact } = decided;
    return accept<Releasing>(
      fact.kind === 'hold.release-asked'
        ? { state: 'waiting', until: fact.until }
        : { state: 'released', until: null },
    );
  });
}

export async function holdsOver(
  { db, workspaceId }: Ledger,
  filter: HoldFilter,
): Promise<readonly HoldRow[]> {
  return listHolds(db, workspaceId, filter);
}

/**
 * Whether something may not be erased now.
 *
 * @param what a party with all that is filed under it, or one record, which is held with each party and case it is in
 */
export async function isHeld(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  what: { readonly party?: string; readonly interaction?: string },
): Promise<boolean> {
  const { party, interaction } = what;
  const holds = [
    ...(party === undefined ? [] : await listHolds(db, workspaceId, { party })),
    ...(interaction === undefined ? [] : await holdsOnRecord(db, workspaceId, interaction)),
  ];
  return holds.length > 0;
}

async function record(book: Book, fact: HoldFact): Promise<void> {
  await book.record(streamOf(fact.partyId), [fact], projectCasefile);
}

function streamOf(partyId: string | null): Stream {
  return partyId === null ? WORKSPACE_STREAM : partyStream(partyId);
}

function subjectOf(partyId: string | null): string {
  return partyId === null ? 'workspace' : `party:${partyId}`;
}
