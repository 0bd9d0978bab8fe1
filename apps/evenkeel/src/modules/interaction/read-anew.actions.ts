import type { Actor, RecordId } from '../../kernel/brand.ts';
import { giveWay } from '../../kernel/give-way.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { entriesById } from '../ledger/ledger.store.ts';
import { WORKSPACE_STREAM } from '../ledger/ledger.ts';
import { openEntries } from '../ledger/read.actions.ts';
import type { InteractionFact } from './interaction.ts';
import { countOlder, type Older, olderReadings, projectReadAnew } from './read-anew.store.ts';
import { type Difference, differencesOf, type ReadWith, readToday } from './read-anew.ts';
import { READER_VERSION } from './reading.ts';

type ReadAnew = Extract<InteractionFact, { kind: 'interaction.read-anew' }>;
type Looked = {
  readonly older: Older;
  readonly format: ReadWith['format'];
  readonly differences: readonly Difference[];
};

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Shows what today's reader makes otherwise of mails and chats that an older one read; changes nothing. A page at a time: the
 * whole record would take minutes.
 */
export async function previewReader(
  ledger: Ledger,
  page: { readonly after: string | null; readonly limit: number },
) {
  const { db, workspaceId } = ledger;
  const older = await olderReadings(db, workspaceId, {
    ...page,
    after: page.after ?? BEFORE_ALL,
    among: null,
  });
  const looked = await lookAt(ledger, older);
  return {
    reader: READER_VERSION,
    older: await countOlder(db, workspaceId),
    looked: looked.map(({ older: { id } }) => id),
    changes: looked
      .filter(isChanged)
      .map(({ older: { id, at, subject }, differences }) => ({ id, at, subject, differences })),
    next: older.length < page.limit ? null : older.at(-1)!.id,
  };
}

/** Has these read by today's reader from now on. Their bytes stay as they are; what changes is entered. */
export function applyReader(
  ledger: Ledger,
  actor: Actor,
  among: readonly string[],
): Promise<Outcome<{ readonly changed: number; readonly same: number }, 'nothing-older'>> {
  return deciding(ledger, actor, 'reader', async (book) => {
    const wish = { after: BEFORE_ALL, among, limit: among.length };
    const looked = await lookAt(ledger, await olderReadings(book.tx, ledger.workspaceId, wish));
    if (looked.length === 0) return refuse('nothing-older');
    const [changed, same] = [looked.filter(isChanged), looked.filter((one) => !isChanged(one))];
    const fact: ReadAnew = {
      kind: 'interaction.read-anew',
      reader: READER_VERSION,
      changed: changed.map(({ older: { id }, format }) => [id, format]),
      same: same.map(({ older: { id } }) => id),
    };
    await book.record(WORKSPACE_STREAM, [fact], (tx, _workspace, recorded) =>
      projectReadAnew(tx, ledger, recorded),
    );
    return accept({ changed: changed.length, same: same.length });
  });
}

function isChanged({ differences }: Looked): boolean {
  return differences.length > 0;
}

async function lookAt(ledger: Ledger, older: readonly Older[]): Promise<readonly Looked[]> {
  const formats = await formatsOf(
    ledger,
    older.map(({ recordId }) => recordId),
  );
  const looked: Looked[] = [];
  for (const one of older) {
    const format = formats.get(one.recordId) ?? null;
    const bytes = await ledger.vault.openSlot(ledger.db, one.slot);
    if (bytes === 'erased') continue;
    looked.push({
      older: one,
      format,
      differences: differencesOf(one, await readToday(bytes, { ...one, format })),
    });
    await giveWay();
  }
  return looked;
}

/** How each mail lay where it was found, which its reading depends on. */
async function formatsOf({ db, workspaceId, vault }: Ledger, records: readonly RecordId[]) {
  const entries = await openEntries(vault, await entriesById(db, workspaceId, records));
  return new Map(
    entries.map(({ id, fact }) => {
      const recorded = fact as InteractionFact | 'erased';
      const isMail = recorded !== 'erased' && recorded.kind === 'interaction.recorded';
      return [id, isMail ? recorded.origin.format : null] as const;
    }),
  );
}
