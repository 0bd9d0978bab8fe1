import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { en } from '../packages/proof/page/words.en.ts';

// Makes packages/proof/verify.html, the page that checks a bundle: one file that asks nothing of a network. The same
// sources give the same bytes, so that anybody can make it anew; its SHA-256 stands in README.md. With --check
// nothing is written, and what is not as it would be written is named.

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = join(root, 'packages/proof/page');
const PAGE = 'packages/proof/verify.html';
const README = 'README.md';
const SUM = /(SHA-256 of verify\.html: `)[0-9a-f]{64}(`)/;

/**
 * @returns {Promise<string>} the whole page
 * @throws {Error} when the script could end its element early
 */
async function verifyPage() {
  const template = readFileSync(join(SOURCES, 'index.html'), 'utf8');
  const style = readFileSync(join(SOURCES, 'style.css'), 'utf8');
  const script = await bundle();
  if (/<\/script|<!--/i.test(script)) throw new Error('The script of verify.html would end too early.');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return template
    .replace(/\{(\w+)\}/g, (_, name) => en[name])
    .replace("default-src 'none'", () => policy)
    .replace('<link rel="stylesheet" href="style.css">', () => `<style>${style}</style>`)
    .replace('<script src="main.ts"></script>', () => `<script>${script}</script>`);
}

/** In one piece and readable: whoever doubts it can read it. */
async function bundle() {
  const { resolve: find } = createRequire(import.meta.resolve('vite'));
  const { build } = await import(pathToFileURL(find('rolldown')).href);
  const { output } = await build({
    cwd: root,
    input: join(SOURCES, 'main.ts'),
    platform: 'browser',
    tsconfig: false,
    logLevel: 'warn',
    write: false,
    // The entry is there for what it does, whatever the package says of its files.
    treeshake: { moduleSideEffects: (id) => id.endsWith('/page/main.ts') },
    experimental: { attachDebugInfo: 'none' },
    output: { format: 'iife', minify: false, comments: { legal: true, annotation: false, jsdoc: false } },
  });
  return output[0].code;
}

function hashOf(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const page = await verifyPage();
const sum = createHash('sha256').update(page).digest('hex');
const readme = readFileSync(join(root, README), 'utf8');
const wanted = new Map([
  [PAGE, page],
  [README, readme.replace(SUM, `$1${sum}$2`)],
]);
const stale = [];
for (const [path, text] of wanted) {
  if (readOrEmpty(path) === text) continue;
  if (values.check) stale.push(path);
  else writeFileSync(join(root, path), text);
}
if (!SUM.test(readme)) stale.push(`${README} (it names no SHA-256 of verify.html)`);
if (stale.length > 0) {
  console.error(`Not as made: ${stale.join(', ')}. Run "node scripts/verify-page.mjs" and commit.`);
  process.exitCode = 1;
}

function readOrEmpty(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}
