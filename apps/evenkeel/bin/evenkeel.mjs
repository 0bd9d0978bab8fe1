#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findNode, missingNode, PROGRAM_FLAGS, programEnvironment } from './find-node.mjs';
import { runProgram } from './run-program.mjs';

// Node 18 reads this file: no syntax, module or flag that is newer.

// A checkout runs its sources; the packed form has none.
const source = new URL('../src/main.ts', import.meta.url);
const main = existsSync(source) ? source : new URL('../dist/main.js', import.meta.url);

process.exitCode = await run(process.argv.slice(2));

async function run(args) {
  const node = findNode(import.meta.url);
  if (!node) {
    console.error(missingNode());
    return 2;
  }
  return runProgram(node, [...PROGRAM_FLAGS, fileURLToPath(main), ...args], {
    env: programEnvironment(node),
  });
}
