import { parseArgs } from 'node:util';
import { killImports } from '../apps/evenkeel/test/app/kill-import.ts';
import { measureLargeMail } from '../apps/evenkeel/test/app/memory.ts';
import { fuzzFormats } from '../packages/records/test/mutating.ts';
import { checkCorpora } from './soak/corpora.ts';
import { checkDifferential } from './soak/differential.ts';
import { checkFlips } from './soak/flips.ts';

const LARGE_MAIL_MB = 100;
const ALLOWED_MB = 300;

const { values: given } = parseArgs({
  options: {
    kills: { type: 'string' },
    mails: { type: 'string' },
    /** Minutes of reading mutated files of every format. */
    fuzz: { type: 'string' },
    /** Bits of a bundle to flip. */
    flips: { type: 'string' },
    /** Mutated bundles to show to both verifiers. */
    differential: { type: 'string' },
    /** Gives the whole folder of corpora to the import page. */
    corpora: { type: 'boolean' },
    seed: { type: 'string' },
  },
});
const values = {
  ...{ kills: '100', mails: '9000', fuzz: '60', flips: '10000', differential: '5000' },
  ...{ seed: String(Date.now() % 2 ** 31), ...given },
};

/** What is soaked, by the option that asks for it alone; without any of them all of it is. */
const PARTS = {
  memory: () => process.platform !== 'linux' || checkMemory(),
  fuzz: () => checkFormats(),
  flips: () => checkFlips(Number(values.seed), Number(values.flips)),
  differential: () => checkDifferential(Number(values.seed), Number(values.differential)),
  corpora: () => checkCorpora(),
  kills: () => checkKills(),
};

const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
const asked = names.filter((name) => name in given);
let isSound = true;
for (const name of asked.length > 0 ? asked : names) isSound = (await PARTS[name]()) && isSound;
process.exitCode = isSound ? 0 : 1;

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
