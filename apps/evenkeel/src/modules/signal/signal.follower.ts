import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import { rowCounts } from '../../kernel/row-counts.ts';
import { READ_AGAIN, RECORDED_KINDS } from '../interaction/interaction.ts';
import { recordsReadAgain } from '../interaction/reread.actions.ts';
import type { EntryLine, Follower } from '../ledger/follower.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Reader } from './reader.ts';
import { deleteReadings, insertReadings, loadInbound } from './signal.store.ts';
import { type Readable, readingOf, UNREAD } from './signal.ts';
import { loadSettings } from './working.store.ts';

/**
 * Marks words of the other side, behind the index: what is found first can be searched first.
 *
 * @param isTurn resolves when nobody who goes before is behind
 */
export function signalFollower(
  { db, workspaceId }: Pick<Ledger, 'db' | 'workspaceId'>,
  reader: Reader,
  isTurn: () => Promise<void> = async () => {},
): Follower {
  const counts = rowCounts(db, ['signal_readings', 'signals']);
  return {
    name: 'signal.read',
    role: 'projector',
    kinds: [...RECORDED_KINDS, ...READ_AGAIN],
    needs: 'lines',
    // The thread that reads takes as much memory as one that imports: not both at once.
    givesWay: 'to the end',
    isTurn,
    batch: 250,
    async handle(tx, entries) {
      const indexes = new Map(
        entries.filter(({ kind }) => RECORDED_KINDS.includes(kind)).map(({ id, index }) => [id, index]),
      );
      for (const { recordId, since } of await readAgainSince(tx, workspaceId, entries))
        indexes.set(recordId, entries.find(({ id }) => id === since)!.index);
      if (indexes.size === 0) return;
      const found = await loadInbound(tx, workspaceId, [...indexes.keys()]);
      if (found.length === 0) return;
      const readables = found.map((one): Readable => ({ ...one, index: indexes.get(one.recordId)! }));
      const { profile } = await loadSettings(tx, workspaceId);
      const texts = readables.map(({ text }) => text);
      // An engine that cannot be had, because a file of it is gone, is no fault of any entry: it is read when it is back.
      const isReady = await reader.read('method', { profile }).then(
        () => true,
        () => false,
      );
      const { method, read } = isReady
        ? await reader.read('signals', { texts, profile })
        : { method: UNREAD, read: texts.map(() => ({ lang: UNREAD, findings: [] })) };
      const readings = readables.map((readable, i) => readingOf(readable, method, read[i]!));
      await insertReadings(tx, workspaceId, readings);
      counts.grewBy(readings.length);
    },
    caughtUp: counts.look,
  };
}

/** What is to be read again because its words read differently; what was marked in it before is let go. */
async function readAgainSince(tx: Tx, workspaceId: WorkspaceId, entries: readonly EntryLine[]) {
  const ids = entries.filter(({ kind }) => READ_AGAIN.includes(kind)).map(({ id }) => id);
  const again = await recordsReadAgain(tx, workspaceId, ids);
  await deleteReadings(
    tx,
    workspaceId,
    again.map(({ id }) => id),
  );
  return again;
}
