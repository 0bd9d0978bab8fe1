import { expect, test } from 'vitest';
import { readEmlxProperties } from '../../src/apple/emlx.ts';
import { type ContainerEvent, readContainer, sniff } from '../../src/container.ts';
import { bytesSource } from '../../src/source.ts';

const MESSAGE = 'From: dmitri@example.org\r\nSubject: Tonight\r\n\r\nDo it tonight.\r\n';
const LIST =
  '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>date-received</key><integer>1793606400</integer>' +
  '<key>flags</key><integer>8590195729</integer></dict></plist>\n';

async function eventsOf(text: string): Promise<ContainerEvent[]> {
  const events: ContainerEvent[] = [];
  for await (const event of readContainer(bytesSource('1.emlx', Buffer.from(text)))) events.push(event);
  return events;
}

test('an .emlx is known by its content; the item is exactly the message, what is around it are gaps', async () => {
  const head = `${MESSAGE.length}\n`;
  const events = await eventsOf(head + MESSAGE + LIST);
  const end = head.length + MESSAGE.length;
  expect(events.map(({ type }) => type)).toEqual(['gap', 'item', 'gap']);
  expect(events[1]).toMatchObject({ format: 'emlx', range: { start: head.length, end }, issues: [] });
  const item = events[1] as Extract<ContainerEvent, { type: 'item' }>;
  expect(Buffer.from(item.bytes).toString()).toBe(MESSAGE);
  expect(sniff(Buffer.from(head + MESSAGE), 'anything')).toBe('emlx');
});

test('what Apple Mail noted is kept apart, as its own evidence', async () => {
  const [, item] = await eventsOf(`${MESSAGE.length}\n${MESSAGE}${LIST}`);
  expect(item).toMatchObject({
    context: { appleMail: { receivedAt: '2026-11-02T08:00:00Z', flags: ['read', 'flagged'] } },
  });
  expect(readEmlxProperties(Buffer.from('nothing'))).toEqual({ receivedAt: null, flags: [] });
});

test('a length that takes in part of the property list is wrong; a list that a letter speaks of is the letter’s', async () => {
  const [, long] = await eventsOf(`${MESSAGE.length + 40}\n${MESSAGE}${LIST}`);
  expect(long).toMatchObject({ issues: [{ code: 'content-length-wrong' }] });
  expect(Buffer.from((long as Extract<ContainerEvent, { type: 'item' }>).bytes).toString()).toBe(MESSAGE);
  const quoting = MESSAGE + LIST;
  const [, right] = await eventsOf(`${quoting.length}\n${quoting}${LIST}`);
  const [, alone] = await eventsOf(`${quoting.length}\n${quoting}`);
  for (const item of [right, alone]) {
    expect(item).toMatchObject({ issues: [] });
    expect(Buffer.from((item as Extract<ContainerEvent, { type: 'item' }>).bytes).toString()).toBe(quoting);
  }
});

test.each([3, 99_999_999])(
  'a length of %d that is wrong is told; the message ends where the list begins',
  async (length) => {
    const [, item] = await eventsOf(`${length}\n${MESSAGE}${LIST}`);
    expect(item).toMatchObject({ issues: [{ code: 'content-length-wrong' }] });
    expect(Buffer.from((item as Extract<ContainerEvent, { type: 'item' }>).bytes).toString()).toBe(MESSAGE);
  },
);
