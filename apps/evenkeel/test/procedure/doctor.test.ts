import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonOf } from '../cli/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('doctor names a procedure that cannot be started, with its place, and the others can', async () => {
  const dataDir = temporaryFolder();
  const folder = join(dataDir, 'packs', 'procedures', 'half-written');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pack.yaml'), 'pack: half-written\nversion: one\n');
  const { ok, findings } = await jsonOf<{
    ok: boolean;
    findings: { what: string; ok: boolean; says: string }[];
  }>(['doctor', '--data', dataDir], 1);
  expect(ok).toBe(false);
  const procedures = findings.find(({ what }) => what === 'procedures');
  expect(procedures?.ok).toBe(false);
  expect(procedures?.says).toMatch(
    /^\d+ can be started\. packs\/procedures\/half-written\/pack\.yaml:2: version .+\. The others work$/,
  );
});
