import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Project, Recorded } from './deciding.actions.ts';
import type { Fact } from './ledger.ts';

/** Writes the rows that follow from one fact. */
export type Write<F extends Fact> = (
  tx: Tx,
  workspaceId: WorkspaceId,
  recorded: Recorded<F>,
) => Promise<void>;

/** What is written for each kind of fact: one that nobody writes does not compile. */
export type Writers<F extends Fact> = { readonly [Kind in F['kind']]: Write<Extract<F, { kind: Kind }>> };

/**
 * Writes what facts say, one after the other; actions and replay both come through what this returns.
 *
 * @param also what is written for a fact of any kind, after its own rows
 */
export function projecting<F extends Fact>(writers: Writers<F>, also?: Write<F>): Project<F> {
  const byKind = new Map(Object.entries(writers) as [string, Write<F>][]);
  return async (tx, workspaceId, recorded) => {
    for (const one of recorded) {
      await byKind.get(one.fact.kind)!(tx, workspaceId, one);
      await also?.(tx, workspaceId, one);
    }
  };
}
