import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { allRead, marksDrawn } from './support/marked.ts';
import { type Program, startProgram } from './support/program.ts';

const ANSWER = 'The login is in line 4 of the list.';
const MESSAGES = [
  ['inbound', '2026-04-30T15:31:00+03:00', 'Where is the login for the shop? The pictures are dark, too.'],
  ['outbound', '2026-05-04T10:02:00+03:00', `Good morning Dmitri, ${ANSWER}`],
  ['inbound', '2026-05-12T09:14:00+03:00', 'I ask the third time. Where is the login?'],
] as const;

/** Formatted, and said otherwise in one place than in its plain text. */
const FORMATTED = `From: Orlov <orlov@baltika.example>
To: Alex <me@firm.example>
Subject: formatted
Date: Wed, 13 May 2026 11:00:00 +0300
Message-ID: <formatted@baltika.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8

I want a refund
of 400 euros. You *promised* the pictures on Monday.

--b
Content-Type: text/html; charset=utf-8

<p>I want a <b>refund of 400 euros</b>. You <i>promised</i> the pictures on Monday.</p>

--b--
`;

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let party: string;
const ids: string[] = [];
const origin = () => new URL(program.startUrl).origin;

function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  return page.evaluate(
    async ([how, where, sent]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(where!, { method: how!, headers, ...(sent ? { body: sent } : {}) });
      return (await answer.json()) as T;
    },
    [method, path, body === undefined ? null : JSON.stringify(body)],
  );
}

type Cite = { interactionId: string; start: number; end: number; quote: string };

function citeOf(at: number, quote: string): Cite {
  const start = MESSAGES[at]![2].indexOf(quote);
  return { interactionId: ids[at]!, start, end: start + quote.length, quote };
}

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  watched = await newPage(browser, origin());
  page = watched.page;
  await firstRun(page, program.startUrl);
  ({ id: party } = await ask<{ id: string }>('POST', '/api/parties', {
    ...{ name: 'Orlov', identifiers: ['orlov@baltika.example'] },
  }));
  await page.evaluate(async (text) => {
    const headers = { 'x-file-name': 'formatted.eml' };
    const sent = await fetch('/api/uploads', { method: 'POST', headers, body: text });
    const { id } = (await sent.json()) as { id: string };
    const wish = JSON.stringify({ uploads: [id], me: ['me@firm.example'] });
    const begun = await fetch('/api/imports', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: wish,
    });
    const { run } = (await begun.json()) as { run: string };
    // The events of a run end with it.
    await (await fetch(`/api/runs/${run}/events`)).text();
  }, FORMATTED);
  for (const [direction, at, text] of MESSAGES) {
    const from = direction === 'inbound' ? 'Orlov' : 'Alex';
    const wish = { text, party: { id: party }, at, way: 'mail', direction, from };
    ids.push((await ask<{ id: string }>('POST', '/api/interactions', wish)).id);
  }
  const made = await ask<{ id: string }>('POST', `/api/parties/${party}/points`, {
    ...{ kind: 'question', title: 'login', cite: citeOf(0, 'Where is the login for the shop?') },
  });
  await ask('POST', `/api/points/${made.id}/answer`, { cite: citeOf(1, ANSWER) });
  await ask('POST', `/api/points/${made.id}/raise`, { cite: citeOf(2, 'Where is the login?') });
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

/** A page under load answers late; what it shows in the end is what counts. */
const PATIENT = { timeout: 30_000 };
const rows = () => page.locator('.timeline [data-row]').count();

test('a row tells the point it raises again and how it stands, and leads to it', async () => {
  await page.goto(`${origin()}/clients/${party}`);
  const again = page.getByRole('link', { name: '#1 again · answered 4 May' });
  await again.waitFor();
  await expect.poll(() => page.getByRole('link', { name: '#1', exact: true }).count(), PATIENT).toBe(1);
  await again.click();
  await page.getByRole('heading', { name: '#1 login' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/clients/${party}/points/1`);
});

test('the timeline of one point is a key and a choice away, and has an address', async () => {
  await page.goto(`${origin()}/clients/${party}`);
  await page.locator('.timeline [data-row]').first().waitFor();
  await expect.poll(rows, PATIENT).toBe(4);
  await page.locator('.points-strip').getByText('#1').waitFor();
  await page.keyboard.press('f');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => new URL(page.url()).search, PATIENT).toBe('?point=1');
  await expect.poll(rows, PATIENT).toBe(3);
  await page.reload();
  await page.locator('.timeline [data-row]').first().waitFor();
  await expect.poll(rows, PATIENT).toBe(3);
});

test('words are chosen by arrow keys, told to screen readers, and become a point', async () => {
  await allRead(page);
  await page.goto(`${origin()}/clients/${party}/interactions/${ids[0]}`);
  await marksDrawn(page, ids[0]!, party);
  await page.keyboard.press('i');
  const told = page.locator('[aria-live=assertive]');
  await expect.poll(() => told.textContent(), PATIENT).toContain('Where is the login for the shop?');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => told.textContent(), PATIENT).toContain('Selected: The pictures are dark, too.');
  await page.keyboard.press('#');
  await page.getByLabel('Short name').fill('dark pictures');
  await page.keyboard.press('Enter');
  await page.getByText('This is point #2 now.').waitFor();
});

/** Selects an element of the sender's formatting, as somebody does with the mouse. */
function selectInFrame(selector: string): Promise<void> {
  return page.locator('iframe.html-frame').evaluate((frame: HTMLIFrameElement, wanted) => {
    const inside = frame.contentDocument!;
    const selection = inside.getSelection()!;
    selection.removeAllRanges();
    const range = inside.createRange();
    range.selectNodeContents(inside.querySelector(wanted)!);
    selection.addRange(range);
  }, selector);
}

test('words of the formatted view are quoted as the record has them; what it has otherwise is said', async () => {
  const { items } = await ask<{ items: { id: string; subject: string | null }[] }>(
    'GET',
    `/api/parties/${party}/timeline`,
  );
  const id = items.find(({ subject }) => subject === 'formatted')!.id;
  await page.goto(`${origin()}/clients/${party}/interactions/${id}`);
  // What comes late above the button moves it, and a press that begins on it then ends beside it.
  const formatted = page.getByRole('button', { name: 'Show as formatted by the sender' });
  const isShown = async () => {
    if ((await formatted.count()) > 0) await formatted.click();
    return page.locator('.html-frame').count();
  };
  await expect.poll(isShown, PATIENT).toBe(1);
  await page.frameLocator('.html-frame').locator('b').waitFor();
  await selectInFrame('b');
  await page.keyboard.press('#');
  await page.locator('.point-form q').getByText('refund').waitFor();
  await page.getByLabel('Short name').fill('refund 400');
  await page.getByLabel('Short name').press('Enter');
  await page.getByText('This is point #3 now.').waitFor();
  // Until the form has gone, a key is typed into it.
  await page.locator('.point-form').waitFor({ state: 'detached' });
  const point = await ask<{ cites: { quote: string }[] }>('GET', `/api/parties/${party}/points/3`);
  expect(point.cites[0]?.quote).toMatch(/^refund\r?\nof 400 euros$/);
  await selectInFrame('p');
  await page.keyboard.press('#');
  await page.getByText('does not stand so in the text of the record').waitFor();
  await page.getByRole('button', { name: 'Show the text at that place' }).click();
  await expect
    .poll(() => page.locator('[aria-live=assertive]').textContent(), PATIENT)
    .toContain('Selected: ');
  await page.locator('.html-frame').waitFor({ state: 'detached' });
});

test('the words of a split are searched in the record of this client, whatever its length', async () => {
  await page.goto(`${origin()}/clients/${party}/points/1`);
  await page.getByRole('button', { name: 'Split in two' }).click();
  await page.getByLabel('Short name of the second point').fill('dark');
  await page.getByLabel('Search in this client’s record').fill('refund');
  const list = page.getByLabel('Words that ask the second point');
  await page.getByText('1 record has these words.').waitFor();
  await expect.poll(() => list.locator('option').count(), PATIENT).toBe(2);
  await page.getByLabel('Search in this client’s record').fill('');
  await expect.poll(() => list.locator('option').count(), PATIENT).toBe(4);
});

test('two points that are one: the second says so and leads to the first', async () => {
  await page.goto(`${origin()}/clients/${party}/points/2`);
  await page.getByRole('button', { name: 'It is the same as…' }).click();
  await page.getByLabel('It is the same as', { exact: true }).selectOption({ label: '#1 login' });
  await page.getByLabel('Why', { exact: true }).fill('They are asked together.');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.getByText('Point #1: written down.').waitFor();
  await page.getByRole('link', { name: /This is the same as #1 login/ }).click();
  await page.getByRole('heading', { name: '#1 login' }).waitFor();
  await page.getByRole('link', { name: 'Also asked as #2 dark pictures' }).waitFor();
  expect(watched.errors).toEqual([]);
});
