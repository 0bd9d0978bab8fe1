import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contract } from '../apps/evenkeel/src/contract.ts';

// Writes what is generated: from the routes the contract, the table of rights and the web's client; from the sources of
// the proof the page that checks a bundle. With --check it writes nothing and says what is not as it would be written.

const CLIENT = 'apps/web/src/generated';
const root = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');
const { openapi, roles } = contract();
const stale = [];

async function keep(path, content) {
  const target = join(root, path);
  const current = existsSync(target) ? await readFile(target, 'utf8') : null;
  if (current === content) return;
  if (isCheck) stale.push(path);
  else await writeFile(target, content);
}

async function drop(path) {
  if (isCheck) stale.push(path);
  else await rm(join(root, path));
}

/** Paths relative to the folder. */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
}

async function keepClient() {
  const { createClient } = await import('@hey-api/openapi-ts');
  const config = await (await import('../apps/web/openapi-ts.config.ts')).default;
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-client-'));
  try {
    await createClient({
      ...config,
      input: JSON.parse(openapi),
      output: { ...config.output, path: folder },
      logs: { level: 'silent' },
    });
    const made = await filesIn(folder);
    for (const path of made) await keep(join(CLIENT, path), await readFile(join(folder, path), 'utf8'));
    for (const path of await filesIn(join(root, CLIENT)))
      if (!made.includes(path)) await drop(join(CLIENT, path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await keep('apps/evenkeel/openapi.json', openapi);
await keep('docs/roles.md', roles);
await keepClient();
if (!isCheck) await import('./verify-page.mjs');
if (stale.length > 0) {
  console.error(`Not as generated: ${stale.join(', ')}. Run "node scripts/generate.mjs" and commit.`);
  process.exitCode = 1;
}
