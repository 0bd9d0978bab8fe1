import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signer, zipOf } from '../../../packages/proof/test/bundle-story.ts';
import { newPage, startBrowser } from './support/browser.ts';
import { filesOf, unpack, zipped } from './support/handed-over.ts';
import {
  commandSays,
  give,
  openedIn,
  picture,
  reportIn,
  saysOf,
  VERIFY_ADDRESS,
} from './support/verify-page.ts';

const EXHIBIT = 'exhibits/EVK0000002/message.eml';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-verify-'));
  browser = await startBrowser();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const opened = (options: BrowserContextOptions = {}) => openedIn(browser, options);

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
    await page.goto(VERIFY_ADDRESS);
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
