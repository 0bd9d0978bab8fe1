import type { Actor } from '../../kernel/brand.ts';
import { endOfDay, type LocalDate } from '../../kernel/calendar.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Account } from '../account/account.actions.ts';
import { type CaseSeen, isHere } from '../account/account.ts';
import type { PeopleRefusal } from '../account/invitation.ts';
import {
  endMembership,
  type Invited,
  invite,
  peopleOf,
  withdrawInvitation,
} from '../account/people.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { loadCase } from './case.store.ts';

/** @param day the last one on which they see the case, as our zone counts days */
export type CounselWish = { readonly name: string; readonly day: string };

/** Whether there is a case to let anybody into. */
export async function isCase({ db, workspaceId }: Ledger, id: string): Promise<boolean> {
  return (await loadCase(db, workspaceId, id)) !== null;
}

/** Asks counsel into one case, until the end of a day. */
export async function inviteCounsel(
  ledger: Ledger,
  account: Account,
  actor: Actor,
  caseId: string,
  { name, day }: CounselWish,
): Promise<Outcome<Invited, PeopleRefusal>> {
  const { db, workspaceId } = ledger;
  const { zone } = await loadWorkspace(db, workspaceId);
  const sees: CaseSeen = { caseId, until: endOfDay({ zone }, day as LocalDate) };
  return invite(account, actor, { role: 'counsel', name, sees });
}

/** Who sees a case from outside, who did, and who is asked to. */
export async function counselOf(account: Account, caseId: string) {
  const { members, invitations } = await peopleOf(account);
  const isMeant = ({ sees }: { readonly sees: CaseSeen | null }) => sees?.caseId === caseId;
  const now = account.chance.now();
  return {
    people: members.filter(isMeant).map((member) => {
      const { id, name, leftAt, sees } = member;
      return { id, name, until: sees!.until, leftAt, isHere: isHere(member, now) };
    }),
    invitations: invitations
      .filter(isMeant)
      .map(({ id, name, until, sees }) => ({ id, name, codeUntil: until, until: sees!.until })),
  };
}

/** They are signed out everywhere at once, and see nothing any more. */
export async function endCounsel(
  account: Account,
  actor: Actor,
  caseId: string,
  { memberId, reason }: { readonly memberId: string; readonly reason: string },
): Promise<Outcome<null, PeopleRefusal>> {
  const found = await counselOf(account, caseId);
  if (!found.people.some((one) => one.id === memberId && one.isHere)) return refuse('member-unknown');
  return endMembership(account, actor, memberId, reason);
}

export async function withdrawCounselInvitation(
  account: Account,
  actor: Actor,
  caseId: string,
  invitationId: string,
): Promise<Outcome<null, PeopleRefusal>> {
  const found = await counselOf(account, caseId);
  if (!found.invitations.some(({ id }) => id === invitationId)) return refuse('invitation-unknown');
  return withdrawInvitation(account, actor, invitationId);
}
