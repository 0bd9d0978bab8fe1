import { existsSync, globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { systemPostgres } from './apps/evenkeel/test/support/system-postgres.ts';
import { LongFirst } from './scripts/long-first.ts';

const productTests = 'apps/evenkeel/test/**/*.test.ts';
const packedTests = 'scripts/test/packed.test.ts';
const chromium = process.env.EVENKEEL_TEST_CHROMIUM ?? '/usr/bin/chromium';
const hasOtherPostgres = Boolean(process.env.EVENKEEL_TEST_DATABASE_URL ?? systemPostgres());

/** One more than there are cores, as a file waits a quarter of its time; more than four would want too much memory. */
const WORKERS = Math.min(4, Math.max(2, availableParallelism() + 1));

/** What is started again and again, our program above all, is compiled once. */
const compiled = fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url));

/**
 * Suites that are long for another reason than the database: processes that are killed, a story that is told a second
 * time, every way through a procedure. The statements they make are made by shorter suites too.
 */
const longForOtherReasons = [
  'app/second-process',
  'bundle/{full-form,outside-tools,pairs}',
  'casefile/erasure-story',
  'interaction/{corpora,mailbox-security}',
  'outbox/cut-off',
  'procedure/situations',
  'story/whole-story',
].map((name) => `apps/evenkeel/test/${name}.test.ts`);

/** The other suites that take a database are run on the product's own PostgreSQL and on another one. */
const databaseSuites = globSync(productTests, { exclude: longForOtherReasons }).filter((file) =>
  /support\/(test-database|told-story)\.ts/.test(readFileSync(file, 'utf8')),
);

const partTests = [
  'packages/*/test/**/*.test.ts',
  'scripts/**/*.test.ts',
  'fixtures/**/*.test.ts',
  'apps/web/test/**/*.test.{ts,tsx}',
];

const projects: TestProjectInlineConfiguration[] = [
  project('parts', partTests, { exclude: [...configDefaults.exclude, packedTests], isolate: false }),
  project('product', [productTests], withServer('own')),
  ...(hasOtherPostgres && databaseSuites.length > 0
    ? [project('other-postgresql', databaseSuites, withServer('system'))]
    : []),
  ...(existsSync(chromium)
    ? [
        project('browser', ['apps/web/test/**/*.e2e.ts'], {
          globalSetup: ['./apps/web/test/support/build.setup.ts'],
          setupFiles: ['./apps/web/test/support/seen.setup.ts'],
        }),
      ]
    : []),
  project('packed', [packedTests]),
];

function project(name: string, include: string[], more: object = {}): TestProjectInlineConfiguration {
  return { extends: true, test: { name, include, ...more } };
}

function withServer(name: 'own' | 'system'): object {
  return {
    globalSetup: [`./apps/evenkeel/test/support/${name}-server.setup.ts`],
  };
}

export default defineConfig({
  test: {
    // A test that hangs is found all the same; how fast something is, is measured and not tested.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    env: { NODE_COMPILE_CACHE: compiled },
    maxWorkers: WORKERS,
    sequence: { sequencer: LongFirst },
    projects,
  },
});
