import { timingSafeEqual } from 'node:crypto';
import { isZone } from '../../kernel/calendar.ts';
import type { Chance } from '../../kernel/chance.ts';
import type { MemberRole } from '../../kernel/http.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';

export type Member = {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly role: MemberRole;
  /** When they stopped working here; their name stays in the record. */
  readonly leftAt: Instant | null;
  /** What counsel sees; nobody else has one. */
  readonly sees: CaseSeen | null;
};

/** One case that somebody from outside sees, and the end of it. */
export type CaseSeen = { readonly caseId: string; readonly until: Instant };

/** Whether somebody signs in: they have not left, and what they were let in for has not ended. */
export function isHere({ leftAt, sees }: Pick<Member, 'leftAt' | 'sees'>, now: Instant): boolean {
  return leftAt === null && (sees === null || now < sees.until);
}

export type MemberFact =
  | {
      readonly kind: 'account.member-added';
      readonly id: string;
      readonly name: string;
      readonly role: MemberRole;
    }
  | {
      readonly kind: 'account.member-invited';
      readonly id: string;
      readonly name: string;
      readonly role: MemberRole;
    }
  | (CaseSeen & { readonly kind: 'account.counsel-invited'; readonly id: string; readonly name: string })
  | (CaseSeen & { readonly kind: 'account.counsel-added'; readonly id: string; readonly name: string })
  | { readonly kind: 'account.invitation-withdrawn'; readonly id: string }
  | {
      readonly kind: 'account.role-given';
      readonly id: string;
      readonly role: MemberRole;
      readonly before: MemberRole;
    }
  | { readonly kind: 'account.member-left'; readonly id: string; readonly reason: string };

export function addedFact({ id, name, role, sees }: Member): MemberFact {
  return sees
    ? { kind: 'account.counsel-added', id, name, ...sees }
    : { kind: 'account.member-added', id, name, role };
}

/** What the first person gives: what to call them, which addresses or handles are theirs, and a password. */
export type Newcomer = {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly password: string;
  /** Where they are; null keeps the zone of the machine. */
  readonly zone: string | null;
};
export type FirstRun = Newcomer & { readonly code: string };

export type NewcomerRefusal = 'name-unusable' | 'password-too-short' | 'password-too-long';
export type FirstRunRefusal = NewcomerRefusal | 'first-run-done' | 'code-refused';
export type TriesRefusal = 'too-many-tries';

const MIN_PASSWORD_LENGTH = 10;
/** A sentence fits; a megabyte that is to be hashed does not. */
export const MAX_PASSWORD_LENGTH = 256;
const MAX_NAME_LENGTH = 80;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** 128 bits that fit into the fragment of an address. */
export function newFirstRunCode(chance: Chance): string {
  return Buffer.from(chance.bytes(16)).toString('base64url');
}

/**
 * Decides whether somebody may become the first member, who is the owner.
 *
 * @param code the one that the start printed
 * @param given attacker-controlled until the code is right; so nothing else is said about it before
 */
export function decideFirstRun(
  members: number,
  code: string,
  given: FirstRun,
): Outcome<Newcomer, FirstRunRefusal> {
  if (members > 0) return refuse('first-run-done');
  if (!isSameSecret(code, given.code)) return refuse('code-refused');
  return decideNewcomer(given);
}

export function decideNewcomer({
  name,
  addresses,
  password,
  zone,
}: Newcomer): Outcome<Newcomer, NewcomerRefusal> {
  const cleaned = cleanName(name);
  if (cleaned === null) return refuse('name-unusable', { maxLength: MAX_NAME_LENGTH });
  const length = [...password].length;
  if (length < MIN_PASSWORD_LENGTH) return refuse('password-too-short', { minLength: MIN_PASSWORD_LENGTH });
  if (password.length > MAX_PASSWORD_LENGTH)
    return refuse('password-too-long', { maxLength: MAX_PASSWORD_LENGTH });
  const known = zone !== null && isZone(zone) ? zone : null;
  return accept({ name: cleaned, addresses: cleanAddresses(addresses), password, zone: known });
}

/** Takes the same time however much of it is right. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(sha256(Buffer.from(one)), sha256(Buffer.from(other)));
}

/** A name as it is shown: any script, single spaces; null when it is empty, too long or cannot be printed. */
export function cleanName(name: string): string | null {
  const cleaned = name.normalize('NFC').trim().replace(/ +/g, ' ');
  const isUsable = cleaned !== '' && [...cleaned].length <= MAX_NAME_LENGTH && !UNPRINTABLE.test(cleaned);
  return isUsable ? cleaned : null;
}

/** What two spellings of one name have in common: `ÄÄNI` and `ääni` are one, in every script that has cases. */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

function cleanAddresses(addresses: readonly string[]): readonly string[] {
  const byFold = new Map<string, string>();
  for (const address of addresses.map((one) => one.normalize('NFC').trim())) {
    const fold = address.toLowerCase();
    if (address !== '' && !byFold.has(fold)) byFold.set(fold, address);
  }
  return [...byFold.values()];
}

/** Sign-in needs an e-mail address for the library alone; `.invalid` (RFC 2606) can never be anybody's. */
export function signInAddress(memberId: string): string {
  return `${memberId}@members.evenkeel.invalid`;
}

/** Failed tries since a time, per thing that was tried. */
export type Tries = ReadonlyMap<string, { readonly since: Instant; readonly count: number }>;

/** Room for a person who types the wrong one, none for a list of passwords. */
const TRIES_EACH = 5;
/** Over all names together: each try costs a hash of about 100 ms. */
const TRIES_ALL = 60;
const WINDOW_MS = 5 * 60_000;
const ALL = '*';

/**
 * Counts a try before it is made, so that many at once are counted too.
 *
 * @returns the tries to remember, or when the next one is allowed
 */
export function countTry(tries: Tries, what: string, now: Instant): Outcome<Tries, TriesRefusal> {
  const open = new Map([...tries].filter(([, { since }]) => endOf(since) > now));
  for (const [key, limit] of [
    [`=${what}`, TRIES_EACH],
    [ALL, TRIES_ALL],
  ] as const) {
    const { since, count } = open.get(key) ?? { since: now, count: 0 };
    if (count >= limit) return refuse('too-many-tries', { retryAt: endOf(since) });
    open.set(key, { since, count: count + 1 });
  }
  return accept(open);
}

/** Forgets the tries at something that then succeeded. */
export function forgetTries(tries: Tries, what: string): Tries {
  return new Map([...tries].filter(([key]) => key !== `=${what}`));
}

function endOf(since: Instant): Instant {
  return instantOf(Date.parse(since) + WINDOW_MS);
}
