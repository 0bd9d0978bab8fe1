import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildWeb } from './build-web.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = 'apps/evenkeel/src';

/** What the program reads beside its code; at the same places as in the repository, so that every path holds. */
const RESOURCES = [
  'LICENSE',
  'README.md',
  'apps/evenkeel/bin',
  'apps/evenkeel/migrations',
  'apps/evenkeel/openapi.json',
  'apps/web/dist',
  'fixtures',
  'packages/proof/second/verify_bundle.py',
  'packages/proof/verify.html',
  'packages/language/packs',
  'packages/language/weights',
  'packages/language/packs',
  'packages/language/weights',
  'packs',
];

/**
 * Makes `evenkeel-<version>.tgz`: the program as JavaScript with our packages inside, ready for `npm install`.
 *
 * @param {string} destination folder that gets the file
 * @returns {Promise<string>} path of the file
 * @throws {Error} when something that the program needs would be missing from it
 */
export async function packProgram(destination) {
  if (!(await buildWeb())) throw new Error('The web client could not be built.');
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-pack-'));
  try {
    for (const path of RESOURCES) copyResource(path, folder);
    copyBeside(join(folder, 'apps/evenkeel/dist'));
    const imported = await buildCode(join(folder, 'apps/evenkeel/dist'));
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(imported), null, 2)}\n`);
    return packFolder(folder, resolve(destination));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function copyResource(path, folder) {
  // Sources come as JavaScript: Node does not read TypeScript in an installed package.
  const filter = (file) => !file.endsWith('.ts');
  if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path), { recursive: true, filter });
}

/** What lies among the sources and is not code, such as a page's template. */
function copyBeside(dir) {
  const files = globSync('**/*', { cwd: join(root, SOURCES), withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'))) {
    const path = join(file.parentPath, file.name);
    cpSync(path, join(dir, relative(join(root, SOURCES), path)));
  }
}

/** Each file stays a file: threads and resources are found by their place beside the code. */
async function buildCode(dir) {
  refuseMovedPaths();
  const imported = new Set();
  const files = globSync(`${SOURCES}/**/*.ts`, { cwd: root });
  const { build } = await bundler();
  await build({
    cwd: root,
    input: Object.fromEntries(
      files.map((file) => [file.slice(SOURCES.length + 1, -'.ts'.length), join(root, file)]),
    ),
    platform: 'node',
    external: (id) => isForeign(id) && Boolean(imported.add(packageOf(id))),
    logLevel: 'warn',
    output: {
      dir,
      format: 'esm',
      preserveModules: true,
      preserveModulesRoot: join(root, SOURCES),
      entryFileNames: '[name].js',
      minify: false,
    },
  });
  return imported;
}

/** The one that comes with the web client's build tool. */
function bundler() {
  const { resolve: find } = createRequire(import.meta.resolve('vite'));
  return import(pathToFileURL(find('rolldown')).href);
}

function isForeign(id) {
  return !isAbsolute(id) && !/^\.|^@evenkeel\//.test(id);
}

/** Our packages move when they are built in, so nothing in them may be found by its place. */
function refuseMovedPaths() {
  const files = globSync('packages/*/src/**/*.ts', { cwd: root });
  const placed = files.filter((file) => readFileSync(join(root, file), 'utf8').includes('import.meta.'));
  if (placed.length > 0)
    throw new Error(`These files are moved when packed and may not ask where they are: ${placed}`);
}

function manifest(imported) {
  const product = readJson('apps/evenkeel/package.json');
  const workspace = readJson('package.json');
  const { name, version, description, license, type, engines } = product;
  // What our own packages need comes with them when they are built in.
  const packages = globSync('packages/*/package.json', { cwd: root }).map(readJson);
  const needed = [product, ...packages].flatMap((one) => Object.entries(one.dependencies ?? {}));
  const dependencies = Object.fromEntries(needed.filter(([dependency]) => isForeign(dependency)));
  refuseMissing(imported, dependencies);
  const optionalDependencies = { ...product.optionalDependencies, ...workspace.optionalDependencies };
  const bin = { evenkeel: 'apps/evenkeel/bin/evenkeel.mjs' };
  return { name, version, description, license, type, bin, engines, dependencies, optionalDependencies };
}

function refuseMissing(imported, dependencies) {
  const missing = [...imported].filter((name) => !(name in dependencies) && !isBuiltIn(name));
  if (missing.length > 0)
    throw new Error(`Imported, but not a dependency of the product: ${missing.join(', ')}`);
}

function packageOf(id) {
  return id.split('/', id.startsWith('@') ? 2 : 1).join('/');
}

function isBuiltIn(name) {
  return name.startsWith('node:') || builtinModules.includes(name);
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

function packFolder(folder, destination) {
  mkdirSync(destination, { recursive: true });
  const args = ['pack', folder, '--ignore-scripts', '--json', `--pack-destination=${destination}`];
  const { status, stdout, stderr } = spawnSync('npm', args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm could not pack: ${stderr}`);
  return join(destination, JSON.parse(stdout)[0].filename);
}
