import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

// Node 18 reads this file: no syntax, module or flag that is newer.

const OLDEST = [22, 18];

/**
 * Finds a Node that runs TypeScript as it is written: the one installed beside us, else the running one if it is new
 * enough.
 *
 * @param {string} from URL of the file that asks; packages are looked for as they would be from there.
 * @returns {string | undefined} path of the program
 */
export function findNode(from) {
  return installedNode(from) ?? (isNewEnough(process.versions.node) ? process.execPath : undefined);
}

/** One sentence for whoever has no such Node. */
export function missingNode() {
  return (
    `Evenkeel needs Node ${OLDEST.join('.')} or newer, and this is ${process.versions.node}. ` +
    'For this machine none comes with it: install Node 24 from nodejs.org and start again.'
  );
}

/**
 * A nursery in which much of a batch of an import comes and goes: what outlives it is collected with the whole heap. By
 * itself it grows to four times that, in each of four threads. And a heap that is first collected at 128 MB, not again and
 * again on its way there: a seventh less of the processor in an import of 20,000.
 */
export const PROGRAM_FLAGS = ['--max-semi-space-size=16', '--initial-old-space-size=128'];

/** glibc keeps a heap for each thread and gives little of it back: two take 75 MB less in an import. */
const FEW_ARENAS = { MALLOC_ARENA_MAX: '2' };

/** The environment for the program itself: {@link environmentWith}, and code that was compiled before is kept. */
export function programEnvironment(node) {
  return { NODE_COMPILE_CACHE: compiledFolder(), ...FEW_ARENAS, ...environmentWith(node) };
}

/**
 * Where Node keeps compiled code, so that later starts need not compile it again: the account's own folder, for in the
 * temporary one another account could lay code ready.
 */
function compiledFolder() {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  return join(LOCALAPPDATA || XDG_CACHE_HOME || join(homedir(), '.cache'), 'evenkeel', 'compiled');
}

/** The environment for a program that in its turn starts `node`: the same one. */
export function environmentWith(node) {
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, PATH: `${dirname(node)}${separator}${process.env.PATH ?? ''}` };
}

function installedNode(from) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  try {
    const manifest = createRequire(from).resolve(`node-${platform}-${process.arch}/package.json`);
    const file = join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.node);
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
