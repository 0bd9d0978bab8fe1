import { runChecks } from './checks.mjs';

process.exitCode = await runChecks('whole', process.argv.slice(2));
