import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
