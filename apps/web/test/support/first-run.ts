import type { Page } from 'playwright-core';
import { type Lang, wordsIn } from './words.ts';

const PASSWORD = 'a calm and long sentence';

export type Newcomer = { readonly lang?: Lang; readonly name?: string; readonly addresses?: string };

/** The first run: two fields and a password, and then the three doors. */
export async function firstRun(
  page: Page,
  startUrl: string,
  { lang = 'en', name = 'Alex', addresses = '' }: Newcomer = {},
): Promise<void> {
  const says = wordsIn(lang);
  await page.goto(startUrl);
  await page.getByLabel(says('first.name'), { exact: true }).fill(name);
  await page.getByLabel(says('first.addresses')).fill(addresses);
  await page.getByLabel(says('first.password')).fill(PASSWORD);
  await page.getByRole('button', { name: says('first.begin') }).click();
  await page.waitForURL('**/welcome');
  await page.locator('#main h1').waitFor();
}
