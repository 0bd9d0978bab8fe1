import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scoreCalendars } from './score/import/calendars.ts';
import { scoreChats } from './score/import/chats.ts';
import { hasCorpora } from './score/import/corpus.ts';
import { scoreImaptest } from './score/import/imaptest.ts';
import { scoreJwz } from './score/import/jwz.ts';
import { scoreMimekit } from './score/import/mimekit.ts';
import { mailReaders } from './score/import/readers.ts';
import { scoreStalwart } from './score/import/stalwart.ts';
import { newTally, scoreTable } from './score/import/tally.ts';
import { scoreThunderbird } from './score/import/thunderbird.ts';
import { scoreTnef } from './score/import/tnef.ts';
import { scoreTotals } from './score/import/totals.ts';
import { peersMissing } from './score/peers.ts';

const PAGE = fileURLToPath(new URL('../docs/reference/import-measured.md', import.meta.url));

/** Prints how much of what others expect is read as they expect it; with `--misses` also each
 * disagreement of ours, with `--write` kept as a page. */
async function main(args: readonly string[]): Promise<void> {
  if (!hasCorpora()) {
    console.log('The corpora are not here (../shared/corpora), so nothing was measured.');
    return;
  }
  const missing = peersMissing();
  if (missing) console.log(`${missing}\n`);
  const readers = await mailReaders();
  const tally = newTally();
  for (const score of [
    scoreStalwart,
    scoreJwz,
    scoreImaptest,
    scoreThunderbird,
    scoreMimekit,
    scoreTnef,
    scoreCalendars,
    scoreChats,
    scoreTotals,
  ])
    await score(tally, readers);
  const names = [...readers.map((reader) => reader.name), ...(missing ? [] : ['whatsapp-chat-parser'])];
  const table = scoreTable(tally, names);
  console.log(table);
  if (args.includes('--write')) writeFileSync(PAGE, pageOf(table));
  const about = args.includes('--all') ? '' : `${names[0]}:`;
  if (args.includes('--misses'))
    console.log(tally.misses.filter((miss) => miss.startsWith(about)).join('\n'));
}

function pageOf(table: string): string {
  return [
    '# How well imports are read: the figures',
    'Made by `npm run score -- --write`, beside mailparser, postal-mime and whatsapp-chat-parser in the same run;',
    '[what they mean, and each disagreement](../explain/import-disagreements.md). `<` marks a row in which another is ahead.',
    '',
    table,
    '',
  ].join('\n');
}

await main(process.argv.slice(2));
