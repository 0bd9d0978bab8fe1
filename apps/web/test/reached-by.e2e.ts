import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mail } from '../../evenkeel/test/support/mails.ts';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { type Program, startProgram } from './support/program.ts';

let program: Program;
let browser: Browser;
let watched: Watched;
let page: Page;
let party: string;

const CARD = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Vera Virtanen', 'EMAIL:vera@client.example'];
const CARDS = [...CARD, 'EMAIL:vera@home.example', 'TEL:+358 40 555 0101', 'END:VCARD', ''].join('\r\n');

/** Brings files in as the page does, for one client. */
async function bringIn(name: string, text: string): Promise<void> {
  const done = await page.evaluate(
    async ([name, text, client]) => {
      const answer = await fetch('/api/uploads', {
        method: 'POST',
        headers: { 'x-file-name': name! },
        body: text!,
      });
      const { id } = (await answer.json()) as { id: string };
      const wish = { uploads: [id], me: ['me@firm.example'], client };
      const headers = { 'content-type': 'application/json' };
      const started = await fetch('/api/imports', { method: 'POST', headers, body: JSON.stringify(wish) });
      const { run } = (await started.json()) as { run: string };
      return (await fetch(`/api/runs/${run}/events`)).text();
    },
    [name, text, party],
  );
  expect(done).toContain('"report"');
}

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  const { origin } = new URL(program.startUrl);
  watched = await newPage(browser, origin);
  page = watched.page;
  page.setDefaultTimeout(25_000);
  await page.goto(program.startUrl);
  await page.getByLabel('What to call you here').fill('Alex');
  await page.getByLabel('A password').fill('a calm and long sentence');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('heading', { name: /Welcome, Alex/ }).waitFor();
  party = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'Virtanen Oy', state: 'client', identifiers: [] });
    const answer = await fetch('/api/parties', { method: 'POST', headers, body });
    return ((await answer.json()) as { id: string }).id;
  });
  await bringIn('1.eml', mail({ subject: 'one', from: 'Vera Virtanen <vera@client.example>' }));
  await bringIn('2.eml', mail({ subject: 'two', from: 'Timo Laine <timo@client.example>' }));
  await bringIn('cards.vcf', CARDS);
  await page.goto(`${origin}/clients/${party}`);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

test('the people of a client stand by name with what they are reached by; a card proposes the rest', async () => {
  await page.locator('.reached summary').click();
  const list = page.getByRole('list', { name: 'Addresses and numbers' });
  await list.getByText('Timo Laine').waitFor();
  const vera = list.getByRole('listitem').filter({ hasText: 'Vera Virtanen' }).first();
  await vera.getByText('vera@client.example').waitFor();
  const home = list.getByRole('listitem').filter({ hasText: 'vera@home.example' });
  await home.getByText('on a contact card beside one of theirs').waitFor();
  await expect.poll(() => home.getByRole('button').allTextContents()).toEqual(['Theirs too']);
  await home.getByRole('button', { name: 'Theirs too' }).click();
  await page.getByText('vera@home.example is theirs now.').waitFor();
  await vera.getByText('vera@home.example').waitFor();
  const picture = process.env.EVENKEEL_TEST_PICTURES;
  if (picture) await page.screenshot({ path: `${picture}/reached-by.png` });
  expect(watched.errors).toEqual([]);
});
