import { expect, test } from 'vitest';
import { fuzzFormats } from './mutating.ts';

const SECONDS = 45;
const seed = Number(process.env.EVENKEEL_FUZZ_SEED ?? Date.now() % 2 ** 31);

test(
  'mutated files of every format: nothing throws, nothing hangs, every byte is accounted for',
  async () => {
    const { faults, files } = await fuzzFormats({ seed, seconds: SECONDS, say: (line) => console.log(line) });
    expect(faults).toEqual([]);
    expect(files).toBeGreaterThan(20);
  },
  10 * SECONDS * 1000,
);
