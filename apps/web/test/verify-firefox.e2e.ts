import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { verifyBundle } from '@evenkeel/proof/verify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessTo, signer, zipOf } from '../../../packages/proof/test/bundle-story.ts';
import { sha256 } from '../../../packages/proof/test/vectors.ts';
import { type FirefoxPage, hasFirefox, startFirefox } from './support/firefox.ts';

const HTML = fileURLToPath(new URL('../../../packages/proof/verify.html', import.meta.url));

/** Waits for the result, and opens what it has for programs. */
const RESULT = `(async () => {
  const seen = (selector) => new Promise((resolve) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (found && found.textContent) resolve(found);
      else setTimeout(look, 20);
    };
    look();
  });
  (await seen('#result:not([hidden]) details')).open = true;
  return (await seen('#result details pre')).textContent;
})()`;
const COUNTING = `window.threads = 0;
window.Worker = class extends Worker { constructor(source) { super(source); window.threads += 1; } };
''`;

const isThere = hasFirefox();
if (!isThere) console.info('SKIPPED verify.html in Firefox: firefox-esr is not installed.');
describe.runIf(isThere)('verify.html in Firefox', () => {
  let page: FirefoxPage;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evenkeel-firefox-bundle-'));
    page = await startFirefox();
  }, 90_000);
  afterAll(async () => {
    await page?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('a bundle that holds and one with a changed exhibit come to what the program comes to, in two threads', async () => {
    const zip = await zipOf({ mails: 3, bytesOf: (n) => Buffer.from(`mail ${n} `.repeat(5_000)) });
    const bent = zip.with(Buffer.from(zip).indexOf('mail 2'), 0);
    for (const given of [zip, bent]) {
      const path = join(folder, 'bundle.zip');
      await writeFile(path, given);
      await page.open(pathToFileURL(HTML).href);
      await page.ask(COUNTING);
      await page.ask(`document.querySelector('#key').value = ${JSON.stringify(signer.vkey)}`);
      await page.chooseFile('#zip', path);
      const said: unknown = JSON.parse(await page.ask(RESULT));
      const expected = await verifyBundle(accessTo(given), { sha256, logKey: signer.vkey });
      expect(expected.integrity.ok).toBe(given === zip);
      expect(said).toEqual(JSON.parse(JSON.stringify(expected)));
      expect(await page.ask('String(window.threads)')).toBe('2');
    }
  }, 60_000);
});
