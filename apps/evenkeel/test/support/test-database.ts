import { freshDatabase, type TestDatabase } from './fresh-database.ts';

export type { TestDatabase };

/**
 * The database of a test file that is run on another PostgreSQL too: `vitest.config.ts` finds such files by this name.
 *
 * Call it at the top of a file or in `beforeAll`.
 */
export function testDatabase(): Promise<TestDatabase> {
  return freshDatabase();
}
