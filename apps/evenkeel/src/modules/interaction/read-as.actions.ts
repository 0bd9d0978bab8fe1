import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { entriesById } from '../ledger/ledger.store.ts';
import { sourceStream } from '../ledger/ledger.ts';
import { openEntries } from '../ledger/read.actions.ts';
import { originalsOf } from './detail.store.ts';
import type { InteractionFact } from './interaction.ts';
import { loadReadAs, projectReadAs } from './read-as.store.ts';
import { decideReadAs, type ReadAsRefusal } from './read-as.ts';

type Recorded = Extract<InteractionFact, { kind: 'interaction.recorded' }>;

/**
 * Has a mail read in another charset from now on, for everybody. Its bytes stay as they are, and so does what was read
 * first: it can be had again at any time.
 *
 * @param charset null for what the reader finds by itself
 */
export function readAs(
  ledger: Ledger,
  actor: Actor,
  id: string,
  charset: string | null,
): Promise<Outcome<{ readonly charset: string | null }, ReadAsRefusal>> {
  const { workspaceId, vault } = ledger;
  return deciding(ledger, actor, `interaction:${id}`, async (book) => {
    const [original] = await originalsOf(book.tx, workspaceId, [id]);
    if (!original) return refuse('interaction-unknown');
    const fact = await recordedAs(ledger, original.recordId);
    const bytes = fact ? await vault.openSlot(book.tx, original.slot) : 'erased';
    if (!fact || bytes === 'erased') return refuse('not-read-as-mail');
    const now = await loadReadAs(book.tx, workspaceId, id);
    const decided = decideReadAs(bytes, now, charset);
    if (!decided.ok) return decided;
    const { origin, source } = fact;
    const again: InteractionFact = {
      ...{ kind: 'interaction.read-as', interaction: fact.id, charset: decided.value, format: origin.format },
    };
    await book.record(sourceStream(source), [again], (tx, _workspace, recorded) =>
      projectReadAs(tx, ledger, recorded),
    );
    return accept({ charset: decided.value });
  });
}

/** The fact by which a mail came in; null for what came otherwise and is not read as mail. */
export async function recordedAs({ db, workspaceId, vault }: Ledger, recordId: Recorded['original']) {
  const entries = await entriesById(db, workspaceId, [recordId]);
  const fact = (await openEntries(vault, entries))[0]?.fact as InteractionFact | 'erased' | undefined;
  const isMail = fact && fact !== 'erased' && fact.kind === 'interaction.recorded' && fact.pasted === null;
  return isMail ? (fact as Recorded) : null;
}
