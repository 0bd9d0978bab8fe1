import { describe, expect, test } from 'vitest';
import { scanJson } from '../src/json-scan.ts';
import { readJson } from '../src/json-value.ts';
import type { JsonEvent, JsonPlan } from '../src/json-walk.ts';
import { bytesSource } from '../src/source.ts';
import { numbersFrom } from './export-run.ts';
import { processorMs } from './processor-time.ts';

const CHAT: JsonPlan = {
  elements: ['messages', 'chats.list.*.messages'],
  values: ['name', 'chats.list.*.name'],
};

async function scanned(text: string | Buffer, plan = CHAT): Promise<readonly JsonEvent[]> {
  const events: JsonEvent[] = [];
  for await (const event of scanJson(bytesSource('x.json', Buffer.from(text)), plan)) events.push(event);
  return events;
}

function elements(events: readonly JsonEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'element' ? [Buffer.from(event.bytes).toString('utf8')] : [],
  );
}

function lost(text: string, events: readonly JsonEvent[]): readonly string[] {
  const bytes = Buffer.from(text);
  return events.flatMap((event) =>
    event.type === 'unreadable' ? [bytes.toString('utf8', event.range.start, event.range.end)] : [],
  );
}

describe('the walk over JSON', () => {
  test('gives the elements of a wanted array as they stand, with their places', async () => {
    const text =
      '\ufeff{"name": "Orlov",\n "skip": {"messages": [7]}, "messages": [ {"id" : 1} ,\n{"id":2,"t":"]}\\""}]}';
    const events = await scanned(text);
    expect(elements(events)).toEqual(['{"id" : 1}', '{"id":2,"t":"]}\\""}']);
    expect(events.filter((event) => event.type === 'value')).toEqual([
      { type: 'value', path: 'name', value: 'Orlov' },
    ]);
    expect(events.at(-1)).toEqual({ type: 'end', at: Buffer.byteLength(text), isCut: false });
    const [first] = events.filter((event) => event.type === 'element');
    expect(Buffer.from(text).toString('utf8', first!.range.start, first!.range.end)).toBe('{"id" : 1}');
  });

  test('goes on after a damaged element, in a file with line breaks', async () => {
    const text =
      '{\n "messages": [\n  {\n   "id": 1\n  },\n  {\n   "id": 2, "text: "half\n  },\n  {\n   "id": 3\n  }\n ]\n}';
    const events = await scanned(text);
    expect(elements(events).map((one) => JSON.parse(one))).toEqual([{ id: 1 }, { id: 3 }]);
    expect(lost(text, events)).toEqual(['{\n   "id": 2, "text: "half\n  },\n  ']);
  });

  test('goes on after a damaged element, in a file without line breaks', async () => {
    const text = '{"messages":[{"id":1},{"id":2,"text":"a"B"},{"id":3},{"id":4]},{"id":5}]}';
    const events = await scanned(text);
    expect(elements(events)).toEqual(['{"id":1}', '{"id":3}', '{"id":5}']);
    expect(events.filter((event) => event.type === 'unreadable').map((event) => event.issue.code)).toEqual([
      'json-damaged',
      'json-damaged',
    ]);
  });

  test('damage at the end of one chat does not give the next chat’s messages to it', async () => {
    const text =
      '{"chats":{"list":[{"name":"A","messages":[{"id":1},{"id":2,"t":"x"Y}]},{"name":"B","messages":[{"id":3}]}]}}';
    const order = (await scanned(text)).flatMap((event) =>
      event.type === 'value'
        ? [event.value]
        : event.type === 'element'
          ? [Buffer.from(event.bytes).toString()]
          : [],
    );
    expect(order).toEqual(['A', '{"id":1}', 'B', '{"id":3}']);
  });

  test('a file that was cut gives what is whole and says that it was cut', async () => {
    const events = await scanned('{"name":"A","messages":[{"id":1},{"id":2,"te');
    expect(elements(events)).toEqual(['{"id":1}']);
    expect(events.at(-1)).toMatchObject({ type: 'end', isCut: true });
  });

  test('brackets without end and elements without measure are left out, each with its reason', async () => {
    const deep = `{"id":${'['.repeat(200)}${']'.repeat(200)}}`;
    const large = `{"id":"${'x'.repeat(3_000_000)}"}`;
    const events: JsonEvent[] = [];
    const source = bytesSource('x', Buffer.from(`{"messages":[${deep},{"id":1},${large},{"id":2}]}`));
    for await (const event of scanJson(source, CHAT, { elementBytes: 1_000_000, valueBytes: 1000 }))
      events.push(event);
    expect(elements(events)).toContain('{"id":1}');
    expect(elements(events)).toContain('{"id":2}');
    expect(events.flatMap((event) => (event.type === 'unreadable' ? [event.issue.code] : []))).toContain(
      'too-deep',
    );
  });

  test('a large file is read in windows: every element arrives, whatever window it falls into', async () => {
    const count = 60_000;
    const parts = Array.from({ length: count }, (_, id) => `{"id":${id},"text":"${'ж'.repeat(id % 300)}"}`);
    const events = await scanned(`{"messages":[${parts.join(', ')}]}`);
    expect(elements(events)).toEqual(parts);
  });

  test('hostile input takes no more than time in proportion to its size', async () => {
    for (const unit of ['{"id":1,', '{"id":[', '{"id":"', '{"id":1}]', '[[', '"messages"', '{"messages":[']) {
      const started = processorMs();
      await scanned(`{"messages":[{"id":0},${unit.repeat(200_000)}`);
      expect(processorMs() - started, unit).toBeLessThan(15_000);
    }
  });

  test('for any damage the elements and unreadable ranges follow each other without overlap', async () => {
    const whole = Buffer.from(
      JSON.stringify(
        { name: 'A', messages: Array.from({ length: 12 }, (_, id) => ({ id, text: `t"${id}\\` })) },
        null,
        1,
      ),
    );
    const next = numbersFrom(6);
    for (let round = 0; round < 400; round++) {
      const bytes = Buffer.from(whole);
      for (let change = 0; change <= round % 4; change++) bytes[next() % bytes.length] = next() & 0xff;
      const cut = round % 3 === 0 ? bytes.subarray(0, next() % bytes.length) : bytes;
      let at = 0;
      for (const event of await scanned(cut)) {
        if (event.type !== 'element' && event.type !== 'unreadable') continue;
        expect(event.range.start).toBeGreaterThanOrEqual(at);
        expect(event.range.end).toBeGreaterThan(event.range.start);
        at = event.range.end;
      }
      expect(at).toBeLessThanOrEqual(cut.length);
    }
  });
});

describe('JSON text', () => {
  test('is mended where Telegram Desktop writes what JSON does not know', () => {
    const text = '{"text":"a\\x0Cb \\\\x0C \\x1b","n":"\u0001\\q"}';
    expect(readJson(Buffer.from(text))).toEqual({
      value: { text: 'a\fb \\x0C \u001b', n: '\u0001\\q' },
      isRepaired: true,
    });
  });

  test('is not mended when it is sound, and not read when it is beyond mending', () => {
    expect(readJson(Buffer.from('\ufeff{"a":"\\\\x0C"}'))).toEqual({
      value: { a: '\\x0C' },
      isRepaired: false,
    });
    expect(readJson(Buffer.from('{"a":}'))).toEqual({ value: undefined, isRepaired: false });
  });
});
