import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whatsapp } from '../../src/whatsapp/reader.ts';
import { readAll, seamIn } from '../exports.ts';
import { processorMs } from '../processor-time.ts';

const PIECES = [
  '23/03/2022, 13:31 - ',
  '[3/18/22, 14:56:01] ',
  '\u200e[3/18/22, 14:56:01] ',
  '13.06.18 21.25.15: ',
  '٤\u200f/١٢\u200f/٢٠٢٠، ٥:٠٥ م - ',
  '20. 12. 4. PM 5:05 - ',
  '99/99/9999, 99:99 - ',
  'Mika: ',
  'Mika: work: ',
  ': ',
  '<Media omitted>',
  '\u200e<attached: a.jpg>',
  'a.jpg (file attached)',
  'null',
  '<',
  '"',
  '\n',
  '\r\n',
  '\r',
  '\0',
  '\u200e',
  'ä',
  'R',
  ' ',
];
const chatty = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 60 })
  .map((pieces) => Buffer.from(pieces.join('')));
const bytes = fc.oneof(
  chatty,
  fc.uint8Array({ maxLength: 300 }).map((all) => Buffer.from(all)),
);

test('any bytes: every byte is in one item, gap or unreadable range, and reading an item again gives the same', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async (input) => {
      const before = Buffer.from(input);
      const first = await readAll(whatsapp, input);
      expect(seamIn(first.events, input.length)).toBeNull();
      const again = await readAll(whatsapp, input);
      expect(again.items).toEqual(first.items);
      for (const item of first.items) expect(item.noticed).not.toContain('no-header');
      whatsapp.recognises(input, 'x');
      expect(input.equals(before)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('an item is read from any bytes and any context without a word of protest', () => {
  fc.assert(
    fc.property(bytes, (input) => {
      const item = whatsapp.readItem(input, { conversation: { id: 'x', name: null, isGroup: null } });
      expect(Array.isArray(item.issues)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('hostile chats are read in linear time', async () => {
  const start = processorMs();
  for (const hostile of [
    '23/03/2022, 13:31 - Mika: x\n'.repeat(8_000),
    `23/03/2022, 13:31 - ${': '.repeat(150_000)}`,
    `23/03/2022, 13:31 - Mika: ${'\u200e'.repeat(150_000)}`,
    `[23/03/2022, 13:31:00] Mika: ${'\u200e<a: '.repeat(60_000)}`,
    `23/03/2022, 13:31 - Mika: ${'<'.repeat(150_000)}`,
    `23/03/2022, 13:31 - Mika: ${' '.repeat(150_000)}x`,
    `${'1'.repeat(150_000)}\n`.repeat(3),
    '\u200e'.repeat(150_000),
    '1/1/1, '.repeat(60_000),
  ])
    await readAll(whatsapp, hostile);
  expect(processorMs() - start).toBeLessThan(15_000);
});
