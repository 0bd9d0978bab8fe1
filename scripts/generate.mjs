import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contract } from '../apps/evenkeel/src/contract.ts';

// Writes what is generated from the routes: the contract, the table of rights and the web's client. With --check it
// writes nothing and says what is not as it would be written.

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

async function keepClient() {
  const { createClient } = await import('@hey-api/openapi-ts');
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-client-'));
  try {
    await createClient({
      input: JSON.parse(openapi),
      output: { path: folder },
      plugins: ['@hey-api/typescript'],
      logs: { level: 'silent' },
    });
    await keep('apps/web/src/generated/types.gen.ts', await readFile(join(folder, 'types.gen.ts'), 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await keep('apps/evenkeel/openapi.json', openapi);
await keep('docs/roles.md', roles);
if (existsSync(join(root, 'apps/web/src/generated'))) await keepClient();
if (stale.length > 0) {
  console.error(`Not as generated: ${stale.join(', ')}. Run "node scripts/generate.mjs" and commit.`);
  process.exitCode = 1;
}
