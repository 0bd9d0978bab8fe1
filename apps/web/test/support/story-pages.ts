import type { Page } from 'playwright-core';
import type { startStory } from './program.ts';

type Story = Pick<Awaited<ReturnType<typeof startStory>>, 'startUrl' | 'password'>;
/** What is opened: a path of the program, or a file by its whole address. */
export type Screen = {
  readonly name: string;
  readonly path: string;
  /** The key that shows what is meant, and what it shows. */
  readonly press?: string;
  readonly shows?: string;
};

/** Opens a screen, and presses the key that shows what is meant. */
export async function open(page: Page, { path, press, shows }: Screen, origin: string): Promise<void> {
  await page.goto(new URL(path, origin).href);
  await isDrawn(page);
  if (press) await page.keyboard.press(press);
  if (shows) await page.locator(shows).waitFor();
  if (press) await page.waitForLoadState('networkidle');
}

/** Something stands on the page, nothing more is asked for, and it was painted: a busy machine takes its time. */
async function isDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.querySelector('main')?.textContent.length ?? 0) > 30);
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
}

/** Signs in to the story, in whatever language it is shown. */
export async function signIn(page: Page, { startUrl, password }: Story): Promise<void> {
  await page.goto(startUrl);
  await page.locator('input').first().fill('Alex');
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('input[type=password]').waitFor({ state: 'detached' });
}

/** Every screen of the story; the page is signed in. */
export async function screensOf(page: Page): Promise<readonly Screen[]> {
  const { origin } = new URL(page.url());
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
    { name: 'welcome', path: '/welcome' },
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
    { name: 'month', path: '/calendar?view=month' },
    { name: 'agenda', path: '/calendar?view=agenda' },
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
    { name: 'meeting-sheet', path: run(/meeting/i).replace('/procedures/', '/meeting/') },
    { name: 'restricting', path: run(/restrict/i) },
    { name: 'filing', path: run(/without a reply/i) },
    { name: 'leaving', path: run(/^(ending|the end)/i) },
    { name: 'viewer', path: `/clients/${await meant('rex_77')}` },
    { name: 'prices', path: '/screening/prices' },
    { name: 'entries', path: '/screening/entries' },
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
    ...(await first('case', '/api/cases?limit=1', '/cases')).flatMap((one) => [
      one,
      { name: 'brief', path: `${one.path}/brief` },
    ]),
    ...(await first('complaint', '/api/complaints?limit=1', '/complaints')),
    { name: 'message', path: message },
    { name: 'from-quote', path: `${client}/from-quote` },
    { name: 'nowhere', path: '/nowhere' },
    { name: 'thread', path: `/interactions/${theirs.id}/thread` },
    { name: 'original', path: message, press: 'o', shows: '.bytes' },
    { name: 'provenance', path: message, press: 'p', shows: '.verdicts' },
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
    { name: 'keys', path: client, press: '?', shows: 'dialog[open]' },
    { name: 'palette', path: '/', press: 'Control+k', shows: 'dialog[open]' },
    { name: 'verify', path: new URL('../../../../packages/proof/verify.html', import.meta.url).href },
  ];
}
