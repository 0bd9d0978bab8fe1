import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { storyMails } from '../../fixtures/story/mails.ts';
import { story } from '../../fixtures/story/story.ts';
import { flipBits } from '../../packages/proof/test/flipping.ts';

const PROGRAM = fileURLToPath(new URL('../../apps/evenkeel/src/main.ts', import.meta.url));

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

/** A bundle of the story's first client, made by the program itself as somebody would at the command line. */
async function handedBundle(): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-handed-'));
  const { name, identifiers } = story.parties[0]!;
  const data = ['--data', join(folder, 'data')];
  const run = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [PROGRAM, ...args, ...data]);
  try {
    for (const { path, bytes } of storyMails()) {
      await mkdir(dirname(join(folder, 'mails', path)), { recursive: true });
      await writeFile(join(folder, 'mails', path), bytes);
    }
    const only = identifiers.flatMap((address) => ['--only', address]);
    const me = story.workspace.me.flatMap((address) => ['--me', address]);
    await run('import', join(folder, 'mails'), '--client', name, ...only, ...me);
    await run('bundle', 'create', '--client', name, '--out', join(folder, 'bundle.zip'));
    return new Uint8Array(await readFile(join(folder, 'bundle.zip')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
