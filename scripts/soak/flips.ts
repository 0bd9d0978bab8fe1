import { handedBundle } from '../../apps/evenkeel/test/bundle/handed-bundle.ts';
import { flipBits } from '../../packages/proof/test/flipping.ts';

/** Flips bits all over a bundle that the program made; each must be found, and its file named. */
export async function checkFlips(seed: number, flips: number): Promise<boolean> {
  console.log(`${flips} flipped bits. The same again: npm run soak -- --flips ${flips} --seed ${seed}`);
  const zip = await handedBundle();
  const { faults, byRegion } = await flipBits(zip, { seed, flips });
  for (const fault of faults) console.error(fault);
  const places = [...byRegion].map(([place, count]) => `${place} ${count}`).join(', ');
  console.log(
    `${flips} bits of ${zip.length} bytes flipped, ${faults.length} unnoticed or unnamed: ${places}`,
  );
  return faults.length === 0;
}
