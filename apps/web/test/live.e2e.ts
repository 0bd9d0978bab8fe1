import { hostname } from 'node:os';
import { crc32, deflateSync } from 'node:zlib';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';
import { wordsIn } from './support/words.ts';

const OWNER = 'Alexandra Legalname';
const en = wordsIn('en');

let program: Program;
let browser: Browser;
let origin: string;
let desk: Page;
let phone: Page;
let device: BrowserContext;

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  origin = new URL(program.startUrl).origin;
  desk = (await newPage(browser, origin)).page;
  await firstRun(desk, program.startUrl, { name: OWNER });
  const watched = await newPage(browser, origin, {
    ...{ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  phone = watched.page;
  device = phone.context();
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

const button = (name: string) => phone.getByRole('button', { name, exact: true });
const noted = () => phone.locator('[data-noted]');
const status = () => phone.locator('.live-wait');

let taps = 0;
async function tap(target: Locator): Promise<void> {
  taps += 1;
  await target.tap();
}

/** A thumb that stays until something has come of it. */
async function hold(target: Locator, until: Locator): Promise<void> {
  taps += 1;
  const { x, y, width, height } = (await target.boundingBox())!;
  const devtools = await device.newCDPSession(phone);
  const touchPoints = [{ x: x + width / 2, y: y + height / 2 }];
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await until.waitFor();
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await devtools.detach();
}

/** All that lies on the phone. */
const keptHere = () =>
  phone.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('evenkeel-live');
      request.onsuccess = () => resolve(request.result);
    });
    const all = <T>(store: string) =>
      new Promise<T[]>((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result as T[]);
      });
    const found = {
      notes: await all<{ id: string; at: string }>('notes'),
      page: JSON.stringify(await all('page')),
    };
    database.close();
    return found;
  });

const PATIENT = { timeout: 20_000 };
const nothingWaits = () => expect.poll(async () => (await keptHere()).notes, PATIENT).toEqual([]);

type Row = { id: string; kind: string; at: string; recordedAt: string; lead: string };
async function onRecord(): Promise<readonly Row[]> {
  return desk.evaluate(async () => {
    const ask = async (path: string) => (await fetch(path)).json();
    const { items } = await ask('/api/parties');
    const party = items.find(({ name }: { name: string }) => name.toLowerCase() === 'rex_77');
    return party ? (await ask(`/api/parties/${party.id}/timeline`)).items : [];
  });
}

test('a phone is added with a code that was shown on the other screen, and is told no name', async () => {
  await desk.goto(`${origin}/phones`);
  await desk.getByRole('button', { name: en('phones.code') }).click();
  const code = await desk.locator('.phones-letters').textContent();
  await phone.goto(`${origin}/live`);
  await phone.getByLabel(en('live.code')).fill(code!);
  await button(en('live.pairDo')).tap();
  await phone.getByRole('heading', { name: en('live.who') }).waitFor();
  expect(await phone.title()).toBe('Notes');
  expect(await phone.content()).not.toContain('Legalname');
  await desk.getByRole('button', { name: en('phones.done') }).click();
  await desk.getByRole('button', { name: en('phones.remove') }).waitFor();
});

test('a handle is typed, and one tap is one note with its time and the words that stood in the field', async () => {
  await phone.getByLabel(en('live.handle')).fill('Rex_77');
  await button(en('live.begin')).tap();
  await phone.getByLabel(en('live.quoteField')).fill('tell me your real name');
  await button(en('live.data')).tap();
  await noted().nth(0).waitFor();
  expect(await noted().nth(0).textContent()).toMatch(/\d\d:\d\d My data\. “tell me your real name”/);
  await nothingWaits();
});

test('a limit is copied in the viewer’s language, for the rule that was crossed, and that it was said is noted', async () => {
  await phone.getByLabel(en('live.lang')).selectOption('ru');
  await button(en('live.say-reminder')).tap();
  await phone.getByText(en('live.copied')).waitFor();
  const copied = await phone.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('Никаких вопросов об имени');
  await button(en('live.say-warning')).tap();
  await expect
    .poll(() => phone.evaluate(() => navigator.clipboard.readText()), PATIENT)
    .toContain('Всего раз: 1.');
  expect(await noted().nth(1).textContent()).toContain(en('live.said-reminder'));
});

/** A PNG of 40 × 20 that says where it was taken. */
function shotOfHome(): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.from([0, 0, 0, 40, 0, 0, 0, 20, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('eXIf', Buffer.from('MM\0*GPS Helsinki Legalname', 'latin1')),
    chunk('tEXt', Buffer.from('Author\0Alexandra Legalname', 'latin1')),
    chunk('IDAT', deflateSync(Buffer.alloc(41 * 20))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('a shot is cropped, and nothing of its file is kept but the part of the picture', async () => {
  const file = { name: 'Legalname at home.png', mimeType: 'image/png', buffer: shotOfHome() };
  await phone.locator('input[type=file]').setInputFiles(file);
  await phone.getByLabel(en('live.crop-right')).fill('50');
  await button(en('live.shotKeep')).tap();
  await phone.locator('.live-noted img').waitFor();
  const width = () =>
    phone.locator('.live-noted img').evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(width, PATIENT).toBe(20);
  await nothingWaits();
});

test('Escape covers at once, and only twice brings it back; a double tap does the same', async () => {
  await phone.getByLabel(en('live.quoteField')).focus();
  await phone.keyboard.press('Escape');
  await phone.locator('.live-cover').waitFor();
  // Pressed in haste it stays; pressed twice a little later it goes.
  await phone.evaluate(() => {
    for (let i = 0; i < 4; i += 1) document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
  });
  expect(await phone.locator('body').textContent()).not.toMatch(/rex|data/i);
  expect(await phone.locator('.live-cover').count()).toBe(1);
  await lifted(() => phone.keyboard.press('Escape'));
  await phone.locator('.live-noted').tap();
  await phone.locator('.live-noted').tap();
  await phone.locator('.live-cover').waitFor();
  await lifted(() => phone.locator('.live-cover').tap());
});

/** Two presses, when the haste of the covering hand is over. */
async function lifted(press: () => Promise<void>): Promise<void> {
  const covered = await phone.evaluate(() => performance.now());
  await phone.waitForFunction((since) => performance.now() > since + 1000, covered);
  await press();
  await press();
  await button(en('live.threat')).waitFor();
}

test('without a network, from the locked page to "ended, quote noted" in four taps', async () => {
  await expect.poll(() => status().getAttribute('data-kept'), PATIENT).toBe('kept');
  await device.setOffline(true);
  await tap(button(en('live.threat')));
  await tap(button(en('live.money')));
  await phone.getByText(en('live.offline', { count: 2 })).waitFor();
  await phone.evaluate(() => navigator.clipboard.writeText('I know where you live'));
  await phone.close();

  phone = await device.newPage();
  await phone.goto(`${origin}/live`);
  await phone.locator('.live-cover').waitFor();
  taps = 0;
  await tap(phone.locator('.live-cover'));
  await tap(phone.locator('.live-cover'));
  await tap(button(en('live.paste')));
  await phone.getByText('“I know where you live”').waitFor();
  await hold(button(`${en('live.end')} ${en('live.hold')}`), phone.getByText(/^ended \d\d:\d\d$/));
  expect(taps).toBe(4);
  await phone.getByText('“I know where you live”').waitFor();
  await phone.getByText(en('live.offline', { count: 4 })).waitFor();
  const { notes } = await keptHere();
  expect(notes).toHaveLength(4);
});

test('with the network back each note is in the record once, at the time it was noted, and leaves the phone', async () => {
  const { notes } = await keptHere();
  await button(en('live.done-blocked')).tap();
  await button(en('live.done-no-reply')).tap();
  await device.setOffline(false);
  await nothingWaits();
  const rows = await onRecord();
  for (const { id, at } of notes) {
    const same = rows.filter((row) => row.id === id);
    expect(same).toHaveLength(1);
    expect(same[0]!.at).toBe(at);
    expect(same[0]!.recordedAt > at).toBe(true);
  }
  const leads = rows.map(({ lead }) => lead).join('\n');
  for (const words of ['I know where you live', en('live.done-blocked'), en('live.done-no-reply')])
    expect(leads).toContain(words);
  expect(rows.filter(({ kind }) => kind === 'session')).toHaveLength(1);
});

test('nothing that was recorded holds a name, a zone, a machine or a file of ours', async () => {
  const rows = await onRecord();
  const recorded = await desk.evaluate(
    async (ids) => {
      const texts: string[] = [];
      for (const id of ids) {
        const detail = await (await fetch(`/api/interactions/${id}`)).json();
        texts.push(JSON.stringify({ ...detail, row: null }));
        const original = await fetch(`/api/interactions/${id}/original`);
        texts.push(new TextDecoder('latin1').decode(await original.arrayBuffer()));
        for (const { sha256 } of detail.attachments) {
          const file = await fetch(`/api/interactions/${id}/attachments/${sha256}`);
          if (!file.ok) throw new Error(`${sha256}: ${file.status}`);
          texts.push(new TextDecoder('latin1').decode(await file.arrayBuffer()));
        }
      }
      return texts;
    },
    rows.map(({ id }) => id),
  );
  const all = recorded.join('\n');
  expect(all).toContain('shot.png');
  expect(all).toContain('PNG');
  for (const ours of ['Legalname', 'Helsinki', 'at home', hostname(), 'eXIf', 'tEXt'])
    expect(all).not.toContain(ours);
});

test('by keys alone: the end asks instead of being held, and the next viewer is chosen', async () => {
  await button(en('live.close')).click();
  await phone.getByRole('heading', { name: en('live.who') }).waitFor();
  expect((await keptHere()).page).not.toContain('rex');
  await button('rex_77').focus();
  await phone.keyboard.press('Enter');
  await button(`${en('live.end')} ${en('live.hold')}`).focus();
  await phone.keyboard.press('Enter');
  await phone.getByText(en('live.endAsk')).waitFor();
  await phone.keyboard.press('Enter');
  await phone.getByText(/^ended \d\d:\d\d$/).waitFor();
  await button(en('live.close')).click();
});

test('a phone that was removed keeps what is noted, and says that nobody takes it', async () => {
  await nothingWaits();
  await desk.getByRole('button', { name: en('phones.remove') }).click();
  await desk.getByText(en('phones.none')).waitFor();
  await phone.reload();
  await button(en('live.without')).tap();
  await phone.getByLabel(en('live.handle')).fill('rex_77');
  await button(en('live.begin')).tap();
  await button(en('live.threat')).tap();
  await phone.getByText(en('live.stranger', { count: 1 })).waitFor();
  expect((await keptHere()).notes).toHaveLength(1);
});
