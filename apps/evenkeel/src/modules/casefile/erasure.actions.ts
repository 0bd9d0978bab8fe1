import type { Actor } from '../../kernel/brand.ts';
import { sql } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Log } from '../../kernel/log.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Outsider } from '../account/second-person.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { WORKSPACE_STREAM } from '../ledger/ledger.ts';
import { loadParty } from '../party/party.actions.ts';
import { interactionsAmong } from './case.store.ts';
import {
  type ErasureWork,
  highestNumber,
  holdsOverAll,
  openWork,
  projectErasures,
  saveWork,
  waitingErasure,
} from './erasure.store.ts';
import {
  decideErasing,
  type Erasure,
  type ErasureFact,
  type ErasureId,
  type ErasureRefusal,
  type ErasureWish,
} from './erasure.ts';
import { type CarryPorts, carryOut } from './erasure-carry.actions.ts';
import {
  type ErasedLine,
  type ErasurePreview,
  findReach,
  type Looking,
  linesOf,
  previewOf,
} from './erasure-plan.actions.ts';
import type { ErasureTarget, Reach } from './erasure-reach.ts';
import { slotsOfObjects } from './erasure-rows.store.ts';
import { type ErasureTurn, erasureTurn, type Going } from './erasure-turn.ts';
import { countMembers, proofRefused } from './second.actions.ts';

export { listErasures } from './erasure.store.ts';

/** What came of the wish: it is gone, somebody or a day is waited for, or a hold forbids it. */
export type Erasing =
  | { readonly state: 'erased'; readonly id: ErasureId; readonly entries: number; readonly objects: number }
  | { readonly state: 'waiting'; readonly id: ErasureId; readonly until: Instant | null }
  | {
      readonly state: 'refused';
      readonly id: ErasureId;
      readonly holds: readonly string[];
      readonly reviewAt: Instant | null;
    };

export type Look = ErasurePreview & {
  readonly name: string;
  /** The record itself, where one record is to go. */
  readonly record: ErasedLine | null;
  readonly holds: readonly {
    readonly id: string;
    readonly reason: string;
    readonly reviewAt: string | null;
  }[];
  readonly asked: Erasure | null;
};

export type Eraser = {
  readonly preview: (
    wish: Pick<ErasureWish, 'scope' | 'subject' | 'also'>,
  ) => Promise<Outcome<Look, ErasureRefusal>>;
  readonly erase: (
    actor: Actor,
    wish: ErasureWish,
    outsider: Outsider | null,
  ) => Promise<Outcome<Erasing, ErasureRefusal>>;
  /** How far the one is that goes on; null when nothing is being erased. */
  readonly now: ErasureTurn['now'];
  /** Calls it off, as long as nothing has gone. */
  readonly cancel: ErasureTurn['cancel'];
  /** Ends what a crash cut off; before anything else is answered. */
  readonly resume: () => Promise<void>;
};

export type ErasurePorts = CarryPorts & {
  /** Resolves when no import runs. */
  readonly quiet: () => Promise<void>;
  readonly log: Log;
};

export function makeEraser(ports: ErasurePorts): Eraser {
  const { ledger } = ports;
  const turn = erasureTurn();
  return {
    preview: async (wish) => {
      const about = await subjectOf(ledger, wish);
      if (!about.ok) return about;
      const reach = await findReach(ledger, targetOf(wish));
      const party = wish.scope === 'party' ? wish.subject : null;
      const [record = null] = party === null ? await linesOf(ledger, [wish.subject]) : [];
      return accept({
        ...(await previewOf(ledger, reach)),
        name: about.value.name,
        record,
        holds: await holdsOverAll(ledger.db, ledger.workspaceId, party, reach.interactions),
        asked: await waitingErasure(ledger.db, ledger.workspaceId, wish.subject),
      });
    },
    erase: (actor, wish, outsider) =>
      turn.alone(wish, async (going) => {
        await resume(ports);
        const begun = await begin(ports, actor, wish, outsider, going);
        if (!begun.ok || 'state' in begun.value) return begun as Outcome<Erasing, ErasureRefusal>;
        const done = await carryOut(ports, begun.value, going.step);
        return accept(erasedOf(done));
      }),
    now: turn.now,
    cancel: turn.cancel,
    resume: () => resume(ports),
  };
}

/** What was cut off is ended without a word of how far it is: nobody asked for it just now. */
async function resume(ports: ErasurePorts): Promise<void> {
  for (const work of await openWork(ports.ledger.db, ports.ledger.workspaceId)) {
    ports.log('erasure.resumed', { id: work.id });
    await carryOut(ports, work, () => {});
  }
}

function erasedOf(fact: ErasureFact): Erasing {
  if (fact.kind !== 'erasure.done') throw new Error('An erasure ended without its receipt.');
  return { state: 'erased', id: fact.id, entries: fact.entries, objects: fact.objects };
}

function targetOf({ scope, subject, also }: Pick<ErasureWish, 'scope' | 'subject' | 'also'>): ErasureTarget {
  return scope === 'party' ? { scope, id: subject, also: new Set(also) } : { scope, id: subject };
}

/** Who or what it is about, with every name that the reason may not hold. */
async function subjectOf(
  { db, workspaceId }: Ledger,
  { scope, subject }: Pick<ErasureWish, 'scope' | 'subject'>,
): Promise<Outcome<{ readonly name: string; readonly names: readonly string[] }, ErasureRefusal>> {
  if (scope === 'record') {
    const [found] = await interactionsAmong(db, workspaceId, [subject]);
    return found ? accept({ name: '', names: [] }) : refuse('interaction-unknown');
  }
  const party = await loadParty(db, workspaceId, subject);
  if (!party) return refuse('party-unknown');
  const { rows } = await sql<{ value: string; label: string | null }>`
    SELECT value, label FROM identifiers WHERE workspace_id = ${workspaceId} AND party_id = ${subject}::uuid`.execute(
    db,
  );
  const names = [party.name, ...rows.flatMap(({ value, label }) => [value, label ?? ''])];
  return accept({ name: party.name, names });
}

/**
 * Decides, and writes down what is to go in the same transaction: from here on a crash is followed by the rest.
 */
async function begin(
  ports: ErasurePorts,
  actor: Actor,
  wish: ErasureWish,
  outsider: Outsider | null,
  { signal, step, pass }: Going,
): Promise<Outcome<ErasureWork | Erasing, ErasureRefusal>> {
  const { ledger } = ports;
  const { workspaceId } = ledger;
  const about = await subjectOf(ledger, wish);
  if (!about.ok) return about;
  await Promise.race([ports.quiet(), calledOff(signal)]);
  const look: Looking = { signal, seen: (done, of) => step('looking', done, of) };
  return deciding<ErasureWork | Erasing, ErasureRefusal>(ledger, actor, 'workspace', async (book) => {
    const { tx, now } = book;
    // Holds are set under the party's own lock: none comes into force while this is decided.
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${workspaceId}/party:${wish.subject}`}, 0))`.execute(
      tx,
    );
    const refused = await proofRefused(ledger, tx, outsider);
    if (refused) return refuse(refused);
    const asked = await waitingErasure(tx, workspaceId, wish.subject);
    const also = [...new Set([...wish.also, ...(asked?.also ?? [])])];
    const held = await holdsOver(ledger, { ...wish, also }, look);
    const members = await countMembers(ledger, tx);
    const second = { actor, outsider, members, now };
    const id = asked?.id ?? (ledger.newId() as ErasureId);
    const decided = decideErasing(id, wish, about.value.names, held.holds, asked, second);
    if (!decided.ok) return decided;
    const { value } = decided;
    if (value.go) {
      // What was asked for first is what was looked at; a wider wish now goes no further than that.
      const isSame = value.wish.also.length === also.length;
      const reach = isSame ? held.reach : await findReach(ledger, targetOf(value.wish), look);
      const work = await workOf(ledger, id, actor, value, reach);
      pass();
      await saveWork(tx, workspaceId, work);
      return accept<ErasureWork>(work);
    }
    pass();
    // Each refusal and each ask is a line of its own.
    const fact = { ...value.fact, id: ledger.newId() as ErasureId };
    await book.record(WORKSPACE_STREAM, [fact], projectErasures);
    return accept<Erasing>(
      fact.kind === 'erasure.refused'
        ? { state: 'refused', id: fact.id, holds: fact.holds, reviewAt: fact.reviewAt }
        : { state: 'waiting', id: fact.id, until: fact.kind === 'erasure.asked' ? fact.until : null },
    );
  });
}

/** Rejects once it is called off. */
function calledOff(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function holdsOver(
  ledger: Ledger,
  wish: Pick<ErasureWish, 'scope' | 'subject' | 'also'>,
  look: Looking,
) {
  const reach = await findReach(ledger, targetOf(wish), look);
  const party = wish.scope === 'party' ? wish.subject : null;
  const holds = await holdsOverAll(ledger.db, ledger.workspaceId, party, reach.interactions);
  return { reach, holds: holds.map(({ id, reviewAt }) => ({ id, reviewAt: reviewAt as Instant | null })) };
}

async function workOf(
  { db, workspaceId }: Ledger,
  id: ErasureId,
  actor: Actor,
  { wish, second }: Pick<ErasureWork, 'wish' | 'second'>,
  reach: Reach,
): Promise<ErasureWork> {
  const objects = await slotsOfObjects(db, workspaceId, reach.objects);
  return {
    ...{ id, actor, wish, second },
    indexes: reach.lines.map(({ index }) => index),
    records: reach.lines.map((line) => line.id),
    interactions: reach.interactions,
    ids: reach.ids,
    slots: [...reach.lines.map(({ slot }) => slot), ...objects],
    objects: objects.length,
    highestNumber: await highestNumber(db, workspaceId),
    until: reach.until,
  };
}

/** The highest exhibit number that was ever given; those of records that were erased are not given again. */
export function highestNumberGiven({ db, workspaceId }: Ledger): Promise<number> {
  return highestNumber(db, workspaceId);
}
