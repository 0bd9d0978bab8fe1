import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smsBackup } from '../../src/sms/reader.ts';
import { readAll, seamIn } from '../exports.ts';
import { processorMs } from '../processor-time.ts';

const PIECES = [
  '<smses count="2">',
  '<sms address="1" date="1778566440000" type="1" body="x" />',
  '<sms ',
  '<mms msg_box="1" ',
  '<call number="1" ',
  '<parts><part ct="image/jpeg" data="YWJj" />',
  '<addr address="1" type="137" />',
  '</mms>',
  '</smses>',
  'body="',
  "body='",
  '"',
  "'",
  '>',
  '/>',
  '<',
  '<!--',
  '-->',
  '<!DOCTYPE a [',
  ']>',
  '&#55357;',
  '&amp;',
  '&#x110000;',
  '\0',
  '\n',
  ' ',
  'ä',
];
const bytes = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => Buffer.from(pieces.join(''))),
  fc.uint8Array({ maxLength: 300 }).map((all) => Buffer.from(all)),
);

test('any bytes: every byte is in one item, gap or unreadable range, and reading an item again gives the same', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, async (input) => {
      smsBackup.recognises(input, 'x');
      const first = await readAll(smsBackup, input);
      expect(seamIn(first.events, input.length)).toBeNull();
      expect((await readAll(smsBackup, input)).items).toEqual(first.items);
      smsBackup.readItem(input, { conversation: { id: 'x', name: null, isGroup: null } });
    }),
    { numRuns: 500 },
  );
});

test('hostile backups are read in linear time', async () => {
  const start = processorMs();
  for (const hostile of [
    '<sms '.repeat(15_000),
    `<sms body="${'<a'.repeat(100_000)}`,
    `<sms ${"a='' ".repeat(15_000)}/>`,
    '<!--'.repeat(100_000),
    '<'.repeat(100_000),
    `<mms ${'>'}${'<part text="x"/>'.repeat(30_000)}`,
    `<sms a="`.repeat(100_000),
    `<sms body="${'&#55357;'.repeat(15_000)}"/>`,
  ])
    await readAll(smsBackup, hostile);
  expect(processorMs() - start).toBeLessThan(15_000);
});
