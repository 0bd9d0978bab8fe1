import type { Actor } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { entriesById } from '../ledger/ledger.store.ts';
import { sourceStream } from '../ledger/ledger.ts';
import { openEntries } from '../ledger/read.actions.ts';
import type { SourceId } from '../source/source.ts';
import { copiesOf, originalsOf } from './detail.store.ts';
import type { InteractionFact } from './interaction.ts';
import { loadReadAs, projectReadAs } from './read-as.store.ts';
import { decideReadAs, type ReadAsRefusal } from './read-as.ts';

type Recorded = Extract<InteractionFact, { kind: 'interaction.recorded' }>;

/**
 * Has a mail read in another charset from now on, for everybody, and with it every copy of it that came another way. The
 * bytes stay as they are, and so does what was read first: it can be had again at any time.
 *
 * @param charset null for what the reader finds by itself
 */
export function readAs(
  ledger: Ledger,
  actor: Actor,
  id: string,
  charset: string | null,
): Promise<Outcome<{ readonly charset: string | null; readonly copies: number }, ReadAsRefusal>> {
  return deciding(ledger, actor, `interaction:${id}`, async (book) => {
    const decided = await decideOne(ledger, book.tx, id, charset);
    if (!decided.ok) return decided;
    const copies = [];
    for (const copy of (await copiesOf(book.tx, ledger.workspaceId, id)).slice(0, MOST_COPIES)) {
      if (copy.id === id) continue;
      const same = await decideOne(ledger, book.tx, copy.id, charset);
      // A copy may state its charset, be erased, or read so already.
      if (same.ok) copies.push(same.value);
    }
    for (const { fact, source } of [decided.value, ...copies])
      await book.record(sourceStream(source), [fact], (tx, _workspace, recorded) =>
        projectReadAs(tx, ledger, recorded),
      );
    return accept({ charset: decided.value.fact.charset, copies: copies.length });
  });
}

const MOST_COPIES = 50;
type ReadAs = Extract<InteractionFact, { kind: 'interaction.read-as' }>;

async function decideOne(
  ledger: Ledger,
  tx: Tx,
  id: string,
  charset: string | null,
): Promise<Outcome<{ readonly fact: ReadAs; readonly source: SourceId }, ReadAsRefusal>> {
  const { workspaceId, vault } = ledger;
  const [original] = await originalsOf(tx, workspaceId, [id]);
  if (!original) return refuse('interaction-unknown');
  const recorded = await recordedAs(ledger, original.recordId);
  const bytes = recorded ? await vault.openSlot(tx, original.slot) : 'erased';
  if (!recorded || bytes === 'erased') return refuse('not-read-as-mail');
  const decided = decideReadAs(bytes, await loadReadAs(tx, workspaceId, id), charset);
  if (!decided.ok) return decided;
  const { format } = recorded.origin;
  const fact: ReadAs = {
    ...{ kind: 'interaction.read-as', interaction: recorded.id, charset: decided.value, format },
  };
  return accept({ fact, source: recorded.source });
}

/** The fact by which a mail came in; null for what came otherwise and is not read as mail. */
export async function recordedAs({ db, workspaceId, vault }: Ledger, recordId: Recorded['original']) {
  const entries = await entriesById(db, workspaceId, [recordId]);
  const fact = (await openEntries(vault, entries))[0]?.fact as InteractionFact | 'erased' | undefined;
  const isMail = fact && fact !== 'erased' && fact.kind === 'interaction.recorded' && fact.pasted === null;
  return isMail ? (fact as Recorded) : null;
}
