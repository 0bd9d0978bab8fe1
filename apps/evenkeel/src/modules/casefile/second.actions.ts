import type { Tx } from '../../kernel/db.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { loadEverybody, loadMembers } from '../account/account.actions.ts';
import type { Outsider } from '../account/second-person.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { LOCAL_OWNER } from '../ledger/ledger.ts';
import { interactionsAmong } from './case.store.ts';

/** Whether a mail can show that somebody outside has looked: it is in the record, and it is not ours. */
export async function proofRefused(
  { workspaceId }: Ledger,
  tx: Tx,
  outsider: Outsider | null,
): Promise<'interaction-unknown' | 'proof-unusable' | null> {
  if (outsider === null) return null;
  const [proof] = await interactionsAmong(tx, workspaceId, [outsider.proof]);
  if (!proof) return 'interaction-unknown';
  return proof.direction === 'outbound' ? 'proof-unusable' : null;
}

export async function countMembers({ workspaceId }: Ledger, tx: Tx): Promise<number> {
  return (await loadMembers(tx, workspaceId)).length;
}

/** Whether somebody may be given a complaint or a case: a member, or the owner of this machine. */
export async function memberRefused(
  { workspaceId }: Ledger,
  tx: Tx,
  actor: string,
): Promise<Outcome<null, 'member-unknown'>> {
  if (actor === LOCAL_OWNER) return accept(null);
  const members = await loadMembers(tx, workspaceId);
  return members.some(({ id }) => actor === `member:${id}`) ? accept(null) : refuse('member-unknown');
}

/** Members' names by how the ledger names them. */
export async function memberNames({ db, workspaceId }: Ledger): Promise<ReadonlyMap<string, string>> {
  return new Map((await loadEverybody(db, workspaceId)).map(({ id, name }) => [`member:${id}`, name]));
}
