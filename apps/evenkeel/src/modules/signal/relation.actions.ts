import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { inParts, MESSAGES_LOOKED_AT } from './asks.actions.ts';
import { FEWEST_VALUES, SIGNIFICANCE } from './change-points.ts';
import { type Course, courseOf } from './course.ts';
import type { Pace, PaceFor } from './hours.ts';
import { loadMessages, type Message } from './messages.store.ts';
import { type Mirror, type Mirrored, mirrorOf } from './mirror.ts';
import type { Manner, Reader } from './reader.ts';
import type { SignalRefusal } from './signal.ts';
import { mannerFor } from './working.actions.ts';

/** How much of a relationship was looked at. */
type Looked = {
  readonly messages: number;
  readonly untimed: number;
  readonly first: string | null;
  readonly last: string | null;
  /** There are older messages, and they were left out. */
  readonly isCut: boolean;
};

type ShownPace = Pick<Pace, 'zone' | 'workDays' | 'from' | 'until' | 'replyDays' | 'agreed'>;

/** Both sides over time. The same engine measures theirs and ours, and nothing of it is kept. */
export async function courseWith(
  ledger: Ledger,
  reader: Reader,
  paceFor: PaceFor,
  party: string,
): Promise<Outcome<Course & { looked: Looked; zone: string; method: object }, SignalRefusal>> {
  const loaded = await load(ledger, paceFor, party);
  if (!loaded.ok) return loaded;
  const { messages, looked, manner, pace } = loaded.value;
  const measures = await inParts(messages, (part) =>
    reader.read('measure', { texts: part.map(({ text }) => text), ...manner }),
  );
  const measured = messages.map((message, i) => ({ ...message, measure: measures[i]! }));
  const method = { name: 'rank-cusum', significance: SIGNIFICANCE, fewest: FEWEST_VALUES };
  return accept({ ...courseOf(measured, pace.zone), looked, zone: pace.zone, method });
}

/** Our own side. Computed when it is looked at, and kept nowhere. */
export async function mirrorWith(
  ledger: Ledger,
  reader: Reader,
  paceFor: PaceFor,
  party: string,
): Promise<Outcome<Mirror & { looked: Looked; pace: ShownPace }, SignalRefusal>> {
  const loaded = await load(ledger, paceFor, party);
  if (!loaded.ok) return loaded;
  const { messages, looked, manner, pace } = loaded.value;
  const mirrored = await inParts(messages, (part) => mirroredPart(reader, manner, part));
  const { zone, workDays, from, until, replyDays, agreed } = pace;
  return accept({
    ...mirrorOf(mirrored, pace, ledger.chance.now()),
    ...{ looked, pace: { zone, workDays, from, until, replyDays, agreed } },
  });
}

async function mirroredPart(
  reader: Reader,
  manner: Manner,
  part: readonly Message[],
): Promise<readonly Mirrored[]> {
  const ours = part.filter(({ side }) => side === 'ours');
  const theirs = part.filter(({ side }) => side === 'theirs');
  const [said, asked] = await Promise.all([
    reader.read('ours', { texts: ours.map(({ text }) => text), ...manner }),
    reader.read('asks', { texts: theirs.map(({ text }) => text) }),
  ]);
  return part.map((message) => ({
    ...message,
    ours: said[ours.indexOf(message)] ?? null,
    asks: asked[theirs.indexOf(message)]?.asks.map(({ quote }) => quote) ?? [],
  }));
}

type Loaded = {
  readonly messages: readonly Message[];
  readonly looked: Looked;
  readonly manner: Manner;
  readonly pace: Pace;
};

async function load(
  ledger: Ledger,
  paceFor: PaceFor,
  party: string,
): Promise<Outcome<Loaded, SignalRefusal>> {
  const { db, workspaceId } = ledger;
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  const [found, manner, pace] = await Promise.all([
    loadMessages(db, workspaceId, party, MESSAGES_LOOKED_AT + 1),
    mannerFor(ledger, party),
    paceFor(ledger, party),
  ]);
  const messages = found.slice(-MESSAGES_LOOKED_AT);
  const looked = {
    messages: messages.length,
    untimed: messages.filter(({ isTimed }) => !isTimed).length,
    first: messages[0]?.at ?? null,
    last: messages.at(-1)?.at ?? null,
    isCut: found.length > messages.length,
  };
  return accept({ messages, looked, manner, pace });
}
