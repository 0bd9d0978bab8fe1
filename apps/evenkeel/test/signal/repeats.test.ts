import { expect, test } from 'vitest';
import { type Asked, saidBefore } from '../../src/modules/signal/repeats.ts';

let made = 0;
function ask(quote: string, more: Partial<Asked> = {}): Asked {
  made += 1;
  return {
    interactionId: `mail-${made}`,
    threadId: null,
    at: `2026-05-${String(made).padStart(2, '0')}T09:00:00.000Z`,
    number: 1,
    lang: 'en',
    quote,
    ...more,
  };
}

test.each([
  ['en', 'Where is the login for the staging server?', 'I still have no login to your staging server.'],
  ['ru', 'Когда вы вернёте деньги за второй этап?', 'Верните, наконец, деньги за второй этап!'],
  ['fi', 'Milloin lähetätte laskun korjauksen?', 'Korjaus laskuun on yhä lähettämättä.'],
])('what is asked again in other forms of the words is found, in %s', (lang, first, again) => {
  const earlier = ask(first, { lang });
  const later = ask(again, { lang });
  const [none, found] = saidBefore([earlier, ask('An entirely different wish.'), later]).filter(
    (_, i) => i !== 1,
  );
  expect(none).toEqual([]);
  expect(found).toEqual([
    {
      interactionId: earlier.interactionId,
      at: earlier.at,
      number: 1,
      quote: first,
      overlap: expect.any(Number),
    },
  ]);
});

test('another wish with a common word or two is not the same one', () => {
  const asks = [
    'Please send the invoice for April.',
    'Please send the logo as a vector file.',
    'Can you move the meeting to Thursday?',
    'Can you add the second language to the shop?',
  ].map((quote) => ask(quote));
  expect(saidBefore(asks)).toEqual([[], [], [], []]);
});

test('two asks of one message do not repeat each other', () => {
  const first = ask('Where is the login for the staging server?');
  const second = { ...first, number: 2, quote: 'The login for the staging server, where is it?' };
  expect(saidBefore([first, second])).toEqual([[], []]);
});

test('within a conversation fewer shared words are enough', () => {
  const asks = (threadId: string | null) => [
    ask('Could you please return the deposit for the cancelled photographs in March?', { threadId }),
    ask('And the deposit, is Tuesday a good day to have those photographs refunded?', { threadId }),
  ];
  expect(saidBefore(asks(null))[1]).toEqual([]);
  expect(saidBefore(asks('thread'))[1]).toHaveLength(1);
});

test('a wish of one word is the same wish where little else is spoken of', () => {
  const asks = [
    'Where is the login?',
    'For the third time, where is the login?',
    'On the login page the picture of our old warehouse in Kotka must be replaced.',
  ].map((quote) => ask(quote));
  expect(saidBefore(asks).map(({ length }) => length)).toEqual([0, 1, 0]);
});

test('thousands of asks are compared in a moment', () => {
  const words = 'login invoice server deposit logo meeting contract photograph shop newsletter'.split(' ');
  const asks = Array.from({ length: 4000 }, (_, i) =>
    ask(`Please send the ${words[i % 10]} number ${i % 700} to ${words[(i * 7) % 10]} ${i % 90}`, {
      interactionId: `many-${i}`,
      at: new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString(),
    }),
  );
  expect(saidBefore(asks).at(-1)!.length).toBeGreaterThan(0);
});
