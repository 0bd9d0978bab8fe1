import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  environmentWith,
  findNode,
  missingNode,
  PROGRAM_FLAGS,
  programEnvironment,
} from '../apps/evenkeel/bin/find-node.mjs';
import { runProgram } from '../apps/evenkeel/bin/run-program.mjs';

// Node 18 reads this file: no syntax, module or flag that is newer. The tasks themselves run on Node 24.

const root = fileURLToPath(new URL('..', import.meta.url));
const TASKS = [
  'start',
  'test',
  'ok',
  'bench',
  'soak',
  'pack',
  'packs',
  'train',
  'score-language',
  'score-points',
  'score-import',
];

process.exitCode = await runTask(process.argv.slice(2));

async function runTask([task, ...args]) {
  if (!TASKS.includes(task)) return complain(`usage: node scripts/run.mjs ${TASKS.join('|')} [arguments]`);
  if (!isInstalled()) {
    const code = await install();
    if (code !== 0)
      return complain('npm could not install the packages; what it said is above. Then start again.');
  }
  const node = findNode(import.meta.url);
  if (!node) return complain(missingNode());
  const script = scriptOf(task);
  if (!script) return complain(`There is no ${task} in this version.`);
  // This one becomes the program itself, and is to be as quick and as small as when it is called by its name.
  if (task === 'start')
    return runProgram(node, [...PROGRAM_FLAGS, script, ...args], {
      cwd: root,
      env: programEnvironment(node),
    });
  return runProgram(node, [script, ...args], { cwd: root, env: environmentWith(node) });
}

function complain(sentence) {
  console.error(sentence);
  return 2;
}

function scriptOf(task) {
  return [`${task}.mjs`, `${task}.ts`]
    .map((name) => join(root, 'scripts', name))
    .find((file) => existsSync(file));
}

/** npm writes down what it has installed; whatever the lock file asks for must be there, unchanged. */
function isInstalled() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, { optional, version, integrity, link }]) => {
    if (path === '' || (optional && !present[path])) return true;
    const found = present[path];
    return found && found.version === version && found.integrity === integrity && found.link === link;
  });
}

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

function install() {
  console.error('Installing packages …');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return runProgram(process.execPath, [npm, ...args], { cwd: root });
  return runProgram(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd: root });
}
