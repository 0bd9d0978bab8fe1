/**
 * Makes a picture of every screen of the story, in three languages, at desktop and phone size, for looking at them.
 *
 * Run: node apps/web/test/story-screens.ts [folder] [looks, by comma] [screens, by comma]
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from './support/browser.ts';
import { buildWeb, startStory } from './support/program.ts';

type Look = { name: string; width: number; height: number; scheme: 'light' | 'dark'; locale: string };
/** What is opened: a path of the program, or a file by its whole address; then a key, if one shows what is meant. */
type Screen = { name: string; path: string; press?: string };

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
  await signIn(first);
  const screens = await screensOf(first);
  await first.close();
  for (const { name, path, press } of screens.filter(({ name }) => !only || only.includes(name))) {
    const page = await context.newPage();
    await page.goto(new URL(path, origin).href);
    await isDrawn(page);
    if (press) await page.keyboard.press(press);
    if (press) await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(out, `${name}-${lookName}.png`) });
    await page.close();
  }
  await context.close();
}

/** Something stands on the page, nothing more is asked for, and it was painted: a busy machine takes its time. */
async function isDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('main')?.textContent.length ?? 0) > 30);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
}

async function signIn(page: Page): Promise<void> {
  await page.goto(origin);
  await page.locator('input').first().fill('Alex');
  await page.locator('input[type=password]').fill(story.password);
  await page.keyboard.press('Enter');
  await page.locator('input[type=password]').waitFor({ state: 'detached' });
}

async function screensOf(page: Page): Promise<readonly Screen[]> {
  const get = async <T>(path: string): Promise<T> =>
    (await page.request.get(origin + path)).json() as Promise<T>;
  const meant = async (word: string) => (await get<{ id: string }>(`/api/parties/meant?word=${word}`)).id;
  const id = await meant('dmitri.orlov@baltika.example');
  const client = `/clients/${id}`;
  type Runs = { items: { id: string; title: { en: string } }[] };
  const runs = (await get<Runs>(`/api/procedures?party=${id}&limit=100`)).items;
  const run = (says: RegExp) => `${client}/procedures/${runs.find(({ title }) => says.test(title.en))!.id}`;
  type Inquiries = { items: { id: string; party: string }[] };
  const inquiries = (await get<Inquiries>('/api/screenings')).items;
  const inquiry = (party: string) => `/screening/${inquiries.find((one) => one.party === party)!.id}`;
  const first = async (name: string, list: string, room: string): Promise<Screen[]> =>
    (await get<{ items: { id: string }[] }>(list)).items
      .slice(0, 1)
      .map((one) => ({ name, path: `${room}/${one.id}` }));
  type Rows = { items: { id: string; direction: string | null; kind: string }[] };
  const rows = (await get<Rows>(`/api/parties/${id}/timeline?limit=100`)).items;
  const theirs = rows.find(({ direction, kind }) => direction === 'inbound' && kind === 'message')!;
  const message = `${client}/interactions/${theirs.id}`;
  return [
    { name: 'today', path: '/' },
    { name: 'client', path: client },
    { name: 'points', path: `${client}/points` },
    { name: 'point', path: `${client}/points/4` },
    { name: 'decisions', path: `${client}/decisions` },
    { name: 'promises', path: `${client}/promises` },
    { name: 'efforts', path: `${client}/efforts` },
    { name: 'agreement', path: `${client}/agreement` },
    { name: 'boundaries', path: `${client}/boundaries` },
    { name: 'cases', path: '/cases' },
    { name: 'complaints', path: '/complaints' },
    { name: 'calendar', path: '/calendar' },
    { name: 'call', path: `/by-hand?kind=call&party=${id}` },
    { name: 'clients', path: '/clients' },
    { name: 'restrictions', path: `${client}/restrictions` },
    { name: 'ending', path: `${client}/ending` },
    { name: 'screening', path: '/screening' },
    { name: 'inquiry', path: inquiry('Baltika Oy') },
    { name: 'asked-anew', path: inquiry('Neva Herkut') },
    { name: 'threat', path: run(/court/i) },
    { name: 'limit', path: run(/hostile|insult|threat/i) },
    { name: 'meeting', path: run(/meeting/i) },
    { name: 'restricting', path: run(/restrict/i) },
    { name: 'filing', path: run(/without a reply/i) },
    { name: 'leaving', path: run(/^(ending|the end)/i) },
    { name: 'viewer', path: `/clients/${await meant('rex_77')}` },
    { name: 'prices', path: '/screening/prices' },
    { name: 'policies', path: '/policies' },
    { name: 'us', path: '/us' },
    { name: 'phones', path: '/phones' },
    { name: 'live', path: '/live' },
    { name: 'missing', path: `${client}/missing` },
    { name: 'bundle', path: `${client}/bundle` },
    { name: 'bundles', path: '/bundles' },
    { name: 'chronology', path: `${client}/chronology` },
    { name: 'as-client', path: `${client}/as-client` },
    { name: 'course', path: `${client}/course` },
    { name: 'marked', path: `${client}/marked` },
    { name: 'our-name', path: `${client}/our-name` },
    { name: 'holds', path: `${client}/holds` },
    { name: 'open-case', path: `${client}/open-case` },
    { name: 'register', path: `${client}/register-complaint` },
    ...(await first('case', '/api/cases?limit=1', '/cases')),
    ...(await first('complaint', '/api/complaints?limit=1', '/complaints')),
    { name: 'message', path: message },
    { name: 'thread', path: `/interactions/${theirs.id}/thread` },
    { name: 'original', path: message, press: 'o' },
    { name: 'provenance', path: message, press: 'p' },
    { name: 'record', path: '/record' },
    { name: 'search', path: '/record?q=refund' },
    ...(await first('report', '/api/runs?limit=1', '/runs')),
    { name: 'import', path: '/import' },
    { name: 'paste', path: '/paste' },
    { name: 'erase', path: `/erase?party=${id}` },
    { name: 'kept', path: '/kept' },
    { name: 'custody', path: '/custody' },
    { name: 'trust', path: '/trust' },
    { name: 'mailboxes', path: '/mailboxes' },
    { name: 'people', path: '/people' },
    { name: 'rules', path: '/language' },
    { name: 'settings', path: '/calendar/settings' },
    { name: 'keys', path: client, press: '?' },
    { name: 'palette', path: '/', press: 'Control+k' },
    { name: 'verify', path: new URL('../../../packages/proof/verify.html', import.meta.url).href },
  ];
}
