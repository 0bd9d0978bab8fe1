import { existsSync, globSync, readFileSync } from 'node:fs';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { systemPostgres } from './apps/evenkeel/test/support/system-postgres.ts';

const productTests = 'apps/evenkeel/test/**/*.test.ts';
const chromium = process.env.EVENKEEL_TEST_CHROMIUM ?? '/usr/bin/chromium';
const hasOtherPostgres = Boolean(process.env.EVENKEEL_TEST_DATABASE_URL ?? systemPostgres());

/** Suites that take a database are run on the product's own PostgreSQL and on another one. */
const databaseSuites = globSync(productTests).filter((file) =>
  readFileSync(file, 'utf8').includes('support/test-database.ts'),
);

const projects: TestProjectInlineConfiguration[] = [
  project('parts', [
    'packages/*/test/**/*.test.ts',
    'scripts/**/*.test.ts',
    'apps/web/test/**/*.test.{ts,tsx}',
  ]),
  project('product', [productTests], 'own-server'),
  ...(hasOtherPostgres && databaseSuites.length > 0
    ? [project('other-postgresql', databaseSuites, 'system-server')]
    : []),
  ...(existsSync(chromium) ? [project('browser', ['apps/web/test/**/*.e2e.ts'])] : []),
];

function project(name: string, include: string[], server?: string): TestProjectInlineConfiguration {
  const globalSetup = server ? [`./apps/evenkeel/test/support/${server}.setup.ts`] : [];
  return { extends: true, test: { name, include, globalSetup } };
}

export default defineConfig({
  test: { testTimeout: 30_000, hookTimeout: 60_000, pool: 'forks', maxWorkers: 2, projects },
});
