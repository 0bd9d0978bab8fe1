import { ANALYSER_VERSION } from '@evenkeel/language/analyse';
import type { RecordId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import { rowCounts } from '../../kernel/row-counts.ts';
import type { Thread } from '../../kernel/workers.ts';
import type { Follower } from '../ledger/follower.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { dropAhead, startAhead, takeAhead } from './ahead.ts';
import { loadIndexable } from './interaction.store.ts';
import { recordsReadAgain } from './read-as.store.ts';
import { RECORDED_BATCH, recordedFollower } from './recorded.follower.ts';
import {
  deleteSearchRows,
  dropWordIndex,
  hasFewerRows,
  insertSearchRows,
  makeWordIndex,
  type SearchRow,
  settleIndex,
} from './search.store.ts';
import { searchText } from './search.ts';

/** What an import fills: the words, and the rows by which pages of a client are found. */
const FILLED = [
  'search_rows',
  'interactions',
  'filings',
  'originals',
  'objects',
  'thread_members',
  'thread_keys',
  'entries',
];

export type Analyst = Thread<readonly string[], readonly Uint8Array[]>;

/** Makes every interaction findable, right behind its recording. */
export function indexFollower(ledger: Ledger, analyst: () => Analyst): Follower {
  const counts = rowCounts(ledger.db, FILLED);
  startAhead(ledger, (texts) => analyst().ask(texts));
  return recordedFollower({
    name: 'interaction.index',
    async project(tx, records) {
      const vectors = await takeAhead(ledger, records);
      const made = records.flatMap((recordId, i) => (vectors[i] ? [{ recordId, vector: vectors[i] }] : []));
      const left = records.filter((_, i) => !vectors[i]);
      const rows = left.length === 0 ? made : [...made, ...(await analysed(tx, ledger, analyst(), left))];
      const isFull = records.length === RECORDED_BATCH;
      // Over rows that are there the index is made in half the time that putting them in one by one would take.
      if (isFull && (await hasFewerRows(tx, RECORDED_BATCH))) await dropWordIndex(tx);
      await insertSearchRows(tx, ledger.workspaceId, ANALYSER_VERSION, rows);
      if (!isFull) await makeWordIndex(tx);
      counts.grewBy(rows.length);
    },
    async readAgain(tx, entries) {
      const again = await recordsReadAgain(tx, ledger.workspaceId, entries);
      await deleteSearchRows(
        tx,
        ledger.workspaceId,
        again.map(({ id }) => id),
      );
      const records = again.map(({ recordId }) => recordId);
      const rows = await analysed(tx, ledger, analyst(), records);
      await insertSearchRows(tx, ledger.workspaceId, ANALYSER_VERSION, rows);
    },
    async caughtUp() {
      dropAhead(ledger);
      await settleIndex(ledger.db);
      await counts.look();
    },
  });
}

async function analysed(
  tx: Tx,
  { workspaceId }: Ledger,
  analyst: Analyst,
  records: readonly RecordId[],
): Promise<readonly SearchRow[]> {
  const found = await loadIndexable(tx, workspaceId, records);
  const vectors = await analyst.ask(found.map(searchText));
  return found.map(({ recordId }, i) => ({ recordId, vector: vectors[i]! }));
}
