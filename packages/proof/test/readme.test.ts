import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { recipeOf } from '../src/bundle-readme.ts';
import { openZip } from '../src/zip.ts';
import { accessTo, zipOf } from './bundle-story.ts';

const TOOLS = ['bash', 'sha256sum', 'xxd', 'openssl', 'sed', 'dd'];
const missing = TOOLS.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);

/** Unpacks a bundle and puts the recipe of its README beside it, as a reader would. */
async function unpack(zip: Uint8Array): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel bundle '));
  const opened = await openZip(accessTo(zip));
  for (const entry of opened.entries) {
    const path = join(folder, entry.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await opened.read(entry, 1e9));
  }
  writeFileSync(join(folder, 'check.sh'), recipeOf(readFileSync(join(folder, 'README.txt'), 'utf8')));
  return folder;
}

function check(folder: string): { ok: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync('bash', [join(folder, 'check.sh')], { encoding: 'utf8' });
  return { ok: status === 0, output: stdout + stderr };
}

if (missing.length > 0) {
  test(`left out: the recipe by hand, because ${missing.join(', ')} is not here`, () => {});
} else {
  test.each([1, 2, 7, 40])(
    'the recipe of the README holds by hand in a bundle of %d mails',
    async (mails) => {
      const folder = await unpack(await zipOf({ mails }));
      const { ok, output } = check(folder);
      expect([ok, output]).toEqual([true, expect.stringContaining('All of it holds.')]);
      expect(output.match(/Signature Verified Successfully/g)).toHaveLength(2);
      rmSync(folder, { recursive: true });
    },
  );

  test('a bundle without exhibits still has its seal checked by hand', async () => {
    const folder = await unpack(await zipOf({ mails: 0 }));
    expect(check(folder).ok).toBe(true);
    rmSync(folder, { recursive: true });
  });

  test('the recipe follows any exhibit once its two lines are changed', async () => {
    const folder = await unpack(await zipOf({ mails: 9 }));
    const script = join(folder, 'check.sh');
    const text = readFileSync(script, 'utf8')
      .replace(/^EXHIBIT=.*$/m, "EXHIBIT='exhibits/EVK0000005/message.eml'")
      .replace(/^INDEX=.*$/m, 'INDEX=8');
    writeFileSync(script, text);
    expect(check(folder)).toMatchObject({ ok: true });
    rmSync(folder, { recursive: true });
  });

  test.each([
    "exhibits/EVK0000001/it's a message, äö.eml",
    'openings/0.json',
    'proofs/0.tlog-proof',
    'log/leaves.bin',
    'log/checkpoint',
    'manifest.json',
    'seal/opening.json',
    'seal/proof.tlog-proof',
    'seal/checkpoint',
    'keys/log.vkey',
  ])('after a byte of %s was changed the recipe fails, also when SHA256SUMS was made anew', async (path) => {
    const folder = await unpack(await zipOf({ mails: 3 }));
    const file = join(folder, path);
    const bytes = readFileSync(file);
    const at = path === 'log/leaves.bin' ? 50 : path === 'manifest.json' ? 30 : bytes.length - 12;
    bytes[at] = bytes[at]! === 0x61 ? 0x62 : 0x61;
    writeFileSync(file, bytes);
    expect(check(folder)).toMatchObject({ ok: false });
    execFileSync(
      'bash',
      ['-c', "cut -c67- SHA256SUMS | tr '\\n' '\\0' | xargs -0 sha256sum > sums && mv sums SHA256SUMS"],
      { cwd: folder },
    );
    const { ok, output } = check(folder);
    expect([ok, output]).toEqual([false, expect.not.stringContaining('All of it holds.')]);
    rmSync(folder, { recursive: true });
  });
}
