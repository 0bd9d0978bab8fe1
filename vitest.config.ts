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

/** Two more than there are cores, as a file waits a quarter of its time and more; more than four would want too much memory. */
const WORKERS = Math.min(4, availableParallelism() + 2);

/** What is started again and again, our program above all, is compiled once. */
const compiled = fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url));

/**
 * Suites that are long for another reason than the database: processes that are killed, mail servers, a story that is told
 * a second time, every way through a procedure. Every statement of the product that they make is made by a suite that stays.
 */
const longForOtherReasons = [
  'app/second-process',
  'bundle/{bundle,full-form,outside-tools,pairs}',
  'casefile/erasure-story',
  'desk/contradictions',
  'interaction/{container,corpora,import,mailbox,mailbox-security,picks}',
  'outbox/cut-off',
  'procedure/situations',
  'signal/user-packs',
  'story/whole-story',
].map((name) => `apps/evenkeel/test/${name}.test.ts`);

/** Suites that change what the whole process has, its environment, its clock, whom it trusts: each has one of its own. */
const changingTheProcess = suitesThat(/process\.env\.\w+ =|vi\.use|support\/certificates\.ts/);

/** The other suites that take a database are run on the product's own PostgreSQL and on another one. */
const databaseSuites = suitesThat(/support\/(test-database|told-story)\.ts/, longForOtherReasons);

const partTests = [
  'packages/*/test/**/*.test.ts',
  'scripts/**/*.test.ts',
  'fixtures/**/*.test.ts',
  'apps/web/test/**/*.test.{ts,tsx}',
];

const projects: TestProjectInlineConfiguration[] = [
  project('parts', partTests, { exclude: [...configDefaults.exclude, packedTests], isolate: false }),
  ...withServer('product', globSync(productTests), 'own'),
  ...(hasOtherPostgres ? withServer('other-postgresql', databaseSuites, 'system') : []),
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

/** The suites of a server; modules stay loaded from one to the next, which saves a second each. */
function withServer(
  name: string,
  suites: string[],
  server: 'own' | 'system',
): TestProjectInlineConfiguration[] {
  const support = './apps/evenkeel/test/support';
  const setup = {
    globalSetup: [`${support}/${server}-server.setup.ts`],
    setupFiles: [`${support}/file.setup.ts`],
  };
  const apart = suites.filter((suite) => changingTheProcess.includes(suite));
  const together = suites.filter((suite) => !changingTheProcess.includes(suite));
  return [
    ...(together.length > 0 ? [project(name, together, { ...setup, isolate: false })] : []),
    ...(apart.length > 0 ? [project(`${name}-apart`, apart, setup)] : []),
  ];
}

function suitesThat(have: RegExp, exclude: readonly string[] = []): string[] {
  return globSync(productTests, { exclude }).filter((file) => have.test(readFileSync(file, 'utf8')));
}

export default defineConfig({
  test: {
    // A test that hangs is found all the same; how fast something is, is measured and not tested.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    env: { NODE_COMPILE_CACHE: compiled },
    maxWorkers: WORKERS,
    sequence: { sequencer: LongFirst },
    projects,
  },
});
