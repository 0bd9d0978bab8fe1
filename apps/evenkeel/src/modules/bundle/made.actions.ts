import { pageOf, type TimeKey } from '../../kernel/paging.ts';
import { loadEverybody } from '../account/account.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { type BundleFilter, pageOfBundles } from './bundle.store.ts';
import { batesOf } from './bundle.ts';

/** The bundles that were made, newest first, with the names of those who made them. */
export async function bundlesPage(
  { db, workspaceId }: Ledger,
  filter: BundleFilter,
  after: TimeKey | null,
  limit: number,
) {
  const [rows, everybody] = await Promise.all([
    pageOfBundles(db, workspaceId, filter, after, limit + 1),
    loadEverybody(db, workspaceId),
  ]);
  const names = new Map(everybody.map(({ id, name }) => [`member:${id}`, name]));
  const { items, next } = pageOf(rows, limit);
  return {
    items: items.map(({ madeBy, first, last, ...row }) => ({
      ...row,
      by: { actor: madeBy, name: names.get(madeBy) ?? null },
      bates: first === null || last === null ? null : { first: batesOf(first), last: batesOf(last) },
    })),
    next,
  };
}
