import type { MemberRole } from '../../kernel/http.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type CaseSeen, foldName, type Member } from './account.ts';

/** As what an owner asks somebody to work here; counsel is let into one case, from there. */
export const INVITED_AS = ['owner', 'manager', 'agent', 'auditor'] as const satisfies readonly MemberRole[];
export type InvitedRole = (typeof INVITED_AS)[number];

/** Somebody who was asked to work here and has not come yet. */
export type Invitation = {
  readonly id: string;
  readonly role: InvitedRole | 'counsel';
  /** What counsel is to see. */
  readonly sees: CaseSeen | null;
  /** For whom it is, in the words of whoever invited; they choose their own name when they come. */
  readonly name: string;
  readonly until: Instant;
  readonly invitedAt: Instant;
  readonly invitedBy: string;
};

export type PeopleRefusal =
  | 'member-unknown'
  | 'invitation-unknown'
  | 'invitation-refused'
  | 'name-taken'
  | 'role-same'
  | 'counsel-stays'
  | 'end-past'
  | 'last-owner'
  | 'reason-missing'
  | 'too-many-invitations';

const INVITED_FOR_MS = 7 * 24 * 3_600_000;
const MOST_OPEN = 50;

export function invitedUntil(now: Instant): Instant {
  return instantOf(Date.parse(now) + INVITED_FOR_MS);
}

export function decideInviting(
  open: number,
  sees: CaseSeen | null,
  now: Instant,
): Outcome<null, PeopleRefusal> {
  if (sees !== null && sees.until <= now) return refuse('end-past');
  return open >= MOST_OPEN ? refuse('too-many-invitations', { most: MOST_OPEN }) : accept(null);
}

/** Somebody must be left who may invite, and end, and make bundles. */
export function decideRole(
  members: readonly Member[],
  id: string,
  role: InvitedRole,
): Outcome<Member, PeopleRefusal> {
  const member = members.find((one) => one.id === id);
  if (!member) return refuse('member-unknown');
  if (member.sees !== null) return refuse('counsel-stays');
  if (member.role === role) return refuse('role-same');
  return isLastOwner(members, member) ? refuse('last-owner') : accept(member);
}

export function decideLeaving(
  members: readonly Member[],
  id: string,
  reason: string,
): Outcome<Member, PeopleRefusal> {
  const member = members.find((one) => one.id === id);
  if (!member) return refuse('member-unknown');
  if (isLastOwner(members, member)) return refuse('last-owner');
  return reason.trim() === '' ? refuse('reason-missing') : accept(member);
}

function isLastOwner(members: readonly Member[], { id, role }: Member): boolean {
  return role === 'owner' && !members.some((one) => one.role === 'owner' && one.id !== id);
}

/** One name is one person, also of those who left: the record names them by it. */
export function isTaken(everybody: readonly Member[], name: string): boolean {
  return everybody.some((one) => foldName(one.name) === foldName(name));
}
