import { describe, expect, test } from 'vitest';
import type { Correspondent, TimelineRow } from '../src/api/shapes.ts';
import { fileNameOf } from '../src/bundle/bundle.queries.ts';
import {
  heightOf,
  MESSAGE_PX,
  MONTH_PX,
  monthAbove,
  stepMessage,
  timelineItems,
} from '../src/client/timeline.items.ts';
import { claim, firstChoice, matching, orderOf, pick, pickAll } from '../src/import/choice.ts';
import { jsonLines } from '../src/import/json-lines.ts';
import { NOTHING_STATED } from '../src/import/stated.tsx';
import { foldQuotes } from '../src/interaction/fold.ts';
import { localNow, pastedInteraction } from '../src/paste/paste.ts';
import { fromFirstMark, markedParts } from '../src/search/marked-parts.ts';
import { firstRunAnswers, whatIsMissing } from '../src/session/first-run.ts';
import {
  dateOf,
  hourOf,
  isoAsStated,
  momentOf,
  offsetText,
  statedAs,
  withPlainSpaces,
} from '../src/words/when.ts';

test('an hour that was said is written as the reader writes hours', () => {
  expect(['en', 'ru', 'fi'].map((tag) => hourOf('09:14', tag))).toEqual(['09:14', '09:14', '09.14']);
});

describe('quoted history', () => {
  const text =
    'No.\n\n> one\n> two\nShort quotes stay.\n> a\n> b\n> c\n> d\nEnd.\nOn 4 May you wrote:\n> all of it\n';

  test('is folded from where the reader found it, and in long runs of marked lines', () => {
    const stretches = foldQuotes(text, text.indexOf('On 4 May'));
    expect(stretches.map(({ kind, lines }) => [kind, lines])).toEqual([
      ['own', 5],
      ['quoted', 4],
      ['own', 1],
      ['quoted', 2],
    ]);
  });

  test.each([null, 0, 3, text.length])('loses nothing when it begins at %s', (from) => {
    expect(
      foldQuotes(text, from)
        .map((stretch) => stretch.text)
        .join(''),
    ).toBe(text);
  });

  test('of an empty text is nothing', () => {
    expect(foldQuotes('', null)).toEqual([]);
  });
});

describe('marks in a snippet', () => {
  test('divide the text and lose nothing of it', () => {
    const parts = markedParts('a refund, please', [{ start: 2, end: 8 }]);
    expect(parts.map(({ text, isMarked }) => [text, isMarked])).toEqual([
      ['a ', false],
      ['refund', true],
      [', please', false],
    ]);
  });

  test.each([
    [
      'overlap',
      [
        { start: 0, end: 5 },
        { start: 3, end: 7 },
      ],
    ],
    ['lie outside', [{ start: 90, end: 99 }]],
    ['are empty', [{ start: 2, end: 2 }]],
  ])('do no harm when they %s', (_how, marks) => {
    expect(
      markedParts('some words', marks)
        .map(({ text }) => text)
        .join(''),
    ).toBe('some words');
  });

  test('begin near the first of them, at a word; what stands near the beginning stays', () => {
    const words =
      'The invoice came twice and nobody could tell us which of the two we were to pay, so the refund is due.';
    const start = words.indexOf('refund');
    const { text, marks } = fromFirstMark(words, [{ start, end: start + 6 }]);
    expect(text).toBe('…of the two we were to pay, so the refund is due.');
    expect(text.slice(marks[0]!.start, marks[0]!.end)).toBe('refund');
    const near = { text: 'The refund is due.', marks: [{ start: 4, end: 10 }] };
    expect(fromFirstMark(near.text, near.marks)).toEqual(near);
    const oneWord = { text: 'x'.repeat(90), marks: [{ start: 60, end: 61 }] };
    expect(fromFirstMark(oneWord.text, oneWord.marks)).toEqual(oneWord);
    expect(fromFirstMark('nothing', [])).toEqual({ text: 'nothing', marks: [] });
  });
});

describe('the timeline', () => {
  const rows = ['2026-05-12T06:14:00Z', '2026-05-12T05:00:00Z', '2026-04-30T08:00:00Z'].map((at, n) =>
    row(`r${n}`, at),
  );
  const items = timelineItems(rows);

  test('has a month’s name before its messages, and a day is said once', () => {
    expect(
      items.map((item) => (item.kind === 'month' ? 'month' : `${item.row.id} ${item.startsDay}`)),
    ).toEqual(['month', 'r0 true', 'r1 false', 'month', 'r2 true']);
  });

  test('numbers its messages and not its months', () => {
    expect(items.flatMap((item) => (item.kind === 'message' ? [item.place] : []))).toEqual([1, 2, 3]);
  });

  test('has heights known beforehand, so that nothing is measured while scrolling', () => {
    expect(items.map(heightOf)).toEqual([MONTH_PX, MESSAGE_PX, MESSAGE_PX, MONTH_PX, MESSAGE_PX]);
  });

  test('is walked over months, and not over its ends', () => {
    expect(stepMessage(items, undefined, 1)?.id).toBe('r0');
    expect(stepMessage(items, 'r1', 1)?.id).toBe('r2');
    expect(stepMessage(items, 'r2', -1)?.id).toBe('r1');
    expect(stepMessage(items, 'r2', 1)).toBeUndefined();
    expect(stepMessage(items, 'r0', -1)).toBeUndefined();
  });

  test('says under which month a place stands', () => {
    expect([monthAbove(items, 2), monthAbove(items, 3), monthAbove(items, 99)]).toEqual([
      '2026-05-12T05:00:00Z',
      '2026-04-30T08:00:00Z',
      undefined,
    ]);
  });
});

describe('the choice of correspondents', () => {
  const people = ['a@x.example', 'b@x.example', 'me@x.example'].map((address) => person(address));
  const first = firstChoice(people);

  test('begins with nobody, and with our own addresses known', () => {
    expect([[...first.picked], [...first.mine]]).toEqual([[], ['me@x.example']]);
  });

  test('knows an address as theirs or ours, never as both', () => {
    const claimed = claim(pick(first, 'a@x.example'), 'a@x.example');
    expect([claimed.picked.has('a@x.example'), claimed.mine.has('a@x.example')]).toEqual([false, true]);
    expect(pick(claimed, 'a@x.example').mine.has('a@x.example')).toBe(false);
  });

  test('of all leaves ours out, and a second time takes all back', () => {
    const all = pickAll(
      first,
      people.map(({ address }) => address),
    );
    expect([...all.picked]).toEqual(['a@x.example', 'b@x.example']);
    expect([...pickAll(all, ['a@x.example', 'b@x.example']).picked]).toEqual([]);
  });

  test('finds people by name or address', () => {
    expect(matching(people, ' B@X ').map(({ address }) => address)).toEqual(['b@x.example']);
  });

  test('becomes an order; an empty client name is none', () => {
    expect(orderOf(pick(first, 'a@x.example'), ['u1'], ' ', NOTHING_STATED)).toEqual({
      uploads: ['u1'],
      only: ['a@x.example'],
      nameless: false,
      client: null,
      me: ['me@x.example'],
      ...NOTHING_STATED,
    });
  });
});

test('lines of JSON are read whole, also when the stream is cut within a letter', async () => {
  const bytes = new TextEncoder().encode('{"a":"é"}\n\n{"a":2}\n{"a":3}');
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const read: unknown[] = [];
  for await (const line of jsonLines(stream)) read.push(line);
  expect(read).toEqual([{ a: 'é' }, { a: 2 }, { a: 3 }]);
});

test('a pasted text is filed under the client of that name, else under a new one', () => {
  const filing = { who: ' orlov ', at: '2026-05-12T09:14', way: 'chat', direction: 'inbound' } as const;
  expect(pastedInteraction('x', filing, [{ id: 'p1', name: 'Orlov' }]).party).toEqual({ id: 'p1' });
  expect(pastedInteraction('x', filing, []).party).toEqual({ name: 'orlov' });
  expect(pastedInteraction('x', filing, []).at).toMatch(/^2026-05-12T09:14:00[+-]\d\d:\d\d$/);
});

test('a date field begins with the local minute', () => {
  expect(localNow(new Date(2026, 4, 12, 9, 14, 33))).toBe('2026-05-12T09:14');
});

test('a line ends before the time of a date, and nowhere within the date', () => {
  const at = '2026-05-12T09:14';
  const pieces = (written: string) => written.split(' ').map(withPlainSpaces);
  expect(pieces(momentOf(at, 'en'))).toEqual(['Tue, 12 May 2026,', '09:14']);
  expect(pieces(momentOf(at, 'ru'))).toEqual(['вт, 12 мая 2026,', '09:14']);
  expect(pieces(momentOf(at, 'fi'))).toEqual(['ti 12.5.2026', 'klo 09.14']);
  expect(pieces(dateOf(at, 'en'))).toEqual(['12 May 2026']);
  expect(pieces(statedAs('2026-05-12T06:14:00Z', 180))).toEqual(['Tue, 12 May 2026,', '09:14 +03:00']);
});

test('stated times keep the offset they were stated with', () => {
  const stated = (iso: string) => withPlainSpaces(isoAsStated(iso));
  expect(withPlainSpaces(statedAs('2026-05-12T06:14:00Z', 180))).toBe('Tue, 12 May 2026, 09:14 +03:00');
  expect(stated('2026-05-12T09:14:00+03:00')).toBe('Tue, 12 May 2026, 09:14 +03:00');
  expect(stated('2026-05-12T09:14:00-08:00')).toBe('Tue, 12 May 2026, 09:14 −08:00');
  expect(stated('2026-05-12T09:14:00Z')).toBe('Tue, 12 May 2026, 09:14 +00:00');
  expect(isoAsStated('2026-05-12T09:14:00')).toBe('2026-05-12 09:14:00');
  expect([offsetText(-330), offsetText(0), offsetText(null)]).toEqual(['−05:30', '+00:00', 'UTC']);
});

test('the first run asks for a name, a code and a password of ten characters; addresses may be anyhow divided', () => {
  const typed = {
    code: 'c',
    name: 'Alex',
    addresses: 'a@x.example, b@x.example;\n@alex',
    password: '0123456789',
  };
  expect(whatIsMissing(typed)).toEqual({});
  expect(Object.keys(whatIsMissing({ code: '', name: ' ', addresses: '', password: 'short' }))).toEqual([
    'code',
    'name',
    'password',
  ]);
  expect(firstRunAnswers(typed).addresses).toEqual(['a@x.example', 'b@x.example', '@alex']);
});

test('a bundle is saved under the name the server gave it', () => {
  expect(fileNameOf('attachment; filename="a.zip"')).toBe('a.zip');
  expect(fileNameOf('attachment; filename="a.zip"; filename*=UTF-8\'\'%D0%B4.zip')).toBe('д.zip');
  expect(fileNameOf(null)).toBe('bundle.zip');
});

function person(address: string): Correspondent {
  const seen = { count: 1, first: null, last: null };
  return { name: null, address, platform: null, ...seen, isMe: address.startsWith('me@') };
}

function row(id: string, at: string): TimelineRow {
  const nobody = { name: null, address: null };
  const nothing = {
    offsetMin: null,
    subject: null,
    lead: '',
    attachments: 0,
    issues: 0,
    copies: 1,
    threadId: null,
    recordedAt: '2026-05-12T06:15:00.000Z',
    lateByMin: null,
    noted: null,
    isCorrected: false,
    became: null,
    keptBack: null,
    points: [],
  };
  return {
    id,
    kind: 'message',
    direction: 'inbound',
    at,
    atSource: 'sent',
    from: nobody,
    to: '',
    parties: [],
    ...nothing,
  };
}
