import { expect, test } from 'vitest';
import { holdDatabase } from '../../src/kernel/db.ts';
import { testDatabase } from '../support/test-database.ts';

const { pool } = await testDatabase();

test('a database that several machines can reach is held for one of them, and let go when it stops', async () => {
  const release = await holdDatabase(pool, 'workspace-1');
  await expect(holdDatabase(pool, 'workspace-1')).rejects.toMatchObject({ code: 'database-held' });
  await (await holdDatabase(pool, 'workspace-2'))();
  await release();
  await (await holdDatabase(pool, 'workspace-1'))();
});
