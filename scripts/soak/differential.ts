import { type Authority, newAuthority } from '../../packages/proof/test/authority.ts';
import { differ } from '../../packages/proof/test/differential.ts';
import { SecondVerifier, secondIsMissing } from '../../packages/proof/test/second.ts';

const AT_ONCE = 500;

/** Shows mutated bundles to both verifiers; each of them can be made again by its own seed. */
export async function checkDifferential(seed: number, count: number): Promise<boolean> {
  const missing = secondIsMissing();
  if (missing !== null) {
    console.log(`Skipped: both verifiers on mutated bundles, because ${missing}.`);
    return true;
  }
  const second = new SecondVerifier();
  const authority = newAuthority();
  try {
    return await checkAll(second, authority, seed, count);
  } finally {
    second.close();
    authority.close();
  }
}

async function checkAll(second: SecondVerifier, authority: Authority, seed: number, count: number) {
  let faults = 0;
  let refused = 0;
  for (let done = 0; done < count; done += AT_ONCE) {
    const part = { seed: seed + done, count: Math.min(AT_ONCE, count - done), authority };
    const said = await differ(second, part);
    for (const fault of said.faults) console.error(JSON.stringify(fault));
    faults += said.faults.length;
    refused += said.refused;
    console.log(`${done + part.count} bundles, ${refused} refused by both, ${faults} disagreements`);
  }
  console.log(`Both verifiers on ${count} mutated bundles: ${faults} disagreements, seed ${seed}`);
  return faults === 0;
}
