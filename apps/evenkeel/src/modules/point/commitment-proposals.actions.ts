import { addWorkingDays, type Calendar, localOf } from '../../kernel/calendar.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { workCalendar } from '../signal/days-off.actions.ts';
import type { Reader } from '../signal/reader.ts';
import { signalsOf } from '../signal/signal.actions.ts';
import { mannerFor } from '../signal/working.actions.ts';
import { type DayWarning, dayWarning } from './commitment-due.ts';
import {
  type Dismissal,
  dismissalsIn,
  loadMessage,
  type Message,
  newestMessages,
  saveDismissal,
} from './commitment-proposals.store.ts';
import { type Proposal, proposalsIn, type Stretch } from './commitment-proposals.ts';
import { thingsCiting } from './promise-steps.store.ts';

/** A proposal with where it stands, and what is to be said about its day. */
export type Proposed = Proposal & {
  readonly interactionId: string;
  readonly at: Instant;
  readonly partyId: string | null;
  /** Who wrote it, as far as the message names them. */
  readonly who: string;
  readonly warning: DayWarning | null;
};

/** Words that announce harm are no promise, however much they sound like one. */
const ANNOUNCED: ReadonlySet<string> = new Set([
  'legal_threat',
  'regulator_complaint',
  'public_threat',
  'exposure_threat',
  'churn_threat',
  'physical_threat',
  'self_harm',
  'payment_refusal',
  'chargeback',
]);

const NEWEST_MS = 60 * 24 * 3_600_000;
const NEWEST_MESSAGES = 100;

/** What looks like a promise in one message and is not kept as one yet. Nothing of it is stored. */
export async function proposalsInMessage(
  ledger: Ledger,
  reader: Reader,
  id: string,
): Promise<Outcome<readonly Proposed[], 'interaction-unknown'>> {
  const message = await loadMessage(ledger.db, ledger.workspaceId, id);
  return accept(message ? await proposalsOf(ledger, reader, [message]) : []);
}

/** The same for the newest messages with a client, newest first. */
export async function proposalsWith(
  ledger: Ledger,
  reader: Reader,
  party: string,
): Promise<Outcome<readonly Proposed[], 'party-unknown'>> {
  const { db, workspaceId, chance } = ledger;
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  const since = instantOf(Date.parse(chance.now()) - NEWEST_MS);
  const messages = await newestMessages(db, workspaceId, party, since, NEWEST_MESSAGES);
  return accept(await proposalsOf(ledger, reader, messages));
}

async function proposalsOf(
  ledger: Ledger,
  reader: Reader,
  messages: readonly Message[],
): Promise<readonly Proposed[]> {
  if (messages.length === 0) return [];
  const { db, workspaceId } = ledger;
  const ids = messages.map(({ id }) => id);
  const party = messages[0]!.party?.id ?? null;
  const [calendar, manner] = await Promise.all([workCalendar(ledger), mannerFor(ledger, party)]);
  const [read, marks, cited, dismissed] = await Promise.all([
    reader.read('ours', { texts: messages.map(({ text }) => text), ...manner }),
    signalsOf(ledger, ids, party, 'possible'),
    thingsCiting(db, workspaceId, ids),
    dismissalsIn(db, workspaceId, ids),
  ]);
  const settled: readonly Dismissal[] = [...cited, ...dismissed];
  return messages.flatMap((message, i) => {
    const unwelcome = marks.items.filter(
      ({ interactionId, kind }) => interactionId === message.id && ANNOUNCED.has(kind),
    );
    const { promised, announced: withADay } = read[i]!;
    const found = proposalsIn(message, { promised, withADay, unwelcome }, saidOn(calendar, message.at));
    return found
      .filter((one) => !settled.some((other) => other.interactionId === message.id && meets(one, other)))
      .map((one) => proposedFrom(message, one, calendar));
  });
}

function saidOn(calendar: Calendar, at: Instant) {
  return {
    date: localOf(calendar, at).date,
    plusWorkingDays: (date: Parameters<typeof addWorkingDays>[1], days: number) =>
      addWorkingDays(calendar, date, days),
  };
}

function proposedFrom(message: Message, proposal: Proposal, calendar: Calendar): Proposed {
  const { id, at, from, party, side } = message;
  const who = from ?? (side === 'theirs' ? (party?.name ?? '') : '');
  const warning = proposal.said?.is === 'read' ? dayWarning(calendar, proposal.said.date) : null;
  return { ...proposal, interactionId: id, at, partyId: party?.id ?? null, who, warning };
}

function meets(one: Stretch, other: Stretch): boolean {
  return one.start < other.end && other.start < one.end;
}

/** These words are no promise; a working note, in no record. */
export async function dismissProposal(
  { db, workspaceId, chance }: Ledger,
  by: string,
  place: Dismissal,
): Promise<Outcome<null, 'interaction-unknown'>> {
  if (!(await loadMessage(db, workspaceId, place.interactionId))) return refuse('interaction-unknown');
  await saveDismissal(db, workspaceId, place, by, chance.now());
  return accept(null);
}
