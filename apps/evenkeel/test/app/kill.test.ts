import { expect, test } from 'vitest';
import { killImports } from './kill-import.ts';

const seed = Number(process.env.EVENKEEL_SEED ?? Date.now() % 2 ** 31);

test(`imports killed at any moment lose nothing and go on (EVENKEEL_SEED=${seed})`, {
  timeout: 240_000,
}, async () => {
  const said: string[] = [];
  const result = await killImports({ seed, kills: 5, mails: 2000, say: (line) => said.push(line) });
  expect(result, `seed ${seed}\n${said.join('\n')}`).toMatchObject({ faults: [], kills: 5 });
});
