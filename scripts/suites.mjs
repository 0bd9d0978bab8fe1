import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../apps/evenkeel/bin/run-program.mjs';
import { HAS_DOVECOT, HAS_POSTFIX } from '../apps/evenkeel/test/support/mail-programs.ts';
import { systemPostgres } from '../apps/evenkeel/test/support/system-postgres.ts';
import { HAS_GO_LOG } from '../packages/proof/test/go-log.ts';
import { secondIsMissing } from '../packages/proof/test/second.ts';
import { buildWeb } from './build-web.mjs';
import { makeRunFolder } from './run-folder.mjs';

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
    suites: 'what the second verifier says of the same bundles',
    isThere: () => secondIsMissing() === null,
    because: 'Python 3.9 or newer or openssl 3 or newer is not here (apt-get install python3 openssl)',
  },
  {
    suites: "suites beside Go's transparency log",
    isThere: () => HAS_GO_LOG,
    because: 'Go or its log is not installed (apt-get install golang-go golang-golang-x-mod-dev)',
  },
  {
    suites: 'suites over real mail and test vectors',
    isThere: () => existsSync(join(root, '../shared/corpora')),
    because: 'the folder ../shared/corpora is not here',
  },
];

/** More than this many files that failed are no chance of a busy machine. */
const AGAIN_AT_MOST = 6;

/**
 * Runs the test suites. In the whole run a few files that failed are run once more, each alone in a process of its own: a
 * fault fails both times; what passes then depended on the load of the machine or on what another file left behind, and
 * is named, so that it can be mended.
 *
 * @param {'quick' | 'whole'} extent `quick` leaves out the browser, the other PostgreSQL and the packed form
 * @param {readonly string[]} args passed on to Vitest
 * @returns {Promise<{passed: number, failed: number, skipped: number}>}
 */
export async function runSuites(extent, args) {
  const missing = extent === 'whole' ? NEEDS.filter(({ isThere }) => !isThere()) : [];
  const web = extent === 'quick' || (await buildWeb());
  const projects =
    extent === 'quick' ? ['--project=parts', '--project=product', '--project=product-apart'] : [];
  const first = await runVitest([...projects, ...args]);
  const files = filesOf(first.failures);
  const isAgain = extent === 'whole' && files.length > 0 && files.length <= AGAIN_AT_MOST;
  const last = isAgain ? await runAgain(first, files) : first;
  // Thousands of lines were printed since the first of these.
  if (last.failures.length > 0) console.log(`Failed:\n${last.failures.map(nameOf).join('\n')}`);
  else if (last.failed > 0) console.log('The run broke off outside of any test, see above.');
  for (const { suites, because } of missing) console.log(`Skipped: ${suites}, because ${because}.`);
  return {
    passed: last.passed,
    failed: last.failed + (web ? 0 : 1),
    skipped: last.skipped + missing.length,
  };
}

async function runAgain(first, files) {
  console.log(`Once more, alone: ${files.join(', ')}`);
  const { failed, failures } = await runVitest(['--maxWorkers=1', '--isolate', ...files]);
  const stillFail = filesOf(failures);
  const unsteady = first.failures.filter(({ file }) => !stillFail.includes(file));
  if (unsteady.length > 0)
    console.log(
      `Unsteady, to be mended: failed beside the others, passed alone:\n${unsteady.map(nameOf).join('\n')}`,
    );
  return { ...first, passed: first.passed + Math.max(0, first.failed - failed), failed, failures };
}

const filesOf = (failures) => [...new Set(failures.map(({ file }) => file))];
const nameOf = ({ file, test }) => `  ${file}${test ? ` › ${test}` : ''}`;

async function runVitest(args) {
  const { folder, remove } = makeRunFolder();
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const env = { ...process.env, TMPDIR: folder };
  const code = await runProgram(process.execPath, [vitest, 'run', ...reporters, ...args], { cwd: root, env });
  const tally = countTests(report, code);
  remove();
  return tally;
}

/** Counts what Vitest wrote down; a file that could not be read counts as one failure, as does a run that broke. */
function countTests(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, failures: [] };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const failures = testResults.filter(({ status }) => status === 'failed').flatMap(failuresOf);
  // A file that could not be read has no test that failed.
  const failed = numFailedTests + failures.filter(({ test }) => test === null).length;
  return {
    passed: numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
    failures,
  };
}

function failuresOf({ name, assertionResults }) {
  const file = relative(root, name);
  const tests = assertionResults.filter(({ status }) => status === 'failed');
  return tests.length > 0 ? tests.map(({ fullName }) => ({ file, test: fullName })) : [{ file, test: null }];
}
