import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { evenkeel } from './program.ts';

const README = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');

test('the page that checks a bundle is written out, and is the one whose sum stands in the README', async () => {
  const path = join(temporaryFolder(), 'verify.html');
  expect(await evenkeel(['bundle', 'verifier', '--out', path])).toMatchObject({ code: 0 });
  const page = readFileSync(path);
  expect(README).toContain(`\`${createHash('sha256').update(page).digest('hex')}\``);
  expect(page.toString()).toContain("default-src 'none'");
});

test('without a file to write to it says what is missing, and with a word too many too', async () => {
  expect(await evenkeel(['bundle', 'verifier'])).toMatchObject({
    code: 2,
    said: expect.stringContaining('--out FILE.html'),
  });
  expect(await evenkeel(['bundle', 'verifier', 'now', '--out', 'x'])).toMatchObject({ code: 2 });
});
