import type { Actor } from '../../kernel/brand.ts';
import { isDate } from '../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Cite, type CiteRefusal, citesRefused } from '../interaction/cites.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { type Made, recorded, withParty } from './agreement.actions.ts';
import { loadAgreement, loadClause, nextNumber, partyOf, recordSeen } from './agreement.store.ts';
import { loadSum, loadUnderstanding, peopleOf } from './beside.store.ts';
import { calendarFor, dayOn } from './hours.actions.ts';
import { decideLeaving, decideNaming, type PersonRefusal } from './person.ts';
import {
  decideDisputing,
  decideRecording,
  decideSettling,
  decideWithdrawing,
  type Sum,
  type SumRefusal,
} from './sum.ts';
import {
  decideConfirming,
  decideUnderstanding,
  decideUnsaying,
  type Side,
  type Understanding,
  type UnderstandingKind,
  type UnderstandingRefusal,
} from './understanding.ts';

export type BesideRefusal =
  | UnderstandingRefusal
  | SumRefusal
  | PersonRefusal
  | CiteRefusal
  | 'party-unknown'
  | 'agreement-unknown'
  | 'clause-unknown'
  | 'date-unusable';
type Done = Promise<Outcome<Made, BesideRefusal>>;

/** Which agreement and clause something stands beside; both may be open. */
type Beside = { readonly agreementId: string | null; readonly clauseId: string | null };

/** Whether what is named belongs to this party. */
async function besideRefused(
  { db, workspaceId }: Ledger,
  partyId: string,
  { agreementId, clauseId }: Beside,
) {
  if (agreementId !== null && (await loadAgreement(db, workspaceId, agreementId))?.partyId !== partyId)
    return refuse('agreement-unknown', { at: 'agreementId' });
  if (clauseId !== null && !(await loadClause(db, workspaceId, partyId, clauseId)))
    return refuse('clause-unknown', { at: 'clauseId' });
  return null;
}

export type UnderstandingWish = Beside & {
  readonly kind: UnderstandingKind;
  readonly side: Side;
  readonly says: string;
  readonly on: string | null;
  readonly cite: Cite;
};

/** An exception, a permission or a promise, with the words it was given in. */
export async function understand(ledger: Ledger, actor: Actor, party: string, wish: UnderstandingWish): Done {
  const refusal = await besideRefused(ledger, party, wish);
  if (refusal) return refusal;
  const { kind: understanding, side, says, on, cite, agreementId: agreement, clauseId: clause } = wish;
  if (on !== null && !isDate(on)) return refuse('date-unusable', { at: 'on', date: on });
  return withParty<BesideRefusal>(ledger, actor, party, async (book) => {
    const lost = await citesRefused(book.tx, ledger.workspaceId, party, [cite]);
    if (lost) return lost;
    const seen = (await recordSeen(book.tx, ledger.workspaceId, party, cite.interactionId))!;
    const asked = { party, agreement, clause, understanding, side, says, on, cite };
    return recorded(book, decideUnderstanding(ledger.newId(), asked, seen));
  });
}

export function confirmUnderstanding(ledger: Ledger, actor: Actor, id: string, cite: Cite): Done {
  return withUnderstanding(ledger, actor, id, async (book, understanding) => {
    const { partyId } = understanding;
    const lost = await citesRefused(book.tx, ledger.workspaceId, partyId, [cite]);
    if (lost) return lost;
    const seen = (await recordSeen(book.tx, ledger.workspaceId, partyId, cite.interactionId))!;
    return recorded(book, decideConfirming(understanding, cite, seen));
  });
}

export function unsayUnderstanding(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  return withUnderstanding(ledger, actor, id, async (book, understanding) =>
    recorded(book, decideUnsaying(understanding, reason)),
  );
}

type Book = Parameters<Parameters<typeof withParty>[3]>[0];

async function withUnderstanding(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (book: Book, understanding: Understanding) => Done,
): Done {
  const partyId = await partyOf(ledger.db, ledger.workspaceId, 'understandings', id);
  if (partyId === null) return refuse('understanding-unknown');
  return withParty<BesideRefusal>(ledger, actor, partyId, async (book) => {
    const found = await loadUnderstanding(book.tx, ledger.workspaceId, id);
    return found ? decide(book, found) : refuse('understanding-unknown');
  });
}

export type SumWish = Beside & {
  readonly side: Side;
  readonly amount: string;
  readonly currency: string;
  readonly what: string;
  readonly dueOn: string | null;
  readonly cite: Cite | null;
  readonly reason: string | null;
};

export async function recordSum(ledger: Ledger, actor: Actor, party: string, wish: SumWish): Done {
  const refusal = await besideRefused(ledger, party, wish);
  if (refusal) return refusal;
  const { agreementId: agreement, clauseId: clause, dueOn, ...rest } = wish;
  const due = dueOn === null ? accept(null) : dayOn(await calendarFor(ledger, party), dueOn, 'dueOn');
  if (!due.ok) return due;
  return withParty<BesideRefusal>(ledger, actor, party, async (book) => {
    const lost = wish.cite && (await citesRefused(book.tx, ledger.workspaceId, party, [wish.cite]));
    if (lost) return lost;
    const number = await nextNumber(book.tx, ledger.workspaceId, 'sums_owed', party);
    const asked = { ...rest, party, agreement, clause, due: due.value };
    return recorded(book, decideRecording(ledger.newId(), number, asked));
  });
}

export function disputeSum(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly amount: string | null; readonly cite: Cite },
): Done {
  return withSum(ledger, actor, id, wish.cite, async (book, sum) =>
    recorded(book, decideDisputing(sum, wish)),
  );
}

export async function settleSum(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly on: string; readonly cite: Cite | null; readonly reason: string | null },
): Done {
  if (!isDate(wish.on)) return refuse('date-unusable', { at: 'on', date: wish.on });
  return withSum(ledger, actor, id, wish.cite, async (book, sum) =>
    recorded(book, decideSettling(sum, wish)),
  );
}

export function withdrawSum(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  return withSum(ledger, actor, id, null, async (book, sum) =>
    recorded(book, decideWithdrawing(sum, reason)),
  );
}

async function withSum(
  ledger: Ledger,
  actor: Actor,
  id: string,
  cite: Cite | null,
  decide: (book: Book, sum: Sum) => Done,
): Done {
  const partyId = await partyOf(ledger.db, ledger.workspaceId, 'sums_owed', id);
  if (partyId === null) return refuse('sum-unknown');
  return withParty<BesideRefusal>(ledger, actor, partyId, async (book) => {
    const lost = cite && (await citesRefused(book.tx, ledger.workspaceId, partyId, [cite]));
    if (lost) return lost;
    const sum = await loadSum(book.tx, ledger.workspaceId, id);
    return sum ? decide(book, sum) : refuse('sum-unknown');
  });
}

export type PersonWish = {
  /** Null for somebody who is not known yet. */
  readonly id: string | null;
  readonly name: string;
  readonly role: string | null;
  readonly mayAgree: boolean;
  readonly limits: string | null;
  readonly cite: Cite | null;
};

export function namePerson(ledger: Ledger, actor: Actor, party: string, wish: PersonWish): Done {
  return withParty<BesideRefusal>(ledger, actor, party, async (book) => {
    const lost = wish.cite && (await citesRefused(book.tx, ledger.workspaceId, party, [wish.cite]));
    if (lost) return lost;
    const people = await peopleOf(book.tx, ledger.workspaceId, party);
    if (wish.id !== null && !people.some(({ id }) => id === wish.id))
      return refuse('party-person-unknown', { at: 'id' });
    const { id, ...rest } = wish;
    return recorded(book, decideNaming(id ?? ledger.newId(), { party, ...rest }));
  });
}

export async function personLeft(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  const partyId = await partyOf(ledger.db, ledger.workspaceId, 'party_people', id);
  if (partyId === null) return refuse('party-person-unknown');
  return withParty<BesideRefusal>(ledger, actor, partyId, async (book) => {
    const people = await peopleOf(book.tx, ledger.workspaceId, partyId);
    return recorded(book, decideLeaving(people.find((person) => person.id === id) ?? null, reason));
  });
}
