import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { loadMessages, type Message } from './messages.store.ts';
import type { Ask, Ground, Reader, Tasks } from './reader.ts';
import { type Asked, type SaidBefore, saidBefore } from './repeats.ts';
import type { SignalRefusal } from './signal.ts';

// What other modules look at whole relationships by.
export { isFiledUnder, loadMessages, type Message, sentSince } from './messages.store.ts';

/** So many of the newest messages are compared and drawn; that older ones are left out is said. */
export const MESSAGES_LOOKED_AT = 5000;
const TEXTS_AT_ONCE = 250;

/** Until a person has said otherwise, nobody has looked at the ground of anything. */
export const GROUND: Ground = 'not_looked_at';

/** What a message of theirs asks for, or where it takes another turn. */
export type PartyAsk = Omit<Ask, 'kind'> & {
  readonly kind: Ask['kind'] | 'indecision';
  readonly interactionId: string;
  readonly threadId: string | null;
  readonly at: string;
  readonly lang: string;
};

/**
 * Everything a client asked for in the newest messages, in order of time, numbered within each message.
 *
 * @param most so many messages of both sides are looked at
 */
export async function loadAsks(
  { db, workspaceId }: Ledger,
  reader: Reader,
  party: string,
  most = MESSAGES_LOOKED_AT,
): Promise<readonly PartyAsk[]> {
  return readAsksOf(reader, await loadMessages(db, workspaceId, party, most));
}

/** What a client asks for in these messages; those of ours are passed by. */
export async function readAsksOf(reader: Reader, messages: readonly Message[]): Promise<readonly PartyAsk[]> {
  const theirs = messages.filter(({ side }) => side === 'theirs');
  const read = await inParts(theirs, (part) => reader.read('asks', { texts: part.map(({ text }) => text) }));
  return theirs.flatMap((message, i) => asksIn(message, read[i]!));
}

function asksIn(
  { interactionId, threadId, at }: Message,
  { lang, asks, turns }: Tasks['asks']['answer'][number],
): readonly PartyAsk[] {
  const about = { interactionId, threadId, at, lang };
  const changed = turns
    .filter(({ start, end }) => !asks.some((ask) => ask.start < end && start < ask.end))
    .map((turn, i) => ({ ...turn, ...about, kind: 'indecision' as const, number: asks.length + i + 1 }));
  return [...asks.map((ask) => ({ ...ask, ...about })), ...changed];
}

/** Texts go to the reading thread in parts, so that others get their turn there in between. */
export async function inParts<T, R>(
  all: readonly T[],
  read: (part: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  const answers: R[] = [];
  for (let first = 0; first < all.length; first += TEXTS_AT_ONCE)
    answers.push(...(await read(all.slice(first, first + TEXTS_AT_ONCE))));
  return answers;
}

export type ComparedAsk = PartyAsk & { readonly ground: Ground; readonly before: readonly SaidBefore[] };

/**
 * What a client asked for, newest first, each with the earlier messages that ask the same.
 *
 * A turn (`indecision`) with earlier asks before it is a change of mind on these.
 */
export async function comparedAsks(
  ledger: Ledger,
  reader: Reader,
  party: string,
  limit: number,
): Promise<Outcome<{ readonly items: readonly ComparedAsk[]; readonly total: number }, SignalRefusal>> {
  if (!(await loadParty(ledger.db, ledger.workspaceId, party))) return refuse('party-unknown');
  const asks = await loadAsks(ledger, reader, party);
  const before = saidBefore(asks.map(askedOf));
  const items = asks.map((ask, i) => ({ ...ask, ground: GROUND, before: before[i]! }));
  return accept({ items: items.reverse().slice(0, limit), total: items.length });
}

export function askedOf({ interactionId, threadId, at, number, lang, quote }: PartyAsk): Asked {
  return { interactionId, threadId, at, number, lang, quote };
}
