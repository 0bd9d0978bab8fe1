import { ANALYSER_VERSION } from '@evenkeel/language/analyse';
import type { Thread } from '../../kernel/workers.ts';
import type { Follower } from '../ledger/follower.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadIndexable } from './interaction.store.ts';
import { recordedFollower } from './recorded.follower.ts';
import { countWords, insertSearchRows, settleIndex } from './search.store.ts';
import { searchText } from './search.ts';

/** After so many new rows the words are counted again; fewer change little. */
const COUNTED_FROM = 1000;

export type Analyst = Thread<readonly string[], readonly Uint8Array[]>;

/** Makes every interaction findable, right behind its recording. */
export function indexFollower(ledger: Ledger, analyst: () => Analyst): Follower {
  let uncounted = 0;
  return recordedFollower(ledger, {
    name: 'interaction.index',
    load: loadIndexable,
    async project(tx, found) {
      const vectors = await analyst().ask(found.map(searchText));
      const rows = found.map((one, i) => ({
        interactionId: one.id,
        recordId: one.recordId,
        at: one.at,
        vector: vectors[i]!,
      }));
      await insertSearchRows(tx, ledger.workspaceId, ANALYSER_VERSION, rows);
      uncounted += rows.length;
    },
    async caughtUp() {
      await settleIndex(ledger.db);
      if (uncounted < COUNTED_FROM) return;
      uncounted = 0;
      await countWords(ledger.db);
    },
  });
}
