import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '@evenkeel/language/node';
import { calmTable } from './score/calm.ts';
import { hasData } from './score/data.ts';
import { heldOutSections } from './score/held-out.ts';
import { kindsTable, scoreKinds } from './score/kinds.ts';
import { labelledSections } from './score/labelled.ts';
import { flaggers, peersMissing } from './score/peers.ts';
import { pairOrder, toneTable } from './score/tone.ts';

const PACKAGE = fileURLToPath(new URL('../packages/language/', import.meta.url));
const PAGE = fileURLToPath(new URL('../docs/reference/language-measured.md', import.meta.url));
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
  const page = [
    '# How well words are marked: the figures',
    `Engine ${engine.version}. Made by \`npm run score:language\`; [what they mean](../explain/language.md).`,
    '## Kinds',
    kindsTable(kinds),
    ...labelledSections(engine),
    ...heldOutSections(engine),
    '## False alarms',
    calmTable(engine, peers),
    '## Scores',
    toneTable(engine, peers),
    pairOrder(engine),
  ].join('\n\n');
  console.log(page);
  if (!args.includes('--write')) return;
  writeFileSync(MEASURED, `${JSON.stringify({ engine: engine.version, kinds }, null, 2)}\n`);
  writeFileSync(PAGE, `${page}\n`);
}

await main(process.argv.slice(2));
