import { parseArgs } from 'node:util';
import { killImports } from '../apps/evenkeel/test/app/kill-import.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    mails: { type: 'string', default: '9000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});

console.log(`Killing imports. Again with the same moments: npm run soak -- --seed ${values.seed}`);
const { faults, kills, folders } = await killImports({
  seed: Number(values.seed),
  kills: Number(values.kills),
  mails: Number(values.mails),
  say: (line) => console.log(line),
});
for (const fault of faults) console.error(fault);
console.log(`${kills} kills in ${folders} folders, ${faults.length} faults, seed ${values.seed}`);
process.exitCode = faults.length === 0 ? 0 : 1;
