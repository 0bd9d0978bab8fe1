/**
 * Makes a picture of every screen of the story, in three languages, at desktop and phone size, for looking at them.
 *
 * Run: node apps/web/test/story-screens.ts [folder] [looks, by comma] [screens, by comma]
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from './support/browser.ts';
import { buildWeb, startStory } from './support/program.ts';
import { open, screensOf, signIn } from './support/story-pages.ts';

type Look = { name: string; width: number; height: number; scheme: 'light' | 'dark'; locale: string };

const LOOKS: readonly Look[] = (['light', 'dark'] as const).flatMap((scheme) =>
  ['en-GB', 'ru-RU', 'fi-FI'].flatMap((locale) => [
    { name: `desk-${locale.slice(0, 2)}-${scheme}`, width: 1280, height: 900, scheme, locale },
    { name: `phone-${locale.slice(0, 2)}-${scheme}`, width: 360, height: 740, scheme, locale },
  ]),
);
const looks = process.argv[3]?.split(',');
const only = process.argv[4]?.split(',');
const out = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'evenkeel-story-screens-')));
await mkdir(out, { recursive: true });

await buildWeb();
const [story, browser] = await Promise.all([startStory(), startBrowser()]);
const { origin } = new URL(story.startUrl);
try {
  for (const look of LOOKS.filter(({ name }) => !looks || looks.includes(name))) await shoot(browser, look);
} finally {
  await browser.close();
  await story.stop();
}
process.stdout.write(`${out}\n`);

async function shoot(on: Browser, { name: lookName, width, height, scheme, locale }: Look): Promise<void> {
  const context = await on.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale,
    timezoneId: 'Europe/Helsinki',
  });
  context.setDefaultTimeout(30_000);
  const first = await context.newPage();
  await signIn(first, story);
  const screens = await screensOf(first);
  await first.close();
  for (const screen of screens.filter(({ name }) => !only || only.includes(name))) {
    const page = await context.newPage();
    await open(page, screen, origin);
    await page.screenshot({ path: join(out, `${screen.name}-${lookName}.png`) });
    await page.close();
  }
  await context.close();
}
