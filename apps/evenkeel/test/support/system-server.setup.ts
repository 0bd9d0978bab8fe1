import type { TestProject } from 'vitest/node';
import { connectionOf, systemPostgres } from './system-postgres.ts';
import { provideTemplate, serveTests } from './test-server.ts';

/** The same suites on another PostgreSQL: the one that `EVENKEEL_TEST_DATABASE_URL` names, or this machine's. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.EVENKEEL_TEST_DATABASE_URL;
  if (url) return provideTemplate(project, connectionOf(url));
  return serveTests(project, systemPostgres());
}
