import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyBundle } from '@evenkeel/proof/verify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, newAuthority } from '../../../packages/proof/test/authority.ts';
import { accessTo, gather, signer, zipOf } from '../../../packages/proof/test/bundle-story.ts';
import { diceOf, mutate } from '../../../packages/proof/test/mutations.ts';
import { testSigner } from '../../../packages/proof/test/signer.ts';
import { sha256 } from '../../../packages/proof/test/vectors.ts';
import { newPage, startBrowser } from './support/browser.ts';
import { filesOf, repacked } from './support/handed-over.ts';
import {
  commandSays,
  give,
  openedIn,
  picture,
  reportIn,
  saysOf,
  VERIFY_ADDRESS,
  VERIFY_HTML,
} from './support/verify-page.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const EXHIBIT = 'exhibits/EVK0000002/message.eml';

let browser: Browser;
let authority: Authority;

beforeAll(async () => {
  browser = await startBrowser();
  if (hasOpenssl) authority = newAuthority();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  authority?.close();
});

const opened = () => openedIn(browser);

describe('opened from a disk, with no network', () => {
  test('a bundle that holds, under the key that is expected, says so three times', async () => {
    const zip = await zipOf({ mails: 3, withheld: [2], erased: [3] });
    const { page, remote, errors } = await opened();
    await picture(page, 'asking');
    await give(page, zip, { logKey: signer.vkey });
    expect(await saysOf(page)).toEqual([
      expect.stringMatching(/^Yes\. Every file .* the key is the one you expect\.$/),
      'Not shown. No authority outside has confirmed any time.',
      'No. Every number of the record about this party is accounted for.',
    ]);
    expect(await page.locator('#result .verdict dl').textContent()).toBe(
      'Numbers1–4Shown2Kept back1Erased1Missing0',
    );
    expect(await page.locator('#result dl').last().textContent()).toMatch(/Orlov[\s\S]*1 × privileged/);
    expect(await reportIn(page)).toEqual(await commandSays(zip, { logKey: signer.vkey }));
    await picture(page, 'holds');
    expect([remote, errors]).toEqual([[], []]);
    await page.context().close();
  });

  test('without a key it says that the bundle only agrees with itself, and with one later it does not', async () => {
    const zip = await zipOf({ mails: 2 });
    const { page } = await opened();
    await give(page, zip);
    expect((await saysOf(page))[0]).toMatch(/^It agrees with itself\./);
    expect(await page.locator('#result').textContent()).toContain('You named no key.');
    expect(await reportIn(page)).toEqual(await commandSays(zip));
    await page.locator('#key').fill(signer.vkey);
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect.poll(async () => (await saysOf(page))[0]).toMatch(/^Yes\./);
    await page.context().close();
  });

  test('another key than the expected one is said, and named as what does not hold', async () => {
    const zip = await zipOf({ mails: 2 });
    const logKey = testSigner(signer.name, 'another key').vkey;
    const { page } = await opened();
    await give(page, zip, { logKey });
    expect((await saysOf(page))[0]).toBe('No. What does not hold: 1');
    expect(await page.locator('#result').textContent()).toContain('NOT the key you expect');
    expect(await reportIn(page)).toEqual(await commandSays(zip, { logKey }));
    await give(page, zip, { logKey: 'evenkeel/log/none' });
    expect(await saysOf(page)).toEqual([expect.stringMatching(/^The key you expect is no log key\./)]);
    await page.context().close();
  });

  test('one changed byte is named with its file, and nothing else is', async () => {
    const zip = await zipOf({ mails: 3 });
    const at = Buffer.from(zip).indexOf('mail 2');
    const bent = zip.with(at, zip[at]! ^ 1);
    const { page } = await opened();
    await give(page, bent, { logKey: signer.vkey });
    expect(await page.locator('.faults li').allInnerTexts()).toEqual([
      expect.stringContaining(`${EXHIBIT}\nThe file is not the one that was packed.`),
    ]);
    expect(await page.locator('.faults').textContent()).toContain('(changed-bytes)');
    expect(await reportIn(page)).toEqual(await commandSays(bent, { logKey: signer.vkey }));
    await picture(page, 'changed');
    await page.context().close();
  });

  test('an entry that is left out without a word is missing, by its number', async () => {
    const zip = await zipOf({
      mails: 3,
      bend: (input) => ({ ...input, openings: input.openings.filter(({ index }) => index !== 3) }),
    });
    const { page } = await opened();
    await give(page, zip, { logKey: signer.vkey });
    expect((await saysOf(page))[2]).toBe('Yes. Numbers that are not accounted for: 1');
    expect(await page.locator('.faults').textContent()).toMatch(/^Number 2: .*\(not-opened\)/);
    await page.context().close();
  });

  test('a zip that was packed again, a cut one and a stranger’s file are refused in one sentence', async () => {
    const zip = await zipOf({ mails: 1 });
    const { page } = await opened();
    await give(page, repacked(await filesOf(zip)));
    expect(await saysOf(page)).toEqual([expect.stringMatching(/^The zip was packed again/)]);
    await give(page, zip.subarray(0, zip.length - 400));
    expect(await saysOf(page)).toEqual([expect.stringMatching(/^The zip is cut off\./)]);
    await give(page, Buffer.from('From: someone'));
    expect(await saysOf(page)).toEqual([expect.stringMatching(/^This file is no zip\./)]);
    await page.context().close();
  });
});

test('comes to what the program comes to, over bundles that were bent in every way', async () => {
  const { page, errors } = await opened();
  for (let seed = 1; seed <= 40; seed++) {
    const dice = diceOf(seed);
    const { what, zip } = await mutate(
      dice,
      dice.one([{ mails: 0 }, { mails: 3, withheld: [2], erased: [3] }]),
    );
    const expected = await verifyBundle(accessTo(zip), { sha256, logKey: signer.vkey }).catch(
      ({ code }: { code: string }) => code,
    );
    await give(page, zip, { logKey: signer.vkey });
    if (typeof expected === 'string')
      expect([what, await page.locator('#result').textContent()]).toEqual([
        what,
        expect.stringContaining(`(${expected})`),
      ]);
    else expect([what, await reportIn(page)]).toEqual([what, JSON.parse(JSON.stringify(expected))]);
  }
  expect(errors).toEqual([]);
  await page.context().close();
}, 120_000);

test('a head that the reader kept and a policy are compared as the command compares them, pasted or as files', async () => {
  const [zip, kept] = [await zipOf({ mails: 3 }), (await gather({ mails: 3 })).checkpoint];
  const policy = `log ${signer.vkey}\nquorum none\n`;
  const { page } = await opened();
  const text = () => page.locator('#result').textContent();
  await give(page, zip, { head: kept.trimEnd().replaceAll('\n', '\r\n'), policy });
  expect((await saysOf(page))[0]).toMatch(/^Yes\./);
  expect(await text()).toMatch(/The head that you kept, of \d+ lines, is one of this log\./);
  expect(await reportIn(page)).toEqual(await commandSays(zip, { head: kept, policy }));
  const foreign = (await gather({ mails: 3, bytesOf: (n) => Buffer.from(`other ${n}`) })).checkpoint;
  await page.locator('#kept > summary').click();
  await page.locator('#head-file').setInputFiles({
    ...{ name: 'checkpoint', mimeType: 'text/plain' },
    buffer: Buffer.from(foreign),
  });
  await expect.poll(() => page.locator('#head').inputValue()).toBe(foreign);
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect.poll(text).toContain('is NOT one of this log.');
  expect(await reportIn(page)).toEqual(await commandSays(zip, { head: foreign, policy }));
  await picture(page, 'kept');
  await give(page, zip, { policy: 'trust everybody' });
  expect(await saysOf(page)).toEqual([expect.stringMatching(/^What you gave as a policy/)]);
  await page.context().close();
});

test('opened from the web it comes to what it comes to from a disk, and asks for nothing more', async () => {
  const server = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html').end(readFileSync(VERIFY_HTML)),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { page, remote, errors } = await newPage(browser, origin, { permissions: [] });
  await page.goto(`${origin}/verify.html`);
  const zip = await zipOf({ mails: 3, bytesOf: (n) => new Uint8Array(n * 20_000) });
  await give(page, zip, { logKey: signer.vkey });
  expect((await saysOf(page))[0]).toMatch(/^Yes\./);
  expect(await reportIn(page)).toEqual(await commandSays(zip, { logKey: signer.vkey }));
  expect([remote, errors]).toEqual([[], []]);
  await page.context().close();
  server.close();
});

describe.runIf(hasOpenssl)('time-stamps', () => {
  test('bound the exhibits for whom the reader trusts, are not weighed without, and are refused when forged', async () => {
    const zip = await zipOf({ mails: 3, outsiders: [authority.stamp] });
    const { roots } = authority;
    const { page } = await opened();
    await give(page, zip, { logKey: signer.vkey, roots });
    expect((await saysOf(page))[1]).toMatch(/^Not later than .* UTC\.$/);
    expect(await reportIn(page)).toEqual(await commandSays(zip, { logKey: signer.vkey, roots }));
    await picture(page, 'stamped');
    await give(page, zip, { logKey: signer.vkey });
    expect((await saysOf(page))[1]).toBe('Not weighed. Time-stamps in the bundle: 2');
    const stranger = newAuthority();
    const forged = await zipOf({ mails: 3, outsiders: [stranger.stamp] });
    stranger.close();
    await give(page, forged, { logKey: signer.vkey, roots });
    expect((await saysOf(page))[1]).toBe('Time-stamps do not hold: 2');
    expect(await page.locator('.faults').textContent()).toMatch(/^time\/\d+\.tsr/);
    expect(await reportIn(page)).toEqual(await commandSays(forged, { logKey: signer.vkey, roots }));
    await give(page, zip, { roots: 'no certificate' });
    expect(await saysOf(page)).toEqual([expect.stringMatching(/^What you gave as certificates/)]);
    await page.context().close();
  });

  test('a browser without a cryptography of its own comes to the same, in the page’s own thread too', async () => {
    const zip = await zipOf({ mails: 2, outsiders: [authority.stamp] });
    const given = { logKey: signer.vkey, roots: authority.roots };
    const watched = await newPage(browser, 'file://', { permissions: [] });
    const { page } = watched;
    await page.addInitScript(() => {
      Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true });
      Object.defineProperty(globalThis, 'Worker', { value: undefined });
    });
    await page.goto(VERIFY_ADDRESS);
    await give(page, zip, given);
    expect(await reportIn(page)).toEqual(await commandSays(zip, given));
    expect((await saysOf(page))[0]).toMatch(/^Yes\./);
    await page.context().close();
  });
});
