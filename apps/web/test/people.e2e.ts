import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actSaying, openAct } from './support/acts.ts';
import { newPage, startBrowser, type Watched } from './support/browser.ts';
import { firstRun } from './support/first-run.ts';
import { type Program, startProgram } from './support/program.ts';
import { wordsIn } from './support/words.ts';

const PASSWORD = 'a calm and long sentence';
const PICTURES = process.env.EVENKEEL_TEST_PICTURES;
const en = wordsIn('en');

let program: Program;
let browser: Browser;
let alex: Watched;
let mira: Watched;
let origin: string;
let party: string;

const picture = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
};

beforeAll(async () => {
  [program, browser] = await Promise.all([startProgram(), startBrowser()]);
  ({ origin } = new URL(program.startUrl));
  [alex, mira] = await Promise.all([
    newPage(browser, origin),
    newPage(browser, origin, { viewport: { width: 360, height: 740 } }),
  ]);
  const { page } = alex;
  await firstRun(page, program.startUrl);
  party = await page.evaluate(async () => {
    const body = JSON.stringify({ name: 'Orlov', state: 'client', identifiers: ['orlov@client.example'] });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/api/parties', { method: 'POST', headers, body });
    return ((await answer.json()) as { id: string }).id;
  });
});

afterAll(async () => {
  await browser?.close();
  await program?.end();
});

test('a hold that one person set is not released by that person', async () => {
  const { page } = alex;
  await page.goto(`${origin}/clients/${party}/holds`);
  await openAct(actSaying(page, en('hold.set')));
  await page.getByLabel(en('casefile.why')).fill('He wrote of a lawyer.');
  await page.getByRole('button', { name: en('hold.set') }).click();
  await page.getByRole('listitem').filter({ hasText: 'He wrote of a lawyer.' }).waitFor();
});

test('an owner makes a link for somebody, who comes in with it under a name of their own', async () => {
  const { page } = alex;
  await page.goto(`${origin}/us`);
  await page.getByRole('link', { name: en('people.title') }).click();
  await page.getByText(en('people.alone')).waitFor();
  await page.getByLabel(en('people.whom')).fill('Mira, from June');
  await page.getByLabel(en('people.as'), { exact: true }).selectOption('manager');
  await page.getByText(en('memberRoleSays.manager')).waitFor();
  await page.getByRole('button', { name: en('people.makeLink') }).click();
  const link = await page.locator('.people-link pre').textContent();
  expect(link).toMatch(/\/join#code=[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  await picture(page, 'people-invited');

  const hers = mira.page;
  await hers.goto(link ?? '');
  await hers.getByRole('heading', { name: en('join.title') }).waitFor();
  await picture(hers, 'people-join');
  await hers.getByLabel(en('join.name')).fill('Alex');
  await hers.getByLabel(en('first.password')).fill(PASSWORD);
  await hers.getByRole('button', { name: en('join.enter') }).click();
  await hers.getByText(en('problem.name-taken')).waitFor();
  await hers.getByLabel(en('join.name')).fill('Mira Salo');
  await hers.getByRole('button', { name: en('join.enter') }).click();
  await hers.waitForURL(`${origin}/`);
  await page.reload();
  await page.getByRole('listitem').filter({ hasText: 'Mira Salo' }).waitFor();
  await page.getByText(en('people.second')).waitFor();
  expect(await page.getByText('Mira, from June').count(), 'the invitation waits no more').toBe(0);
});

test('what one person began another one confirms, in a browser of their own', async () => {
  const { page } = alex;
  await page.goto(`${origin}/clients/${party}/holds`);
  const release = async (of: Page, why: string) => {
    const line = of.getByRole('listitem').filter({ hasText: 'He wrote of a lawyer.' });
    await openAct(actSaying(line, en('hold.release')));
    await line.getByLabel(en('casefile.why')).fill(why);
    await line.getByRole('button', { name: en('hold.release') }).click();
  };
  await release(page, 'The lawyer wrote that it is over.');
  await page
    .getByRole('alert')
    .filter({ hasText: en('problem.second-person-needed') })
    .waitFor();

  const hers = mira.page;
  await hers.goto(`${origin}/clients/${party}/holds`);
  await release(hers, 'I read the letter: it is over.');
  await hers.getByText(en('hold.none')).waitFor();
  await page.reload();
  await page.getByText(en('hold.none')).waitFor();
});

test('who is no owner is told so, and the only owner stays one', async () => {
  await mira.page.goto(`${origin}/people`);
  await mira.page.getByText(en('people.ownersOnly')).waitFor();
  const { page } = alex;
  await page.goto(`${origin}/people`);
  await page.getByLabel(en('people.roleOf', { name: 'Alex' })).selectOption('agent');
  await page
    .getByRole('alert')
    .filter({ hasText: en('problem.last-owner') })
    .waitFor();
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/role') && answer.ok());
  await page.getByLabel(en('people.roleOf', { name: 'Mira Salo' })).selectOption('auditor');
  // Leaving the page sooner would take the request back.
  await kept;
  await page.reload();
  await expect
    .poll(() => page.getByLabel(en('people.roleOf', { name: 'Mira Salo' })).inputValue())
    .toBe('auditor');
});

test('who leaves is out at once, and is named still', async () => {
  const { page } = alex;
  const line = page.getByRole('listitem').filter({ hasText: 'Mira Salo' });
  await line.getByRole('button', { name: en('people.end') }).click();
  await line.getByLabel(en('people.reason')).fill('Her contract ended.');
  await line.getByRole('button', { name: en('people.endNow', { name: 'Mira Salo' }) }).click();
  await page.getByRole('heading', { name: en('people.gone') }).waitFor();
  await picture(page, 'people-gone');
  await mira.page.goto(`${origin}/clients`);
  await mira.page.getByLabel(en('signin.password'), { exact: true }).waitFor();
  expect([...alex.errors, ...mira.errors]).toEqual([]);
  expect([...alex.remote, ...mira.remote]).toEqual([]);
});

test('counsel is let into one case from its page, and finds that case and nothing else on a phone', async () => {
  const { page } = alex;
  const caseId = await page.evaluate(async (id) => {
    const body = JSON.stringify({ title: 'The login', wanted: 'The fee is paid, and we part.' });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`/api/parties/${id}/cases`, { method: 'POST', headers, body });
    return ((await answer.json()) as { id: string }).id;
  }, party);
  await page.goto(`${origin}/cases/${caseId}`);
  const outside = page.getByRole('region', { name: en('counsel.title') });
  await openAct(actSaying(outside, en('counsel.invite')));
  await outside.getByLabel(en('people.whom')).fill('Laki Oy');
  await outside.getByLabel(en('counsel.day')).fill('2099-05-31');
  await outside.getByRole('button', { name: en('counsel.invite') }).click();
  const link = await outside.locator('.people-link pre').textContent();
  await picture(page, 'counsel-invited');

  const laki = await newPage(browser, origin, { viewport: { width: 360, height: 740 } });
  const theirs = laki.page;
  await theirs.goto(link ?? '');
  await theirs.getByLabel(en('join.name')).fill('Laki Oy');
  await theirs.locator('input[type="password"]').fill(PASSWORD);
  await theirs.locator('button[type="submit"]').click();
  await theirs.getByRole('heading', { level: 1, name: 'The login' }).waitFor();
  await theirs.getByText('The fee is paid, and we part.').waitFor();
  expect(await theirs.getByRole('navigation').count()).toBe(0);
  await theirs.goto(`${origin}/clients/${party}`);
  await theirs.getByRole('heading', { level: 1, name: 'The login' }).waitFor();
  await picture(theirs, 'counsel-home');

  await page.goto(`${origin}/cases/${caseId}`);
  await page.getByRole('link', { name: en('brief.open') }).click();
  // The page before has the same title; only the brief leads to a letter.
  await page.getByRole('link', { name: en('brief.forMediator') }).click();
  await page.getByRole('heading', { level: 1, name: en('brief.to') }).waitFor();
  await page.getByText('The fee is paid, and we part.').waitFor();
  // A letter is read in the language of whoever receives it; what was said stays as it was said.
  await page.getByLabel(en('letter.lang')).selectOption('fi');
  await page.getByRole('heading', { level: 1, name: wordsIn('fi')('brief.to') }).waitFor();
  await page.getByText('The fee is paid, and we part.').waitFor();
  expect(await page.locator('main [lang]').getAttribute('lang')).toBe('fi');
  await page.getByRole('button', { name: en('brief.print') }).waitFor();
  await picture(page, 'mediator-letter-fi');
  await page.getByLabel(en('letter.lang')).selectOption('en');
  await page.getByRole('heading', { level: 1, name: en('brief.to') }).waitFor();
  await page.emulateMedia({ media: 'print' });
  // On paper there is the letter alone.
  await expect.poll(() => page.getByRole('navigation').count(), { timeout: 20_000 }).toBe(0);
  await page.getByText(en('brief.whole')).waitFor();
  await picture(page, 'mediator-letter');
  await page.emulateMedia({ media: null });
});
