import type { Actor } from '../../../kernel/brand.ts';
import { endOfDay, localOf } from '../../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Term } from '../../agreement/clause.ts';
import { calendarFor } from '../../agreement/hours.actions.ts';
import { clausesOf } from '../../agreement/terms.actions.ts';
import type { Cite } from '../../interaction/cites.actions.ts';
import { type Book, deciding } from '../../ledger/deciding.actions.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { partyStream, WORKSPACE_STREAM } from '../../ledger/ledger.ts';
import { loadParty, projectParties } from '../../party/party.actions.ts';
import type { PartyFact, PartyId } from '../../party/party.ts';
import { ourLetter } from '../restriction/restriction.store.ts';
import { beginIn } from '../silence/silence.actions.ts';
import { directionOf } from '../silence/silence.store.ts';
import { endingsOf, loadEnding, projectEndings } from './ending.store.ts';
import {
  decideAnswered,
  decideEnd,
  decideOver,
  decideTelling,
  decideWithdrawing,
  type EndedBy,
  type Ending,
  type EndingFact,
  type EndingRefusal,
  earliestEnd,
  type Notice,
} from './ending.ts';

type Done = Promise<Outcome<{ readonly id: string }, EndingRefusal>>;

export type PlanEnding = {
  readonly on: string | null;
  readonly byWhom: EndedBy;
  /** The clause that speaks of the end, and the time that a person read in it. */
  readonly notice: { readonly clause: string; readonly within: Term } | null;
  readonly shortWhy: string;
};

/** Decides on which day the work with a party ends. Nobody is told yet. */
export async function planEnding(ledger: Ledger, actor: Actor, partyId: string, wish: PlanEnding): Done {
  const { workspaceId } = ledger;
  const calendar = await calendarFor(ledger, partyId);
  return deciding(ledger, actor, `party:${partyId}`, async (book): Done => {
    if (!(await loadParty(book.tx, workspaceId, partyId))) return refuse('party-unknown');
    const notice = await noticeOf(ledger, book, partyId, wish.notice);
    if (!notice.ok) return notice;
    const before = await endingsOf(book.tx, workspaceId, partyId);
    const isRunning = before.some(({ state }) => state === 'planned' || state === 'told');
    const about = { id: ledger.newId(), party: partyId };
    const decided = decideEnd(about, { ...wish, notice: notice.value }, isRunning, calendar, book.now);
    return decided.ok ? record(book, decided.value) : decided;
  });
}

async function noticeOf(
  { workspaceId }: Ledger,
  { tx }: Pick<Book, 'tx'>,
  partyId: string,
  wish: PlanEnding['notice'],
): Promise<Outcome<Notice | null, 'clause-unknown'>> {
  if (wish === null) return accept(null);
  const clause = (await clausesOf(tx, workspaceId, partyId)).find(({ id }) => id === wish.clause);
  if (!clause || clause.agreedVersion === null || clause.isWithdrawn)
    return refuse('clause-unknown', { at: 'notice.clause' });
  const agreed = clause.versions.find(({ version }) => version === clause.agreedVersion);
  return accept({
    clause: clause.id,
    version: clause.agreedVersion,
    says: agreed?.says ?? clause.says,
    within: wish.within,
  });
}

async function record(book: Book, fact: EndingFact): Done {
  await book.record(partyStream(fact.party), [fact], projectEndings);
  return accept({ id: fact.id });
}

async function about(
  ledger: Ledger,
  actor: Actor,
  id: string,
  decide: (ending: Ending, book: Book) => Done,
): Done {
  const found = await loadEnding(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('ending-unknown');
  return deciding(ledger, actor, `party:${found.partyId}`, async (book) =>
    decide((await loadEnding(book.tx, ledger.workspaceId, id))!, book),
  );
}

/** Names the letter that told them. */
export function tellEnding(ledger: Ledger, actor: Actor, id: string, letter: string | null): Done {
  return about(ledger, actor, id, async (ending, book) => {
    const found = await ourLetter(book.tx, ledger.workspaceId, ending.partyId, letter);
    const decided = decideTelling(ending, letter, found);
    return decided.ok ? record(book, decided.value) : decided;
  });
}

/** The day has come: what stays open is written down, and the party is a former one. */
export async function closeRelation(ledger: Ledger, actor: Actor, id: string, leftOpen: string): Done {
  const found = await loadEnding(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('ending-unknown');
  const calendar = await calendarFor(ledger, found.partyId);
  return about(ledger, actor, id, async (ending, book) => {
    const decided = decideOver(ending, leftOpen, localOf(calendar, book.now).date);
    if (!decided.ok) return decided;
    const former: PartyFact = {
      kind: 'party.changed',
      id: ending.partyId as PartyId,
      name: null,
      state: 'former',
    };
    await book.record(WORKSPACE_STREAM, [former], projectParties);
    return record(book, decided.value);
  });
}

export type Answered = {
  /** Their words after the end, and ours that answered them. */
  readonly message: Cite;
  readonly answer: Cite;
  /** Until when the rest is filed without reply; null to decide that another time. */
  readonly fileUntilOn: string | null;
  readonly reason: string;
};

/** The one short answer after the end was given; the rest is filed, and read. */
export async function answerAfterEnd(ledger: Ledger, actor: Actor, id: string, wish: Answered): Done {
  const found = await loadEnding(ledger.db, ledger.workspaceId, id);
  if (!found) return refuse('ending-unknown');
  const calendar = await calendarFor(ledger, found.partyId);
  const { message, answer, fileUntilOn, reason } = wish;
  return about(ledger, actor, id, async (ending, book) => {
    const given = { interaction: message.interactionId, answer: answer.interactionId };
    const isTheirs = (await directionOf(book.tx, ledger.workspaceId, given.interaction)) === 'inbound';
    const isOurs = (await ourLetter(book.tx, ledger.workspaceId, ending.partyId, given.answer)) !== null;
    const decided = decideAnswered(ending, given, { isTheirs, isOurs });
    if (!decided.ok) return decided;
    if (fileUntilOn !== null) {
      const silence = { reason, repeat: message, answer, untilOn: fileUntilOn };
      const begun = await beginIn(ledger, book, ending.partyId, silence, {
        today: localOf(calendar, book.now).date,
        endOf: (date) => endOfDay(calendar, date),
      });
      if (!begun.ok) return refuse('filing-refused', { why: begun.reason });
    }
    return record(book, decided.value);
  });
}

export function withdrawEnding(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  return about(ledger, actor, id, async (ending, book) => {
    const decided = decideWithdrawing(ending, reason);
    return decided.ok ? record(book, decided.value) : decided;
  });
}

/** The endings of a party, and the first day on which an end could be told now. */
export async function endingsWith(ledger: Ledger, partyId: string) {
  const { db, workspaceId } = ledger;
  return endingsOf(db, workspaceId, partyId);
}

/** The first day on which it can end when it is told now, as a clause says. */
export async function earliestFor(ledger: Ledger, partyId: string, wish: NonNullable<PlanEnding['notice']>) {
  const [calendar, notice] = await Promise.all([
    calendarFor(ledger, partyId),
    ledger.db.transaction().execute((tx) => noticeOf(ledger, { tx }, partyId, wish)),
  ]);
  if (!notice.ok) return notice;
  return accept({ earliest: earliestEnd(calendar, notice.value, ledger.chance.now()) });
}
