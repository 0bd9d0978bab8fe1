import { parseArgs } from 'node:util';
import { killImports } from '../apps/evenkeel/test/app/kill-import.ts';
import { measureLargeMail } from '../apps/evenkeel/test/app/memory.ts';
import { fuzzFormats } from '../packages/records/test/mutating.ts';

const LARGE_MAIL_MB = 100;
const ALLOWED_MB = 300;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    mails: { type: 'string', default: '9000' },
    /** Minutes of reading mutated files of every format. */
    fuzz: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});

const isSmall = process.platform !== 'linux' || (await checkMemory());
const isRead = await checkFormats();
process.exitCode = (await checkKills()) && isSmall && isRead ? 0 : 1;

async function checkMemory(): Promise<boolean> {
  const { idleMb, peakMb } = await measureLargeMail(LARGE_MAIL_MB);
  const above = Math.round(peakMb - idleMb);
  console.log(`a mail of ${LARGE_MAIL_MB} MB: ${above} MB above idle (${ALLOWED_MB} MB are allowed)`);
  return above < ALLOWED_MB;
}

async function checkFormats(): Promise<boolean> {
  console.log(
    `Mutated files for ${values.fuzz} minutes. The same again: npm run soak -- --seed ${values.seed}`,
  );
  const { faults } = await fuzzFormats({
    seed: Number(values.seed),
    seconds: Number(values.fuzz) * 60,
    say: (line) => console.log(line),
  });
  for (const fault of faults) console.error(fault);
  return faults.length === 0;
}

async function checkKills(): Promise<boolean> {
  console.log(`Killing imports. Again with the same moments: npm run soak -- --seed ${values.seed}`);
  const { faults, kills, folders } = await killImports({
    seed: Number(values.seed),
    kills: Number(values.kills),
    mails: Number(values.mails),
    say: (line) => console.log(line),
  });
  for (const fault of faults) console.error(fault);
  console.log(`${kills} kills in ${folders} folders, ${faults.length} faults, seed ${values.seed}`);
  return faults.length === 0;
}
