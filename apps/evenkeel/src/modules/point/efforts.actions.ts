import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { CiteRefusal } from '../interaction/cites.store.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { loadParty } from '../party/party.actions.ts';
import { loadAsks, MESSAGES_LOOKED_AT } from '../signal/asks.actions.ts';
import type { Pace, PaceFor } from '../signal/hours.ts';
import type { Reader } from '../signal/reader.ts';
import { groundsFor } from './commitment.actions.ts';
import type { Cite, Side } from './commitment-cites.ts';
import {
  loadEffort,
  metEfforts,
  offerEfforts,
  pointEfforts,
  projectEfforts,
  promiseEfforts,
  turnsWith,
} from './efforts.store.ts';
import {
  answersIn,
  decideNoting,
  decideWithdrawingEffort,
  type Effort,
  type EffortFact,
  type EffortId,
  type EffortRefusal,
  numbered,
  type Proposed,
} from './efforts.ts';

export type EffortsMade = {
  readonly zone: string;
  /** So many working days are the pace we set ourselves. */
  readonly replyDays: number;
  /** What was agreed with them instead. */
  readonly agreed: Pace['agreed'];
  readonly answers: { readonly due: number; readonly inTime: number };
  readonly items: readonly (Effort & { readonly number: number })[];
  /** Offers without prejudice that were left out. */
  readonly leftOut: number;
  /** There are older messages, and their answers were not counted. */
  readonly isCut: boolean;
};

/** What both sides did towards an end, each with the record that shows it. Worked out when it is looked at. */
export async function effortsWith(
  ledger: Ledger,
  reader: Reader,
  paceFor: PaceFor,
  party: string,
  openOnly: boolean,
): Promise<Outcome<EffortsMade, 'party-unknown'>> {
  const { db, workspaceId, chance } = ledger;
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  const now = chance.now();
  const [pace, turns, asks, offers, ...others] = await Promise.all([
    paceFor(ledger, party),
    turnsWith(db, workspaceId, party, MESSAGES_LOOKED_AT + 1),
    loadAsks(ledger, reader, party),
    offerEfforts(db, workspaceId, party, now),
    promiseEfforts(db, workspaceId, party),
    pointEfforts(db, workspaceId, party),
    metEfforts(db, workspaceId, party),
  ]);
  const firstAsk = new Map(
    asks.filter(({ number }) => number === 1).map(({ interactionId, quote }) => [interactionId, quote]),
  );
  const asking = turns.slice(-MESSAGES_LOOKED_AT).map((turn) => ({
    ...turn,
    asks: firstAsk.get(turn.interactionId) ?? null,
  }));
  const answers = answersIn(asking, pace, now);
  const shown = offers.filter(({ isWithoutPrejudice }) => !(openOnly && isWithoutPrejudice));
  return accept({
    zone: pace.zone,
    replyDays: pace.replyDays,
    agreed: pace.agreed,
    answers: { due: answers.due, inTime: answers.inTime.length },
    items: numbered([...answers.inTime, ...shown, ...others.flat()]),
    leftOut: offers.length - shown.length,
    isCut: turns.length > MESSAGES_LOOKED_AT,
  });
}

/** Writes down that somebody proposed to meet, to call, to pause or to ask a mediator. */
export async function noteEffort(
  ledger: Ledger,
  actor: Actor,
  party: string,
  wish: { readonly side: Side; readonly proposed: Proposed; readonly cites: readonly Cite[] },
): Promise<Outcome<{ readonly id: string }, EffortRefusal | CiteRefusal | 'party-unknown'>> {
  if (!(await loadParty(ledger.db, ledger.workspaceId, party))) return refuse('party-unknown');
  return deciding(ledger, actor, `party:${party}`, async (book) => {
    const grounds = await groundsFor(ledger, book, party, { reason: '', cites: wish.cites });
    if (!grounds.ok) return grounds;
    return record(book, decideNoting({ id: ledger.newId() as EffortId, party }, wish, grounds.value.records));
  });
}

export async function withdrawEffort(
  ledger: Ledger,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Outcome<{ readonly id: string }, EffortRefusal>> {
  const { db, workspaceId } = ledger;
  const known = await loadEffort(db, workspaceId, id);
  if (!known) return refuse('effort-unknown');
  return deciding(ledger, actor, `party:${known.partyId}`, async (book) =>
    record(book, decideWithdrawingEffort(await loadEffort(book.tx, workspaceId, id), reason)),
  );
}

async function record(
  book: Book,
  decided: Outcome<EffortFact, EffortRefusal>,
): Promise<Outcome<{ readonly id: string }, EffortRefusal>> {
  if (!decided.ok) return decided;
  await book.record(partyStream(decided.value.party), [decided.value], projectEfforts);
  return accept({ id: decided.value.id });
}
