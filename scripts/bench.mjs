import { buildWeb } from './build-web.mjs';

// The program is measured as people start it, with its page.
if (!(await buildWeb())) process.exit(1);
const { runBench } = await import('./bench/main.ts');
process.exitCode = await runBench(process.argv.slice(2));
