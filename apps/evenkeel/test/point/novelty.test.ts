import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const app = await testApp(await testDatabase());

type Letter = {
  readonly at: string;
  readonly text: string;
  readonly isOurs?: boolean;
  readonly attached?: string;
};

/** A mail of one side of the correspondence with Holm, with or without a paper. */
function letter(name: string, { at, text, isOurs = false, attached }: Letter): string {
  const [from, to] = isOurs
    ? ['Alex <me@firm.example>', 'Erik Holm <holm@client.example>']
    : ['Erik Holm <holm@client.example>', 'Alex <me@firm.example>'];
  const paper =
    attached === undefined
      ? []
      : [
          '--b',
          'Content-Type: application/pdf',
          `Content-Disposition: attachment; filename="${attached.split(':')[0]}"`,
          'Content-Transfer-Encoding: base64',
          '',
          Buffer.from(attached).toString('base64'),
        ];
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${name}`,
    `Date: ${at}`,
    `Message-ID: <${name}@client.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    ...paper,
    '--b--',
    '',
  ].join('\n');
}

const LETTERS: Readonly<Record<string, Letter>> = {
  asked: {
    at: 'Wed, 06 May 2026 10:00:00 +0300',
    text: 'Hello,\nThe newsletter should be part of the price, please send it every month without extra charge.\nI want a refund of 400 € for the March newsletter.',
  },
  answered: {
    at: 'Thu, 07 May 2026 10:02:00 +0300',
    text: 'Good morning,\nThe newsletter is not in the agreement; it costs 120 € a month.',
    isOurs: true,
    attached: 'offer.pdf: 120',
  },
  agreed: { at: 'Fri, 08 May 2026 09:00:00 +0300', text: 'Fine, we will pay the newsletter separately.' },
  again: {
    at: 'Thu, 09 Jul 2026 21:40:00 +0300',
    text: 'Добрый день. Почему рассылка опять за отдельную плату? Она должна входить в цену.',
  },
  invoiced: {
    at: 'Thu, 16 Jul 2026 08:15:00 +0300',
    text: 'Почему мы платим за рассылку? Прикладываю счёт № 131 на 180 €, предложение тоже.',
    attached: 'schet-131.pdf: 180',
  },
  sameOffer: {
    at: 'Fri, 17 Jul 2026 08:15:00 +0300',
    text: 'Your offer once more.',
    attached: 'copy.pdf: 120',
  },
  thanks: { at: 'Mon, 20 Jul 2026 08:15:00 +0300', text: 'Спасибо, рассылка вчера вышла хорошая.' },
  bigger: {
    at: 'Tue, 21 Jul 2026 08:15:00 +0300',
    text: 'I want a refund of 900 € for the newsletter.',
  },
};

const folder = filesIn(
  temporaryFolder(),
  Object.fromEntries(
    Object.entries(LETTERS).map(([name, one]) => [
      `${name}.eml`,
      letter(name, { ...one, ...(one.attached === 'copy.pdf: 120' ? { attached: 'offer.pdf: 120' } : {}) }),
    ]),
  ),
);
await app.bringIn({ paths: [join(folder)], me: ['me@firm.example'] });

type Item = { id: string; subject: string | null; direction: string };
const parties = await app.ask<{ items: { id: string; name: string }[] }>('GET', '/api/parties');
const party = parties.items[0]!.id;
const { items } = await app.ask<{ items: Item[] }>('GET', `/api/parties/${party}/timeline`);
const idOf = (name: string) => items.find(({ subject }) => subject === name)!.id;

async function citeOf(name: string, quote: string) {
  const { text } = await app.ask<{ text: string }>('GET', `/api/interactions/${idOf(name)}`);
  const start = text.indexOf(quote);
  return { interactionId: idOf(name), start, end: start + quote.length, quote };
}

const { id: point } = await app.ask<{ id: string }>('POST', `/api/parties/${party}/points`, {
  kind: 'demand',
  title: 'newsletter free of charge',
  cite: await citeOf('asked', 'The newsletter should be part of the price'),
});
await app.ask('POST', `/api/points/${point}/answer`, {
  cite: await citeOf('answered', 'The newsletter is not in the agreement; it costs 120 € a month.'),
});
await app.ask('POST', `/api/points/${point}/agree`, {
  cite: await citeOf('agreed', 'Fine, we will pay the newsletter separately.'),
});

type Novelty = {
  lang: string;
  need: { is: string; count: number; mayBeFiled: boolean } | null;
  wishes: {
    kind: string;
    cite: { quote: string };
    again: {
      number: number;
      state: string;
      asked: { quote: string };
      answer: { quote: string };
      agreed: { quote: string };
      words: string[];
      reply: string;
    }[];
    near: { number: number; other: string[] }[];
    point: number | null;
  }[];
  facts: { kind: string; quote: string }[];
  documents: { name: string }[];
};
const novelty = (name: string) => app.ask<Novelty>('GET', `/api/interactions/${idOf(name)}/novelty`);

test('an English point agreed in May is found in July in Russian, with both lines and why', async () => {
  const { lang, wishes } = await novelty('again');
  expect(lang).toBe('ru');
  const again = wishes.flatMap((wish) => wish.again);
  expect(again[0]).toMatchObject({
    number: 1,
    state: 'agreed',
    asked: { quote: 'The newsletter should be part of the price' },
    answer: { quote: 'The newsletter is not in the agreement; it costs 120 € a month.' },
    agreed: { quote: 'Fine, we will pay the newsletter separately.' },
  });
  expect(again[0]!.words).toContain('рассылка');
  expect(again[0]!.reply).toBe(
    'Мы договорились об этом 8 мая; Вы написали: «Fine, we will pay the newsletter separately.»',
  );
});

test('with a new invoice attached it says what is new: the paper, its number and its sum', async () => {
  const { wishes, facts, documents } = await novelty('invoiced');
  expect(wishes.flatMap((wish) => wish.again.map(({ number }) => number))).toContain(1);
  expect(facts.map(({ quote }) => quote)).toEqual(['131', '180 €']);
  expect(documents.map(({ name }) => name)).toEqual(['schet-131.pdf']);
});

test('a paper that was there before under any sender is no new one', async () => {
  expect((await novelty('sameOffer')).documents).toEqual([]);
});

test('what was answered needs no reply and may be filed, what is new needs one', async () => {
  expect((await novelty('again')).need).toEqual({ is: 'answered', count: 0, mayBeFiled: true });
  expect((await novelty('thanks')).need).toEqual({ is: 'nothing-asked', count: 0, mayBeFiled: false });
  expect((await novelty('invoiced')).need).toBeNull();
  expect((await novelty('bigger')).need).toBeNull();
});

test('thanks raise nothing again', async () => {
  expect((await novelty('thanks')).wishes.flatMap(({ again }) => again)).toEqual([]);
});

test('another sum is a new demand, said to be near the point', async () => {
  await app.ask('POST', `/api/parties/${party}/points`, {
    kind: 'demand',
    title: 'refund 400 €',
    cite: await citeOf('asked', 'I want a refund of 400 € for the March newsletter.'),
  });
  const { wishes, facts } = await novelty('bigger');
  expect(wishes).toHaveLength(1);
  expect(wishes[0]!.again).toEqual([]);
  expect(wishes[0]!.near).toEqual([{ number: 2, title: 'refund 400 €', other: ['900 €'] }]);
  expect(facts).toMatchObject([{ kind: 'sum', quote: '900 €' }]);
});

test('what was made a point is said to be one, in the message where it stands', async () => {
  const { wishes } = await novelty('asked');
  expect(wishes.some((wish) => wish.point === 1)).toBe(true);
  expect(wishes.flatMap(({ again }) => again)).toEqual([]);
});

test('our own message, and one that nobody has, are refused', async () => {
  const ours = await app.call('GET', `/api/interactions/${idOf('answered')}/novelty`);
  expect([ours.status, ((await ours.json()) as { code: string }).code]).toEqual([422, 'words-not-theirs']);
  const nobody = await app.call('GET', '/api/interactions/0190a3f2-0000-7000-8000-000000000009/novelty');
  expect([nobody.status, ((await nobody.json()) as { code: string }).code]).toEqual([
    404,
    'interaction-unknown',
  ]);
});

test('what the record says of a point stands in the order of time, from both sides; a person says how it is read', async () => {
  type Evidence = {
    items: {
      side: string;
      quote: string;
      weight: string | null;
      interactionId: string;
      start: number;
      end: number;
    }[];
  };
  const path = `/api/parties/${party}/points/1/evidence`;
  const { items: lines } = await app.ask<Evidence>('GET', path);
  expect(new Set(lines.map(({ side }) => side))).toEqual(new Set(['ours', 'theirs']));
  const ours = lines.find(({ side }) => side === 'ours')!;
  expect(ours).toMatchObject({ weight: null });
  expect(ours.quote).toContain('it costs 120 €');
  const { interactionId, start, end, quote } = ours;
  const cite = { interactionId, start, end, quote };
  await app.ask('POST', `/api/points/${point}/weigh`, { cite, weight: 'contradicts' });
  const after = await app.ask<Evidence>('GET', path);
  expect(after.items.find((line) => line.quote === ours.quote)).toMatchObject({ weight: 'contradicts' });
});
