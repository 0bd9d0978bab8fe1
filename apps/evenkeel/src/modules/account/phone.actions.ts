import type { Caller } from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Account, actorOf, membersOf } from './account.actions.ts';
import { cleanName, countTry, forgetTries, type Member, type TriesRefusal } from './account.ts';
import { addPhone, pairedPhones, phoneWithToken, removeOne, sawPhone, useCode } from './phone.store.ts';
import {
  codeUntil,
  cookieIn,
  hashOfCode,
  hashOfToken,
  isIdle,
  isSeenAgain,
  newCode,
  newPhoneToken,
  type Phone,
  type PhoneRefusal,
  phoneCookie,
} from './phone.ts';

/** The only time the code is seen; what is kept is its hash. */
export type Pairing = { readonly id: string; readonly code: string; readonly until: Instant };

const TRIES_AT = 'phone';

/** Begins to add a phone: a code that works once, for ten minutes. */
export async function startPairing(
  account: Account,
  caller: Caller,
  name: string,
): Promise<Outcome<Pairing, 'phone-unknown'>> {
  const member = await memberWho(account, caller);
  if (!member) return refuse('phone-unknown');
  const { db, chance, workspaceId } = account;
  const now = chance.now();
  const [id, code, until] = [account.newId(), newCode(chance), codeUntil(now)];
  const phone = { id, memberId: member.id, name: cleanName(name) ?? '' };
  await db
    .transaction()
    .execute((tx) => addPhone(tx, workspaceId, phone, { hash: hashOfCode('phone', code), until, now }));
  return accept({ id, code, until });
}

/**
 * Lets a phone in for its code, once.
 *
 * @param code attacker-controlled; tries are counted over all phones together
 * @returns the `Set-Cookie` value
 */
export async function pairPhone(
  account: Account,
  code: string,
  isSecure: boolean,
): Promise<Outcome<string, PhoneRefusal | TriesRefusal>> {
  const { db, chance, workspaceId, memory } = account;
  const counted = countTry(memory.tries, TRIES_AT, chance.now());
  if (!counted.ok) return counted;
  memory.tries = counted.value;
  const token = newPhoneToken(chance);
  const id = await useCode(db, workspaceId, hashOfCode('phone', code), hashOfToken(token), chance.now());
  if (id === null) return refuse('phone-code-refused');
  memory.tries = forgetTries(memory.tries, TRIES_AT);
  return accept(phoneCookie(cookieName(account), token, isSecure));
}

/** Who calls from a phone: its member, with the phone's narrow role and without their name. */
export async function phoneOf(account: Account, headers: Headers): Promise<Caller | null> {
  const token = cookieIn(headers.get('cookie'), cookieName(account));
  if (token === null || token === '') return null;
  const { db, chance, workspaceId } = account;
  const phone = await phoneWithToken(db, workspaceId, hashOfToken(token));
  const now = chance.now();
  if (!phone || isIdle(phone.seenAt, now)) return null;
  if (isSeenAgain(phone.seenAt, now)) await sawPhone(db, workspaceId, phone.id, now);
  const member = (await membersOf(account)).find(({ id }) => id === phone.memberId);
  return member ? { actor: actorOf(member), role: 'phone', name: '', isLocal: false } : null;
}

/** A member's own phones. */
export async function phonesOf(account: Account, caller: Caller): Promise<readonly Phone[]> {
  const member = await memberWho(account, caller);
  if (!member) return [];
  const all = await pairedPhones(account.db, account.workspaceId, member.id);
  return all.filter(({ seenAt }) => seenAt !== null && !isIdle(seenAt, account.chance.now()));
}

/** From now on this phone is nobody's. What it kept for later stays on it. */
export async function removePhone(
  account: Account,
  caller: Caller,
  id: string,
): Promise<Outcome<null, 'phone-unknown'>> {
  const member = await memberWho(account, caller);
  const { db, chance, workspaceId } = account;
  const isGone = member && (await removeOne(db, workspaceId, member.id, id, chance.now()));
  return isGone ? accept(null) : refuse('phone-unknown');
}

async function memberWho(account: Account, { actor }: Caller): Promise<Member | undefined> {
  return (await membersOf(account)).find((member) => actorOf(member) === actor);
}

function cookieName({ workspaceId }: Account): string {
  return `evenkeel-${workspaceId.slice(-8)}-phone`;
}
