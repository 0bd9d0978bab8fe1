import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../apps/evenkeel/bin/run-program.mjs';
import { HAS_DOVECOT, HAS_POSTFIX } from '../apps/evenkeel/test/support/mail-programs.ts';
import { systemPostgres } from '../apps/evenkeel/test/support/system-postgres.ts';
import { buildWeb } from './build-web.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');

/** Suites that need something of the machine; where it is missing, we say so. */
const NEEDS = [
  {
    suites: 'browser suites',
    isThere: () => existsSync(process.env.EVENKEEL_TEST_CHROMIUM ?? '/usr/bin/chromium'),
    because: '/usr/bin/chromium is not installed (apt-get install chromium)',
  },
  {
    suites: 'database suites on another PostgreSQL',
    isThere: () => Boolean(process.env.EVENKEEL_TEST_DATABASE_URL || systemPostgres()),
    because: 'there is no PostgreSQL 15 or newer in /usr/lib/postgresql (apt-get install postgresql)',
  },
  {
    suites: 'suites over real mail servers',
    isThere: () => HAS_DOVECOT && HAS_POSTFIX,
    because:
      'Dovecot and Postfix are not installed, or this is not root (apt-get install dovecot-imapd postfix)',
  },
  {
    suites: 'suites over real mail and test vectors',
    isThere: () => existsSync(join(root, '../shared/corpora')),
    because: 'the folder ../shared/corpora is not here',
  },
];

/**
 * Runs the test suites.
 *
 * @param {'quick' | 'whole'} extent `quick` leaves out the browser, the other PostgreSQL and the packed form
 * @param {readonly string[]} args passed on to Vitest
 * @returns {Promise<{passed: number, failed: number, skipped: number}>}
 */
export async function runSuites(extent, args) {
  const missing = extent === 'whole' ? NEEDS.filter(({ isThere }) => !isThere()) : [];
  const web = extent === 'quick' || (await buildWeb());
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-report-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const projects = extent === 'quick' ? ['--project=parts', '--project=product'] : [];
  const code = await runProgram(process.execPath, [vitest, 'run', ...reporters, ...projects, ...args], {
    cwd: root,
  });
  const tally = countTests(report, code);
  rmSync(folder, { recursive: true });
  for (const { suites, because } of missing) console.log(`Skipped: ${suites}, because ${because}.`);
  return { ...tally, failed: tally.failed + (web ? 0 : 1), skipped: tally.skipped + missing.length };
}

/** Counts what Vitest wrote down; a file that could not be read counts as one failure, as does a run that broke. */
function countTests(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !hasFailure(assertionResults),
  );
  const failed = numFailedTests + broken.length;
  return {
    passed: numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}

function hasFailure(results) {
  return results.some(({ status }) => status === 'failed');
}
