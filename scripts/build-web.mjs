import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../apps/evenkeel/bin/run-program.mjs';

const repository = fileURLToPath(new URL('..', import.meta.url));
const web = join(repository, 'apps/web');
const vite = join(repository, 'node_modules/vite/bin/vite.js');

/** What the built web client is made of. */
const SOURCES = [
  'apps/web/{index.html,package.json,vite.config.ts,tsconfig.json}',
  'apps/web/{src,public}/**/*',
  'packages/{proof,language}/{src,page,packs,weights}/**/*',
];

/**
 * Builds the web client when it is missing or older than what it is made of.
 *
 * @returns {Promise<boolean>} false when the build failed; what it said is on the terminal
 */
export async function buildWeb() {
  if (!existsSync(join(web, 'index.html'))) {
    console.error('The web client is not part of this checkout: only the program itself is used.');
    return true;
  }
  if (isFresh()) return true;
  console.error('Building the web client …');
  const args = [vite, 'build', '--outDir', 'dist', '--emptyOutDir', '--logLevel', 'warn'];
  // A test run says NODE_ENV=test, and would get React as it is for finding faults: larger, and twice as slow.
  const env = { ...process.env, NODE_ENV: 'production' };
  return (await runProgram(process.execPath, args, { cwd: web, env })) === 0;
}

function isFresh() {
  const built = join(web, 'dist', 'index.html');
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return globSync(SOURCES, { cwd: repository }).every(
    (file) => statSync(join(repository, file)).mtimeMs <= builtAt,
  );
}
