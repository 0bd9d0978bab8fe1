import type { Actor, RecordId, WorkspaceId } from '../../kernel/brand.ts';
import { sql, type Tx } from '../../kernel/db.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { append, type Ledger, prepareFacts } from './ledger.actions.ts';
import type { Fact, PendingEntry, Stream } from './ledger.ts';

/** A fact with what its entry says of it: what a projection is made from, by actions and by replay alike. */
export type Recorded<F extends Fact> = {
  readonly recordId: RecordId;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly fact: F;
};

/** Writes the rows that follow from facts, in the order of the facts. */
export type Project<F extends Fact> = (
  tx: Tx,
  workspaceId: WorkspaceId,
  recorded: readonly Recorded<F>[],
) => Promise<void>;

/** What is being written down while something is decided: all of it is committed, or nothing. */
export type Book = {
  readonly tx: Tx;
  readonly now: Instant;
  readonly actor: Actor;
  /** Seals facts, projects them at once, and keeps their entries for the end of the transaction. */
  readonly record: <F extends Fact>(
    stream: Stream,
    facts: readonly F[],
    project: Project<F>,
  ) => Promise<readonly RecordId[]>;
  /** Keeps entries that were prepared and projected by other means. */
  readonly add: (entries: readonly PendingEntry[]) => void;
};

/**
 * Decides from what is so at this moment, and records what was decided, in one transaction. Who decides about the same
 * subject at the same time waits for the other, so nothing is accepted twice.
 *
 * @param subject what is decided about: `party:<id>`, mostly
 * @param decide a refusal undoes everything that was recorded before it
 */
export async function deciding<T, Reason extends string>(
  ledger: Ledger,
  actor: Actor,
  subject: string,
  decide: (book: Book) => Promise<Outcome<T, Reason>>,
): Promise<Outcome<T, Reason>> {
  const undo = new Undo();
  try {
    const decided = await ledger.db.transaction().execute(async (tx) => {
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${ledger.workspaceId}/${subject}`}, 0))`.execute(
        tx,
      );
      const kept: Kept = { entries: [], mayNameObjects: false };
      const outcome = await decide(openBook(ledger, tx, actor, kept));
      undo.outcome = outcome;
      if (!outcome.ok) throw undo;
      // Where no new object is named, nobody waits for those of somebody else's import.
      await (kept.mayNameObjects ? ledger.vault.flush() : ledger.vault.flushSlots());
      await append(tx, ledger, kept.entries);
      return outcome;
    });
    ledger.wake();
    return decided;
  } catch (error) {
    if (error === undo) return undo.outcome as Outcome<T, Reason>;
    throw error;
  }
}

/** Thrown to leave the transaction, never out of this file. */
class Undo extends Error {
  outcome: unknown = null;
}

/** What waits for the end of the transaction; facts that are recorded name no objects, what was prepared elsewhere may. */
type Kept = { readonly entries: PendingEntry[]; mayNameObjects: boolean };

function openBook(ledger: Ledger, tx: Tx, actor: Actor, kept: Kept): Book {
  return {
    tx,
    actor,
    now: ledger.chance.now(),
    add: (more) => {
      kept.entries.push(...more);
      kept.mayNameObjects = true;
    },
    record: async (stream, facts, project) => {
      const pending = await prepareFacts(
        ledger,
        facts.map((fact) => ({ fact, stream, actor })),
        tx,
      );
      kept.entries.push(...pending);
      const recorded = pending.map(({ id, recordedAt }, i) => ({
        recordId: id,
        recordedAt,
        actor,
        fact: facts[i]!,
      }));
      await project(tx, ledger.workspaceId, recorded);
      return pending.map(({ id }) => id);
    },
  };
}
