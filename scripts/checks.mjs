import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSuites } from './suites.mjs';

/**
 * @typedef {{ name: string, program: string, args: readonly string[], isThere?: () => boolean }} Check
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules', name);
const isInRepository = (path) => () => existsSync(join(root, path));

/** Everything but the tests, cheap first. @type {readonly Check[]} */
const CHECKS = [
  { name: 'format and lint', program: bin('@biomejs/biome/bin/biome'), args: ['check', '--colors=off'] },
  { name: 'lock file', program: 'scripts/complete-lock.mjs', args: ['--check'] },
  {
    name: 'dependency directions',
    program: bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
    args: ['--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'scripts'],
  },
  { name: 'dead code', program: bin('knip/bin/knip.js'), args: ['--no-config-hints'] },
  { name: 'types', program: bin('typescript/bin/tsc'), args: ['-p', 'tsconfig.json', '--noEmit'] },
  {
    name: 'types of the web client',
    program: bin('typescript/bin/tsc'),
    args: ['-p', 'apps/web/tsconfig.json', '--noEmit'],
    isThere: isInRepository('apps/web/tsconfig.json'),
  },
  {
    name: 'types of the page that checks a bundle',
    program: bin('typescript/bin/tsc'),
    args: ['-p', 'packages/proof/page/tsconfig.json', '--noEmit'],
  },
  {
    name: 'page that checks a bundle, and its SHA-256',
    program: 'scripts/verify-page.mjs',
    args: ['--check'],
  },
  {
    name: 'generated files',
    program: 'scripts/generate.mjs',
    args: ['--check'],
    isThere: isInRepository('scripts/generate.mjs'),
  },
  { name: 'packs', program: 'scripts/packs.ts', args: ['--check'] },
  { name: 'program text names no pack', program: 'scripts/pack-names.mjs', args: [] },
];

/**
 * Runs the checks, one after the other, beside the suites, and ends with one line that counts them all: what a suite leaves of
 * the machine while it waits, the checks take.
 *
 * @param {'quick' | 'whole'} extent which suites
 * @param {readonly string[]} args passed on to the suites
 * @returns {Promise<number>} the exit code
 */
export async function runChecks(extent, args) {
  const [{ tally, broken }, suites] = await Promise.all([goThrough(CHECKS), runSuites(extent, args)]);
  add(tally, suites);
  // The suites print thousands of lines, and whoever reads the end of them has not seen the beginning.
  if (broken.length > 0) console.log(`Failed beside the suites, see above: ${broken.join(', ')}.`);
  console.log(closingLine(tally));
  return tally.failed === 0 ? 0 : 1;
}

/** @param {readonly Check[]} checks */
async function goThrough(checks) {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const broken = [];
  for (const check of checks.filter(({ isThere }) => isThere?.() ?? true)) {
    const one = await runCheck(check);
    if (one.failed > 0) broken.push(check.name);
    add(tally, one);
  }
  return { tally, broken };
}

/** @param {Tally} tally */
function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}

function add(tally, more) {
  for (const key of Object.keys(tally)) tally[key] += more[key];
}

/** @param {Check} check @returns {Promise<Tally>} */
async function runCheck({ name, program, args }) {
  const startedAt = performance.now();
  const { code, output } = await run(program, args);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (code !== 0) console.log(output.trimEnd());
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
