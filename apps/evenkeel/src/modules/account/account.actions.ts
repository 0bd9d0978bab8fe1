import type pg from 'pg';
import type { Actor, WorkspaceId } from '../../kernel/brand.ts';
import { type Chance, idMaker } from '../../kernel/chance.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { Caller } from '../../kernel/http.ts';
import type { Log } from '../../kernel/log.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { LOCAL_OWNER } from '../ledger/ledger.ts';
import { loadWorkspace, lockWorkspace, moveWorkspace, nameWorkspace } from '../ledger/workspace.store.ts';
import { addMember, loadEverybody, loadMembers } from './account.store.ts';
import {
  addedFact,
  countTry,
  decideFirstRun,
  type FirstRun,
  type FirstRunRefusal,
  foldName,
  forgetTries,
  isHere,
  type Member,
  type MemberFact,
  type Newcomer,
  signInAddress,
  type Tries,
  type TriesRefusal,
} from './account.ts';
import { type Auth, type InSession, openAuth, type SignedIn } from './auth.store.ts';
import { newScreens, type Screens } from './lock.ts';

// What modules downstream ask inside their own transactions.
export { loadEverybody, loadMembers } from './account.store.ts';

export type AccountPorts = {
  readonly db: Db;
  readonly chance: Chance;
  readonly workspaceId: WorkspaceId;
  /** At least 32 bytes derived from the workspace key. */
  readonly secret: Uint8Array;
  /** How to reach the database that `db` speaks to; the sign-in library has a small pool of its own. */
  readonly connection: pg.PoolConfig;
  /** What the start URL carries, from `newFirstRunCode`; it opens nothing once there is a member. */
  readonly firstRunCode: string;
  readonly log: Log;
  /** Writes down what changed among the members; the last thing that is done in the transaction that changes it. */
  readonly record: (tx: Tx, actor: Actor, fact: MemberFact) => Promise<void>;
};

export type Account = AccountPorts & {
  readonly auth: Auth;
  readonly newId: () => string;
  /** What is remembered while the program runs; only this process writes these tables. */
  readonly memory: { tries: Tries; members: readonly Member[] | null; readonly screens: Screens };
  /** Loads what signing in needs, so that the first to sign in does not wait; not needed to be right. */
  readonly warm: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type SignInRefusal = 'sign-in-refused' | TriesRefusal;
export type SessionState = {
  readonly state: 'first-run' | 'signed-out' | 'signed-in' | 'locked';
  readonly workspace: { readonly name: string | null; readonly zone: string };
  readonly member: (Pick<Member, 'id' | 'name' | 'role'> & { readonly caseId: string | null }) | null;
};
/** A member with a session; the cookies are `Set-Cookie` values. */
export type Entered = { readonly member: Member; readonly cookies: readonly string[] };
/** A member whose session is there already. */
export type Welcome = Entered & Pick<InSession, 'session'>;

export function openAccount(ports: AccountPorts): Account {
  const { connection, secret, log, workspaceId } = ports;
  const cookiePrefix = `evenkeel-${workspaceId.slice(-8)}`;
  const auth = openAuth({ connection, secret, log, cookiePrefix });
  return {
    ...ports,
    auth,
    newId: idMaker(ports.chance),
    memory: { tries: new Map(), members: null, screens: newScreens() },
    warm: auth.warm,
    close: auth.close,
  };
}

const FIRST = { leftAt: null, sees: null } as const;

/** Makes the first member, the owner, and signs them in. */
export async function firstRun(
  account: Account,
  given: FirstRun,
): Promise<Outcome<Entered, FirstRunRefusal | TriesRefusal>> {
  const counted = count(account, 'first-run');
  if (!counted.ok) return counted;
  const decided = decideFirstRun((await membersOf(account)).length, account.firstRunCode, given);
  if (!decided.ok) return decided;
  const id = account.newId();
  const user = await account.auth.addUser(signInAddress(id), given.password);
  const member: Member = { id, userId: user.userId, name: decided.value.name, role: 'owner', ...FIRST };
  const isFirst = await keepFirst(account, member, decided.value).catch(async (error) => {
    await account.auth.removeUser(user.userId);
    throw error;
  });
  if (isFirst) return accept(welcome(account, member, user));
  await account.auth.removeUser(user.userId);
  return refuse('first-run-done');
}

/** @returns whether nobody else became the first in the meantime */
async function keepFirst(account: Account, member: Member, { addresses, zone }: Newcomer): Promise<boolean> {
  const { db, workspaceId, chance } = account;
  return db.transaction().execute(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    if ((await loadMembers(tx, workspaceId)).length > 0) return false;
    await nameWorkspace(tx, workspaceId, member.name, addresses);
    if (zone !== null) await moveWorkspace(tx, workspaceId, zone);
    await addMember(tx, workspaceId, member, chance.now());
    await account.record(tx, LOCAL_OWNER, addedFact(member));
    return true;
  });
}

function welcome(account: Account, member: Member, { cookies }: SignedIn): Entered {
  account.memory.members = null;
  return { member, cookies };
}

export async function signIn(
  account: Account,
  name: string,
  password: string,
): Promise<Outcome<Entered, SignInRefusal>> {
  const fold = foldName(name);
  const counted = count(account, `name ${fold}`);
  if (!counted.ok) return counted;
  const member = (await membersOf(account)).find((one) => foldName(one.name) === fold);
  // Asked also for a name that nobody has, so that both take as long.
  const user = await account.auth.signIn(signInAddress(member?.id ?? 'nobody'), password);
  if (!member || user?.userId !== member.userId) return refuse('sign-in-refused');
  account.memory.tries = forgetTries(account.memory.tries, `name ${fold}`);
  return accept({ member, cookies: user.cookies });
}

/** Ends the session, also one that is over already; returns the cookies to delete. */
export async function signOut(account: Account, headers: Headers): Promise<readonly string[]> {
  return account.auth.signOut(headers);
}

/** The member a request comes from, by its cookies; null without a session or when they are no member any more. */
export async function sessionOf(account: Account, headers: Headers): Promise<Welcome | null> {
  const user = await account.auth.sessionOf(headers);
  const member = user && (await membersOf(account)).find((one) => one.userId === user.userId);
  return user && member ? { member, cookies: user.cookies, session: user.session } : null;
}

/** What is told of a locked session: nothing but that it is. */
export async function lockedState({ db, workspaceId }: Account): Promise<SessionState> {
  const { zone } = await loadWorkspace(db, workspaceId);
  return { state: 'locked', workspace: { name: null, zone }, member: null };
}

/** What the page needs first: whether to ask for a name, for a password, or for nothing. */
export async function stateFor(account: Account, caller: Caller | null): Promise<SessionState> {
  const members = await membersOf(account);
  const { name, zone } = await loadWorkspace(account.db, account.workspaceId);
  if (caller) return { state: 'signed-in', workspace: { name, zone }, member: memberOf(members, caller) };
  // A name is nobody's business who has not signed in.
  const workspace = { name: null, zone };
  return { state: members.length === 0 ? 'first-run' : 'signed-out', workspace, member: null };
}

function memberOf(members: readonly Member[], caller: Caller): SessionState['member'] {
  const member = members.find((one) => actorOf(one) === caller.actor);
  if (!member) return null;
  const { id, name, role, sees } = member;
  return { id, name, role, caseId: sees?.caseId ?? null };
}

/** How the ledger names a member. */
export function actorOf(member: Member): Actor {
  return `member:${member.id}` as Actor;
}

/** Whoever may sign in, oldest first. */
export async function membersOf(account: Account): Promise<readonly Member[]> {
  const now = account.chance.now();
  return (await everybodyOf(account)).filter((member) => isHere(member, now));
}

/** Everybody who ever worked here, oldest first, as they were when somebody last changed them. */
export async function everybodyOf(account: Account): Promise<readonly Member[]> {
  account.memory.members ??= await loadEverybody(account.db, account.workspaceId);
  return account.memory.members;
}

function count(account: Account, what: string): Outcome<Tries, TriesRefusal> {
  const counted = countTry(account.memory.tries, what, account.chance.now());
  if (counted.ok) account.memory.tries = counted.value;
  return counted;
}

/** Whether anybody may sign in yet. */
export async function hasMembers(account: Account): Promise<boolean> {
  return (await membersOf(account)).length > 0;
}
