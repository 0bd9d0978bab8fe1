import type { Actor } from '../../kernel/brand.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type CiteRefusal, citesRefused } from '../interaction/cites.actions.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { loadParty } from '../party/party.actions.ts';
import { workCalendar } from '../signal/days-off.actions.ts';
import {
  citedRecords,
  isPointOf,
  lastNumber,
  loadCommitment,
  projectCommitments,
} from './commitment.store.ts';
import {
  type Commitment,
  type CommitmentFact,
  type CommitmentId,
  type CommitmentRefusal,
  type CommitmentWish,
  decideMaking,
  decideMoving,
  decideReopening,
  decideSettling,
  type Grounds,
  type Settled,
} from './commitment.ts';
import type { Cite, Side } from './commitment-cites.ts';
import {
  type DayWarning,
  type DueRefusal,
  type DueSaid,
  type DueWish,
  dayWarning,
  dueOn,
} from './commitment-due.ts';

export type PromiseRefusal = CommitmentRefusal | CiteRefusal | 'party-unknown' | 'point-unknown';
/** A thing that was written down, with what is to be said about its day. */
export type Written = { readonly id: string; readonly warning: DayWarning | null };
export type Because = { readonly reason: string; readonly cites: readonly Cite[] };

/** Writes down a promise that a person found in the record. */
export async function makeCommitment(
  ledger: Ledger,
  actor: Actor,
  party: string,
  wish: Omit<CommitmentWish, 'due'> & { readonly due: DueWish | null },
): Promise<Outcome<Written, PromiseRefusal>> {
  const calendar = await workCalendar(ledger);
  const due = dueWished(calendar, wish.due);
  if (!due.ok) return due;
  if (!(await loadParty(ledger.db, ledger.workspaceId, party))) return refuse('party-unknown');
  return deciding<Written, PromiseRefusal>(ledger, actor, `party:${party}`, async (book) => {
    const grounds = await groundsFor(ledger, book, party, { reason: '', cites: wish.cites });
    if (!grounds.ok) return grounds;
    if (await isPointLost(ledger, book, party, wish.point)) return refuse('point-unknown');
    const number = (await lastNumber(book.tx, ledger.workspaceId, 'commitments', party)) + 1;
    const id = ledger.newId() as CommitmentId;
    const decided = decideMaking({ id, party, number }, { ...wish, due: due.value }, grounds.value.records);
    return record(book, decided, warningFor(calendar, due.value));
  });
}

/** Writes down that another date was agreed or asked for. The one before stays in the history. */
export async function moveCommitment(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: Because & { readonly due: DueWish | null; readonly side: Side },
): Promise<Outcome<Written, PromiseRefusal>> {
  const calendar = await workCalendar(ledger);
  const due = dueWished(calendar, wish.due);
  if (!due.ok) return due;
  return about(ledger, actor, id, wish, warningFor(calendar, due.value), (commitment, grounds) =>
    decideMoving(commitment, { ...grounds, due: due.value, side: wish.side }),
  );
}

/** A person's word on how a promise ended. */
export async function settleCommitment(
  ledger: Ledger,
  actor: Actor,
  id: string,
  as: Settled,
  because: Because,
): Promise<Outcome<Written, PromiseRefusal>> {
  return about(ledger, actor, id, because, null, (commitment, grounds) =>
    decideSettling(commitment, as, grounds),
  );
}

export async function reopenCommitment(
  ledger: Ledger,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Outcome<Written, PromiseRefusal>> {
  return about(ledger, actor, id, { reason, cites: [] }, null, (commitment) =>
    decideReopening(commitment, reason),
  );
}

type Decide = (commitment: Commitment, grounds: Grounds) => Outcome<CommitmentFact, CommitmentRefusal>;

async function about(
  ledger: Ledger,
  actor: Actor,
  id: string,
  because: Because,
  warning: DayWarning | null,
  decide: Decide,
): Promise<Outcome<Written, PromiseRefusal>> {
  const { db, workspaceId } = ledger;
  const known = await loadCommitment(db, workspaceId, id);
  if (!known) return refuse('promise-unknown');
  return deciding(ledger, actor, `party:${known.partyId}`, async (book) => {
    const commitment = (await loadCommitment(book.tx, workspaceId, id))!;
    const grounds = await groundsFor(ledger, book, known.partyId, because);
    if (!grounds.ok) return grounds;
    return record(book, decide(commitment, grounds.value), warning);
  });
}

async function record(
  book: Book,
  decided: Outcome<CommitmentFact, CommitmentRefusal>,
  warning: DayWarning | null,
): Promise<Outcome<Written, CommitmentRefusal>> {
  if (!decided.ok) return decided;
  const { id, party } = decided.value;
  await book.record(partyStream(party), [decided.value], projectCommitments);
  return accept({ id, warning });
}

/** The words somebody gives, once they were found in the record of this client, with who wrote them. */
export async function groundsFor(
  { workspaceId }: Ledger,
  { tx }: Pick<Book, 'tx'>,
  party: string,
  { reason, cites }: Because,
): Promise<Outcome<Grounds & { readonly saidAt: Instant | null }, CiteRefusal>> {
  const lost = await citesRefused(tx, workspaceId, party, cites);
  if (lost) return lost;
  const records = await citedRecords(tx, workspaceId, cites);
  const saidAt =
    records
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? null;
  return accept({ reason, cites, records, saidAt });
}

/** Whether a point is named that this client does not have. */
export async function isPointLost(
  { workspaceId }: Ledger,
  { tx }: Pick<Book, 'tx'>,
  party: string,
  point: string | null,
): Promise<boolean> {
  return point !== null && !(await isPointOf(tx, workspaceId, party, point));
}

export function dueWished(calendar: Calendar, wish: DueWish | null): Outcome<DueSaid | null, DueRefusal> {
  return wish === null ? accept(null) : dueOn(calendar, wish);
}

export function warningFor(calendar: Calendar, due: DueSaid | null): DayWarning | null {
  return due === null ? null : dayWarning(calendar, due.date);
}
