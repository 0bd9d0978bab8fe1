import type { Actor } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Account, type Entered, everybodyOf, membersOf } from './account.actions.ts';
import { addMember, giveRole, leaveMember } from './account.store.ts';
import {
  addedFact,
  cleanName,
  countTry,
  decideNewcomer,
  forgetTries,
  type Member,
  type NewcomerRefusal,
  signInAddress,
  type TriesRefusal,
} from './account.ts';
import {
  addInvitation,
  dropInvitation,
  isWaiting,
  openInvitations,
  useInvitation,
} from './invitation.store.ts';
import {
  decideInviting,
  decideLeaving,
  decideRole,
  type Invitation,
  type InvitedRole,
  invitedUntil,
  isTaken,
  type PeopleRefusal,
} from './invitation.ts';
import { hashOfCode, newCode } from './phone.ts';

const TRIES_AT = 'invitation';

/** The only time the code is seen; what is kept is its hash. */
export type Invited = { readonly id: string; readonly code: string; readonly until: Instant };
/** What somebody gives who was invited. */
export type Joining = { readonly code: string; readonly name: string; readonly password: string };

/** As what somebody is asked in, and which case they see who come as counsel. */
type InvitationWish = Pick<Invitation, 'role' | 'name' | 'sees'>;

/** Asks somebody in: a code that works once, for a week. */
export async function invite(
  account: Account,
  actor: Actor,
  wish: InvitationWish,
): Promise<Outcome<Invited, PeopleRefusal>> {
  const { db, chance, workspaceId } = account;
  const now = chance.now();
  const decided = decideInviting((await openInvitations(db, workspaceId, now)).length, wish.sees, now);
  if (!decided.ok) return decided;
  const { role, sees } = wish;
  const [id, code, until, name] = [
    account.newId(),
    newCode(chance),
    invitedUntil(now),
    cleanName(wish.name) ?? '',
  ];
  const invitation: Invitation = { id, role, sees, name, until, invitedAt: now, invitedBy: actor };
  await db.transaction().execute(async (tx) => {
    await addInvitation(tx, workspaceId, invitation, hashOfCode('invitation', code));
    await account.record(
      tx,
      actor,
      sees
        ? { kind: 'account.counsel-invited', id, name, ...sees }
        : { kind: 'account.member-invited', id, name, role },
    );
  });
  return accept({ id, code, until });
}

export async function withdrawInvitation(
  account: Account,
  actor: Actor,
  id: string,
): Promise<Outcome<null, PeopleRefusal>> {
  const isGone = await account.db.transaction().execute(async (tx) => {
    if (!(await dropInvitation(tx, account.workspaceId, id))) return false;
    await account.record(tx, actor, { kind: 'account.invitation-withdrawn', id });
    return true;
  });
  return isGone ? accept(null) : refuse('invitation-unknown');
}

/**
 * Lets somebody in who was invited, under the name and with the password they chose, once.
 *
 * @param given attacker-controlled until the code is right, so nothing else is said about it before; tries are counted
 *   over all invitations together
 */
export async function join(
  account: Account,
  given: Joining,
): Promise<Outcome<Entered, PeopleRefusal | NewcomerRefusal | TriesRefusal>> {
  const { db, chance, workspaceId, memory } = account;
  const counted = countTry(memory.tries, TRIES_AT, chance.now());
  if (!counted.ok) return counted;
  memory.tries = counted.value;
  const code = hashOfCode('invitation', given.code);
  if (!(await isWaiting(db, workspaceId, code, chance.now()))) return refuse('invitation-refused');
  memory.tries = forgetTries(memory.tries, TRIES_AT);
  const decided = decideNewcomer({ ...given, addresses: [], zone: null });
  if (!decided.ok) return decided;
  const { name, password } = decided.value;
  if (isTaken(await everybodyOf(account), name)) return refuse('name-taken');
  return comeIn(account, code, name, password);
}

async function comeIn(
  account: Account,
  code: Uint8Array,
  name: string,
  password: string,
): Promise<Outcome<Entered, PeopleRefusal>> {
  const id = account.newId();
  const user = await account.auth.addUser(signInAddress(id), password);
  const undo = () => account.auth.removeUser(user.userId);
  const member = await keepMember(account, code, { id, userId: user.userId, name, leftAt: null }).catch(
    async (error: unknown) => {
      await undo();
      throw error;
    },
  );
  account.memory.members = null;
  if (member) return accept({ member, cookies: user.cookies });
  await undo();
  return refuse('invitation-refused');
}

/** @returns null when somebody else used the code up in the meantime */
async function keepMember(
  account: Account,
  code: Uint8Array,
  newcomer: Omit<Member, 'role' | 'sees'>,
): Promise<Member | null> {
  const { db, workspaceId, chance } = account;
  return db.transaction().execute(async (tx) => {
    const invited = await useInvitation(tx, workspaceId, code, chance.now());
    if (invited === null) return null;
    const member = { ...newcomer, ...invited };
    await addMember(tx, workspaceId, member, chance.now());
    await account.record(tx, `member:${member.id}` as Actor, addedFact(member));
    return member;
  });
}

/** Who works here, who worked here, and who was asked to. */
export async function peopleOf(account: Account) {
  const { db, workspaceId, chance } = account;
  const [everybody, invitations] = await Promise.all([
    everybodyOf(account),
    openInvitations(db, workspaceId, chance.now()),
  ]);
  const members = everybody.map(({ userId: _, ...member }) => member);
  return { members, invitations };
}

export async function changeRole(
  account: Account,
  actor: Actor,
  id: string,
  role: InvitedRole,
): Promise<Outcome<null, PeopleRefusal>> {
  const decided = decideRole(await membersOf(account), id, role);
  if (!decided.ok) return decided;
  const { role: before } = decided.value;
  await account.db.transaction().execute(async (tx) => {
    await giveRole(tx, account.workspaceId, id, role);
    await account.record(tx, actor, { kind: 'account.role-given', id, role, before });
  });
  account.memory.members = null;
  return accept(null);
}

/** Whoever leaves is signed out everywhere and signs in no more; what they did stays under their name. */
export async function endMembership(
  account: Account,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Outcome<null, PeopleRefusal>> {
  const { db, workspaceId, chance } = account;
  const decided = decideLeaving(await membersOf(account), id, reason);
  if (!decided.ok) return decided;
  await db.transaction().execute(async (tx) => {
    await leaveMember(tx, workspaceId, id, chance.now());
    await account.record(tx, actor, { kind: 'account.member-left', id, reason: reason.trim() });
  });
  account.memory.members = null;
  await account.auth.removeUser(decided.value.userId);
  return accept(null);
}
