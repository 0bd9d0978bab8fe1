import { type Db, runStatement } from './db.ts';

/** After so many new rows, and a fifth of those there were, they are counted again; fewer change little. */
const COUNTED_FROM = 1000;
const COUNTED_SHARE = 0.2;

export type RowCounts = { readonly grewBy: (rows: number) => void; readonly look: () => Promise<void> };

/**
 * Tells the planner what is in tables that grow by thousands of rows at once. By itself the database does so minutes later,
 * and until then it takes a client's hundred thousand rows for five hundred.
 */
export function rowCounts(db: Db, tables: readonly string[]): RowCounts {
  let counted = 0;
  let uncounted = 0;
  return {
    grewBy: (rows) => {
      uncounted += rows;
    },
    look: async () => {
      if (uncounted < Math.max(COUNTED_FROM, counted * COUNTED_SHARE)) return;
      counted += uncounted;
      uncounted = 0;
      await runStatement(db, `ANALYZE ${tables.join(', ')}`);
    },
  };
}
