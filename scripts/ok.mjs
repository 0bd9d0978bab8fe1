import { runChecks } from './checks.mjs';

process.exitCode = await runChecks('quick', process.argv.slice(2));
