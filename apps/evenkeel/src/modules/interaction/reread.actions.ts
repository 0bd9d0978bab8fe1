import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { sourceStream } from '../ledger/ledger.ts';
import { loadRun } from '../source/source.actions.ts';
import type { RunId } from '../source/source.ts';
import { guessesOf } from './exported.store.ts';
import type { InteractionFact } from './interaction.ts';
import { projectRereading } from './reread.store.ts';

export { recordsReadAgain } from './read-as.store.ts';
export { guessesOf };

type Reread = Extract<InteractionFact, { kind: 'interaction.reread' }>;
export type RereadWish = Pick<Reread, 'container' | 'dateOrder' | 'zone'>;
export type RereadRefusal = 'run-unknown' | 'run-running' | 'nothing-corrected' | 'export-unknown';

/**
 * Puts right what a run guessed about exports: their entries are read again as the person says. The bytes stay as they
 * are, and so does what was guessed first: it stands in the ledger.
 */
export function rereadExports(
  ledger: Ledger,
  actor: Actor,
  run: string,
  wish: RereadWish,
): Promise<Outcome<{ readonly entries: number }, RereadRefusal>> {
  return deciding(ledger, actor, `run:${run}`, async (book) => {
    if (wish.dateOrder === null && wish.zone === null) return refuse('nothing-corrected');
    const known = await loadRun(book.tx, ledger.workspaceId, run);
    if (!known) return refuse('run-unknown');
    if (known.state === 'running') return refuse('run-running');
    const guesses = await guessesOf(book.tx, ledger.workspaceId, run);
    const meant = guesses.filter(({ container }) => wish.container === null || container === wish.container);
    if (meant.length === 0) return refuse('export-unknown');
    const fact: Reread = { kind: 'interaction.reread', run: run as RunId, ...wish };
    await book.record(sourceStream(known.sourceId), [fact], (tx, _workspace, recorded) =>
      projectRereading(tx, ledger, recorded),
    );
    return accept({ entries: meant.reduce((sum, { entries }) => sum + entries, 0) });
  });
}
