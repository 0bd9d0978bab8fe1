import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream, WORKSPACE_STREAM } from '../ledger/ledger.ts';
import { markable, privilegesOf, projectPrivileges } from './privilege.store.ts';
import {
  decideChange,
  decideMarking,
  type Privilege,
  type PrivilegeChange,
  type PrivilegeFact,
  type PrivilegeRefusal,
  type PrivilegeWish,
} from './privilege.ts';

export { privilegesOf } from './privilege.store.ts';

const AT_ONCE = 2000;
const SUBJECT = 'privilege';

/** Marks records as what stays with us. One that says the same already is not marked again. */
export async function markPrivileged(
  ledger: Ledger,
  actor: Actor,
  ids: readonly string[],
  wish: PrivilegeWish,
): Promise<Outcome<{ readonly marked: number }, PrivilegeRefusal>> {
  if (ids.length > AT_ONCE) return refuse('too-many-at-once', { limit: AT_ONCE });
  return deciding(ledger, actor, SUBJECT, async (book) => {
    const unique = [...new Set(ids)];
    const found = await markable(book.tx, ledger.workspaceId, unique);
    if (found.length < unique.length) return refuse('interaction-unknown');
    const marks = await privilegesOf(book.tx, ledger.workspaceId, unique);
    const facts = found
      .map((about) => decideMarking(about, wish))
      .filter((fact) => !saysSo(marks.get(fact.interaction), wish));
    await record(book, facts);
    return accept({ marked: facts.length });
  });
}

/** Lifts a mark, waives it with a reason, or ends a waiver. */
export async function changePrivilege(
  ledger: Ledger,
  actor: Actor,
  id: string,
  { change, reason }: { readonly change: PrivilegeChange; readonly reason: string },
): Promise<Outcome<{ readonly id: string }, PrivilegeRefusal>> {
  return deciding(ledger, actor, SUBJECT, async (book) => {
    const marks = await privilegesOf(book.tx, ledger.workspaceId, [id]);
    const decided = decideChange(marks.get(id) ?? null, change, reason);
    if (!decided.ok) return decided;
    await record(book, [decided.value]);
    return accept({ id });
  });
}

export async function privilegeOf(
  { db, workspaceId }: Ledger,
  id: string,
): Promise<Outcome<{ readonly privilege: Privilege | null }, PrivilegeRefusal>> {
  const [known] = await markable(db, workspaceId, [id]);
  if (!known) return refuse('interaction-unknown');
  return accept({ privilege: (await privilegesOf(db, workspaceId, [id])).get(id) ?? null });
}

function saysSo(mark: Privilege | undefined, wish: PrivilegeWish): boolean {
  return mark?.kind === wish.kind && mark.basis === wish.basis.trim() && mark.waived === null;
}

async function record(book: Book, facts: readonly PrivilegeFact[]): Promise<void> {
  for (const [party, said] of Map.groupBy(facts, (fact) => fact.party))
    await book.record(party === null ? WORKSPACE_STREAM : partyStream(party), said, projectPrivileges);
}
