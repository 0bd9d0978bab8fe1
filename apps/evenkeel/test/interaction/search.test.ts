import { beforeAll, expect, test } from 'vitest';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);

type Hit = {
  readonly id: string;
  readonly subject: string;
  readonly snippet: { readonly text: string; readonly marks: readonly { start: number; end: number }[] };
};
type Page = { readonly items: readonly Hit[]; readonly next: string | null };

const TEXTS = {
  'en paid': 'Your invoices were paid last Monday, and the refund is on its way.',
  'en threat': 'I will take you to court if the refund does not come.',
  'en reversed': 'The court will take you seriously.',
  'ru договор': 'Мы подписали договоры в марте, но счёта всё ещё нет.',
  'ru претензия': 'Направляю претензию: услуги оказаны не полностью, прошу вернуть деньги.',
  'fi sopimus': 'Sopimuksissa lukee, että riidat ratkaistaan kokouksessa.',
  'fi lasku': 'Lasku on maksamatta ja asiakkaalle soitettiin eilen.',
  sum: 'The total is 1 240 € for order A-1187, see https://pay.example/x.',
} as const;

beforeAll(async () => {
  const files: Record<string, string> = {};
  for (const [i, [subject, body]] of Object.entries(TEXTS).entries())
    files[`${i}.eml`] = mail({
      subject: `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      body,
      id: `<t${i}@x.example>`,
      date: `Tue, 12 May 2026 0${i}:00:00 +0000`,
    });
  // Fifty of one minute, in an order that only their ids tell, and a word beyond what a snippet reads.
  for (let i = 0; i < 50; i++)
    files[`many/${i}.eml`] = mail({
      subject: `many ${i}`,
      from: `Writer ${i % 3} <w${i % 3}@many.example>`,
      body: `${i % 2 ? 'odd' : 'even'} heron number ${i}. ${i % 5 ? 'grey heron' : 'heron, grey'}`,
      date: `Mon, 11 May 2026 10:0${i % 3}:00 +0000`,
    });
  files['long.eml'] = mail({
    subject: 'long',
    body: `${'filler words go on and on. '.repeat(4000)}at the very end stands the purple elephant`,
  });
  await app.bringIn({ paths: [filesIn(temporaryFolder(), files)], me: ['me@firm.example'] });
});

const find = (q: string, more: Record<string, string> = {}) =>
  app.ask<Page>('GET', `/api/search?${new URLSearchParams({ q, ...more })}`);
const subjects = async (q: string) => (await find(q)).items.map((hit) => hit.subject).sort();
const countOf = async (q: string, more: Record<string, string> = {}) =>
  (await app.ask<{ count: number }>('GET', `/api/search/count?${new URLSearchParams({ q, ...more })}`)).count;

test.each([
  ['invoice', ['en paid']],
  ['refunds', ['en paid', 'en threat']],
  ['INVOICES paid', ['en paid']],
  ['договор', ['ru договор']],
  ['договорами', ['ru договор']],
  ['счет', ['ru договор']],
  ['претензии', ['ru претензия']],
  ['услуга', ['ru претензия']],
  ['sopimus', ['fi sopimus']],
  ['sopimuksia', ['fi sopimus']],
  ['riita', ['fi sopimus']],
  ['kokous', ['fi sopimus']],
  ['asiakas', ['fi lasku']],
  ['laskut', ['fi lasku']],
  ['A-1187', ['sum']],
  ['orlov', Object.keys(TEXTS).concat('long')],
  ['nowhere', []],
  ['', []],
  ['"', []],
  ["o'brien & | ! ( ) : * \\ '", []],
])('%s is found where it stands', async (q, expected) => {
  expect(await subjects(q)).toEqual([...expected].sort());
  expect(await countOf(q)).toBe(expected.length);
});

test.each([
  ['"take you to court"', ['en threat']],
  ['"take you"', ['en reversed', 'en threat']],
  ['"court take"', []],
  ['court -refund', ['en reversed']],
  ['refund -court', ['en paid']],
  ['take -"to court"', ['en reversed']],
  ['"прошу вернуть"', ['ru претензия']],
  ['"purple elephant"', ['long']],
  ['"elephant purple"', []],
])('%s counts words next to each other, and words that must not be there', async (q, expected) => {
  expect(await subjects(q)).toEqual([...expected].sort());
  expect(await countOf(q)).toBe(expected.length);
});

test('a phrase is found in names too', async () => {
  expect(await countOf('"Writer 1"')).toBe(17);
});

test('a snippet marks what was found', async () => {
  const [hit] = (await find('sopimus')).items;
  const { text, marks } = hit!.snippet;
  expect(marks.map(({ start, end }) => text.slice(start, end))).toEqual(['Sopimuksissa']);
});

test.each(['heron', '"grey heron"', 'heron -odd', '"grey heron" -even'])(
  'paging through %s by any step repeats nothing, skips nothing and keeps the order',
  async (q) => {
    const whole = await find(q, { limit: '200' });
    expect(whole.next).toBeNull();
    expect(whole.items).toHaveLength(await countOf(q));
    for (const limit of [1, 7, 20, 49, 50]) {
      const ids: string[] = [];
      let after: string | null = null;
      do {
        const page: Page = await find(q, { limit: String(limit), ...(after ? { after } : {}) });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        ids.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after);
      expect(ids, `pages of ${limit}`).toEqual(whole.items.map(({ id }) => id));
    }
  },
);

test('what arrives while somebody pages is neither repeated nor does it hide the rest', async () => {
  const first = await find('heron', { limit: '10' });
  const later = mail({ subject: 'later', body: 'one more heron', date: 'Wed, 13 May 2026 10:00:00 +0000' });
  await app.bringIn({ paths: [filesIn(temporaryFolder(), { 'later.eml': later })] });
  const second = await find('heron', { limit: '200', after: first.next! });
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect(new Set(ids).size).toBe(50);
  expect((await find('heron', { limit: '1' })).items[0]).toMatchObject({ subject: 'later' });
});

test('a search can be kept to one client', async () => {
  const { id } = await app.ask<{ id: string }>('GET', '/api/parties/meant?word=w1@many.example');
  expect(await countOf('heron', { party: id })).toBe(17);
  const { items } = await find('heron', { party: id, limit: '200' });
  expect(items).toHaveLength(17);
});

test('a cursor that is not ours means the beginning', async () => {
  expect((await find('heron', { limit: '3', after: 'nonsense' })).items).toEqual(
    (await find('heron', { limit: '3' })).items,
  );
});
