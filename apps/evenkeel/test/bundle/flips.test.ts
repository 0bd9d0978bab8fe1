import { verifyBundle } from '@evenkeel/proof/verify';
import { expect, test } from 'vitest';
import { accessTo } from '../../../../packages/proof/test/bundle-story.ts';
import { flipBits } from '../../../../packages/proof/test/flipping.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { handedBundle } from './handed-bundle.ts';

const FLIPS = 200;
const SEED = 20_261_122;

test('any bit of a bundle that is flipped is found and its file is named, wherever it lies', async () => {
  const zip = await handedBundle();
  expect((await verifyBundle(accessTo(zip), { sha256 })).integrity.failures).toEqual([]);
  const { faults, byRegion } = await flipBits(zip, { seed: SEED, flips: FLIPS });
  expect(faults).toEqual([]);
  for (const place of ['exhibits', 'chronology.pdf', 'verify.html', 'headers of openings', 'end of the zip'])
    expect(byRegion.get(place)).toBeGreaterThan(4);
});
