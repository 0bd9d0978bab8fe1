import { createHash } from 'node:crypto';
import type { Chance } from '../../src/kernel/chance.ts';
import { instantOf } from '../../src/kernel/instant.ts';

/** Time and randomness that are the same in every run. */
export type SeededChance = Chance & {
  /** Moves the clock, also backwards. */
  readonly setClock: (milliseconds: number) => void;
};

const BEGINNING_MS = Date.parse('2026-05-12T06:00:00.000Z');

/** @param seed two of the same seed give the same bytes; a folder that is opened twice needs two seeds */
export function seededChance(seed = 'evenkeel'): SeededChance {
  let clockMs = BEGINNING_MS;
  let drawn = 0;
  return {
    now: () => instantOf(clockMs++),
    bytes: (sizeBytes) => {
      const blocks = Array.from({ length: Math.ceil(sizeBytes / 32) }, () =>
        createHash('sha256').update(`${seed}/${drawn++}`).digest(),
      );
      return Buffer.concat(blocks).subarray(0, sizeBytes);
    },
    setClock: (milliseconds) => {
      clockMs = milliseconds;
    },
  };
}
