import { expect, test } from 'vitest';
import { testDatabase } from '../support/test-database.ts';

const { pool } = await testDatabase();

test('a test file has a migrated database of its own', async () => {
  const { rows } = await pool.query('select count(*) > 0 as migrated from migrations');
  expect(rows).toEqual([{ migrated: true }]);
});
