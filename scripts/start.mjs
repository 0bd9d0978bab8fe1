import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildWeb } from './build-web.mjs';

const main = new URL('../apps/evenkeel/src/main.ts', import.meta.url);

if (existsSync(main) && (await buildWeb())) {
  // In this very process: one program less to keep in memory.
  process.argv = [process.execPath, fileURLToPath(main), 'serve', ...process.argv.slice(2)];
  await import(main.href);
} else {
  process.exitCode = 2;
}
