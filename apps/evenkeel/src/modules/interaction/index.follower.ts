import { ANALYSER_VERSION } from '@evenkeel/language/analyse';
import type { RecordId } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Thread } from '../../kernel/workers.ts';
import type { Follower } from '../ledger/follower.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { dropAhead, startAhead, takeAhead } from './ahead.ts';
import { loadIndexable } from './interaction.store.ts';
import { recordsReadAgain } from './read-as.store.ts';
import { recordedFollower } from './recorded.follower.ts';
import {
  countWords,
  deleteSearchRows,
  insertSearchRows,
  type SearchRow,
  settleIndex,
} from './search.store.ts';
import { searchText } from './search.ts';

/** After so many new rows, and a fifth of those there were, the words are counted again; fewer change little. */
const COUNTED_FROM = 1000;
const COUNTED_SHARE = 0.2;

export type Analyst = Thread<readonly string[], readonly Uint8Array[]>;

/** Makes every interaction findable, right behind its recording. */
export function indexFollower(ledger: Ledger, analyst: () => Analyst): Follower {
  let uncounted = 0;
  let counted = 0;
  startAhead(ledger, (texts) => analyst().ask(texts));
  return recordedFollower({
    name: 'interaction.index',
    async project(tx, records) {
      const vectors = await takeAhead(ledger, records);
      const made = records.flatMap((recordId, i) => (vectors[i] ? [{ recordId, vector: vectors[i] }] : []));
      const left = records.filter((_, i) => !vectors[i]);
      const rows = left.length === 0 ? made : [...made, ...(await analysed(tx, ledger, analyst(), left))];
      await insertSearchRows(tx, ledger.workspaceId, ANALYSER_VERSION, rows);
      uncounted += rows.length;
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
      if (uncounted < Math.max(COUNTED_FROM, counted * COUNTED_SHARE)) return;
      counted += uncounted;
      uncounted = 0;
      await countWords(ledger.db);
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
