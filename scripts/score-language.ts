import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '@evenkeel/language/node';
import { calmTable } from './score/calm.ts';
import { hasData } from './score/data.ts';
import { kindsTable, scoreKinds } from './score/kinds.ts';
import { flaggers, peersMissing } from './score/peers.ts';
import { pairOrder, toneTable } from './score/tone.ts';

const PACKAGE = fileURLToPath(new URL('../packages/language/', import.meta.url));
const MEASURED = `${PACKAGE}measured.json`;

/** Prints every table; with `--write` also keeps the figures that the app and the docs show. */
async function main(args: readonly string[]): Promise<void> {
  if (!hasData()) {
    console.log('The language data are not here (../shared/language-data), so nothing was measured.');
    return;
  }
  const missing = peersMissing();
  if (missing) console.log(`${missing}\n`);
  const engine = await loadEngine(PACKAGE);
  const peers = await flaggers();
  const kinds = scoreKinds(engine);
  console.log(`## Kinds\n\n${kindsTable(kinds)}\n`);
  console.log(`## False alarms\n\n${calmTable(engine, peers)}\n`);
  console.log(`## Scores\n\n${toneTable(engine, peers)}\n\n${pairOrder(engine)}`);
  if (args.includes('--write')) {
    writeFileSync(MEASURED, `${JSON.stringify({ engine: engine.version, kinds }, null, 2)}\n`);
  }
}

await main(process.argv.slice(2));
