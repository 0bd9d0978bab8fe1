import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { verifyBundle } from '@evenkeel/proof/verify';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, newAuthority } from '../../../packages/proof/test/authority.ts';
import { accessTo, gather, signer, zipOf } from '../../../packages/proof/test/bundle-story.ts';
import { diceOf, mutate } from '../../../packages/proof/test/mutations.ts';
import { testSigner } from '../../../packages/proof/test/signer.ts';
import { sha256 } from '../../../packages/proof/test/vectors.ts';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { filesOf, repacked, unpack, zipped } from './support/handed-over.ts';

const HTML = fileURLToPath(new URL('../../../packages/proof/verify.html', import.meta.url));
const MAIN = fileURLToPath(new URL('../../evenkeel/src/main.ts', import.meta.url));
const ADDRESS = pathToFileURL(HTML).href;
/** Pictures of the screens are kept where somebody asks for them. */
const PICTURES = process.env.EVENKEEL_TEST_PICTURES;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const EXHIBIT = 'exhibits/EVK0000002/message.eml';

let browser: Browser;
let authority: Authority;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-verify-'));
  browser = await startBrowser();
  if (hasOpenssl) authority = newAuthority();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  authority?.close();
  await rm(folder, { recursive: true, force: true });
});

async function opened(options: BrowserContextOptions = {}): Promise<Watched> {
  const watched = await newPage(browser, 'file://', { permissions: [], ...options });
  watched.page.setDefaultTimeout(30_000);
  await watched.page.goto(ADDRESS);
  return watched;
}

type Given = {
  readonly logKey?: string;
  readonly roots?: string;
  readonly head?: string;
  readonly policy?: string;
};

/** Hands a zip to the page, as a hand would, and waits for the result. */
async function give(page: Page, zip: Uint8Array, given: Given = {}): Promise<void> {
  const { logKey = '', roots = '', head = '', policy = '' } = given;
  await page.locator('#key').fill(logKey);
  for (const [id, text] of Object.entries({ roots, head, policy }))
    await page.locator(`#${id}`).evaluate((area, pasted) => {
      (area as HTMLTextAreaElement).value = pasted;
    }, text);
  const buffer = Buffer.from(zip);
  await page.locator('#zip').setInputFiles({ name: 'baltika.zip', mimeType: 'application/zip', buffer });
  await page.locator('#result > h2').waitFor();
}

/** What the page says for programs. */
async function reportIn(page: Page): Promise<unknown> {
  const details = page.locator('#result details');
  if (!(await details.evaluate((one: HTMLDetailsElement) => one.open)))
    await details.locator('summary').click();
  const text = details.locator('pre');
  await expect.poll(() => text.textContent()).not.toBe('');
  return JSON.parse((await text.textContent())!);
}

const saysOf = (page: Page) => page.locator('#result .says').allInnerTexts();

/** The real command, in a process of its own. */
async function commandSays(zip: Uint8Array, { logKey, ...texts }: Given = {}): Promise<unknown> {
  const path = join(folder, 'command.zip');
  await writeFile(path, zip);
  const args = ['bundle', 'verify', path, '--json'];
  if (logKey) args.push('--log-key', logKey);
  const flags = { roots: '--tsa-roots', head: '--head', policy: '--policy' };
  for (const [name, flag] of Object.entries(flags)) {
    const text = texts[name as keyof typeof texts];
    if (!text) continue;
    await writeFile(join(folder, name), text);
    args.push(flag, join(folder, name));
  }
  const run = promisify(execFile)(process.execPath, [MAIN, ...args], { maxBuffer: 1 << 28 });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout);
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `verify-${name}.png`), fullPage: true });
}

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

describe('the second thread', () => {
  /** A page that counts its threads; `breaks` is how the second one fails, if it does. */
  async function watching(breaks: 'no' | 'at once' | 'later'): Promise<Page> {
    const { page } = await newPage(browser, 'file://', { permissions: [] });
    page.setDefaultTimeout(30_000);
    await page.addInitScript((how) => {
      const Native = Worker;
      const seen = { started: 0, hashing: 0 };
      const running = new Set<Worker>();
      Object.assign(window, { seenThreads: () => ({ ...seen, running: running.size }) });
      window.Worker = class extends Native {
        constructor(source: string | URL) {
          seen.started += 1;
          const isSecond = seen.started % 2 === 0;
          if (isSecond && how === 'at once') throw new Error('No more threads.');
          const broken = URL.createObjectURL(new Blob(['throw new Error("broken")']));
          super(isSecond && how === 'later' ? broken : source);
          running.add(this);
        }
        override postMessage(asked: unknown): void {
          if (typeof asked === 'object' && asked !== null && 'paths' in asked) seen.hashing += 1;
          super.postMessage(asked);
        }
        override terminate(): void {
          running.delete(this);
          super.terminate();
        }
      };
    }, breaks);
    await page.goto(ADDRESS);
    return page;
  }
  const seenBy = (page: Page) =>
    page.evaluate(() => (window as unknown as { seenThreads: () => unknown }).seenThreads());

  test('finds the exhibit that was changed and not the ones beside it, and ends with the first', async () => {
    const zip = await zipOf({ mails: 3, bytesOf: (n) => Buffer.from(`mail ${n} `.repeat(5_000)) });
    const at = Buffer.from(zip).indexOf('mail 2');
    const page = await watching('no');
    await give(page, zip.with(at, 0), { logKey: signer.vkey });
    expect(await page.locator('.faults li strong').allInnerTexts()).toEqual([EXHIBIT]);
    expect(await seenBy(page)).toEqual({ started: 2, hashing: 1, running: 0 });
    await give(page, zip, { logKey: signer.vkey });
    await expect.poll(async () => (await saysOf(page))[0]).toMatch(/^Yes\./);
    expect(await seenBy(page)).toEqual({ started: 4, hashing: 2, running: 0 });
    await page.context().close();
  });

  test.each(['at once', 'later'] as const)(
    'that fails %s changes no verdict: the first reads everything',
    async (breaks) => {
      const zip = await zipOf({ mails: 3 });
      const bent = zip.with(Buffer.from(zip).indexOf('mail 2'), 0);
      const page = await watching(breaks);
      await give(page, bent, { logKey: signer.vkey });
      expect(await reportIn(page)).toEqual(await commandSays(bent, { logKey: signer.vkey }));
      await give(page, zip, { logKey: signer.vkey });
      expect(await reportIn(page)).toEqual(await commandSays(zip, { logKey: signer.vkey }));
      await page.context().close();
    },
  );
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
    answer.setHeader('content-type', 'text/html').end(readFileSync(HTML)),
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
    await page.goto(ADDRESS);
    await give(page, zip, given);
    expect(await reportIn(page)).toEqual(await commandSays(zip, given));
    expect((await saysOf(page))[0]).toMatch(/^Yes\./);
    await page.context().close();
  });
});

test('an unpacked folder is checked as its zip is; what the system laid into it is passed over', async () => {
  const zip = await zipOf({ mails: 3, withheld: [2] });
  const place = join(folder, 'unpacked');
  await unpack(zip, place);
  await writeFile(join(place, '.DS_Store'), 'looked at');
  const { page } = await opened();
  await page.locator('#key').fill(signer.vkey);
  await page.locator('#folder').setInputFiles(place);
  await page.locator('#result > h2').waitFor();
  expect(await reportIn(page)).toEqual(await commandSays(zip, { logKey: signer.vkey }));
  expect(await page.locator('#result').textContent()).toContain('were not looked at: 1');
  await writeFile(join(place, 'exhibits/EVK0000003/message.eml'), 'other words');
  await writeFile(join(place, 'notes.txt'), 'added');
  await page.locator('#folder').setInputFiles(place);
  await expect
    .poll(() => page.locator('.faults li strong').allInnerTexts())
    .toEqual(['exhibits/EVK0000003/message.eml', 'notes.txt']);
  await page.context().close();
});

test('nothing foreign is shown as markup, and what is invisible or turns the line is written out', async () => {
  const party = 'Orlov <img src=x onerror=alert(1)> \u202egnp.exe\u0007';
  const zip = await zipOf({ mails: 1, bend: (input) => ({ ...input, party }) });
  const files = await filesOf(zip);
  files.set('exhibits/EVK0000009/<b>not here</b>.eml'.replace(/[<>]/g, '_'), Buffer.from('x'));
  const { page, errors } = await opened();
  await give(page, await zipped(files));
  const text = await page.locator('#result').textContent();
  expect(text).toContain('Orlov <img src=x onerror=alert(1)> ⟨U+202E⟩gnp.exe⟨U+0007⟩');
  expect(await page.locator('#result img').count()).toBe(0);
  expect(errors).toEqual([]);
  await page.context().close();
});

test.each([
  ['ru-RU', 'Проверить пакет документов', /^Нет\. Каждый файл/],
  ['fi-FI', 'Tarkista asiakirjapaketti', /^Ei\. Jokainen tiedosto/],
])('speaks the language of a browser that is %s, on a phone, in the dark', async (locale, title, says) => {
  const { page } = await opened({ locale, viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
  await give(page, await zipOf({ mails: 2 }), { logKey: signer.vkey });
  expect((await saysOf(page))[0]).toMatch(says);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(360);
  await picture(page, locale);
  await page.getByRole('button', { name: 'English' }).click();
  expect((await saysOf(page))[0]).toMatch(/^Yes\./);
  await page.context().close();
});

test('everything can be reached and begun with the keyboard alone', async () => {
  const { page } = await opened();
  const reached: string[] = [];
  for (let i = 0; i < 9; i++) {
    await page.keyboard.press('Tab');
    reached.push(
      await page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName || ''),
    );
  }
  expect(reached).toEqual([
    'BUTTON',
    'BUTTON',
    'BUTTON',
    'key',
    'SUMMARY',
    'SUMMARY',
    'zip',
    'folder',
    'BODY',
  ]);
  await page.context().close();
});
