import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderChronology } from '../../src/modules/bundle/chronology.render.ts';
import { type ChronologyEntry, PRINT_LIMIT } from '../../src/modules/bundle/chronology.ts';
import { chronology, entry, folder, HASH, has, pagesOf, pageText, run, saved, wholeText } from './printed.ts';

const LANGUAGES = [
  entry(1, {
    subject: 'Страницы на русском языке',
    text: 'Добрый день! Когда будут готовы объявления? Ёлка, ъезд.',
  }),
  entry(2, {
    subject: 'Lasku 118',
    text: 'Hyvää päivää, eräpäivä on ensi viikolla. Åbo, žiletti.\n\nTerveisin\nKaisa',
  }),
  entry(3, {
    text: 'Thanks 😀 see you ❤️ 👍🏽 👩‍💻 🇫🇮\n\n> an older line\n> and another',
    direction: 'outbound',
  }),
];

test('the same chronology gives the same bytes, every time', async () => {
  const c = chronology(LANGUAGES);
  const [first, second] = [await renderChronology(c), await renderChronology(c)];
  expect(
    Buffer.from(first.volumes[0] as Uint8Array).equals(Buffer.from(second.volumes[0] as Uint8Array)),
  ).toBe(true);
  expect(Buffer.from(first.volumes[0] as Uint8Array).toString('latin1', 0, 5)).toBe('%PDF-');
});

const NASTY = [
  '\u0000\u0007\u001b[31m\u007f\u0085',
  'abc\u202Etxt.exe \u2066x\u2069 \u200f\u061c',
  '\ud83d lone \udc00\ud800',
  '\ufeff\ufffe\uffff\u{1fffe}\u{10ffff}\ue000\u{f0000}',
  '漢字かな مرحبا שלום ไทย 한국어 𒀀',
  'e\u0301\u0327\u0489'.repeat(50),
  '\u0301 a\u20e3 1️⃣ #️⃣ \u200d\u200d ❤\ufe0f\u200d🔥 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👨‍👩‍👧‍👦 🇫 🏽',
  'क्षत्रिय र्क ि ्',
  '#read("/etc/passwd") *bold* $x$ \\u{41} @ref <label> // no comment /* none */ ```raw```',
  '`'.repeat(300),
  'W'.repeat(3000),
  '😀'.repeat(500),
  `https://long.example/${'a%20b'.repeat(300)}`,
  '\n'.repeat(2000),
  '\r\r\n\r\u2028\u2029\u000b\u000c',
  ' '.repeat(5000),
  'a\tb\u00a0\u00adc\u200bd\u200ce\u2060f',
];

test('no text makes the export fail, wherever it stands', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(...NASTY),
  );
  const hostileEntry = fc.record({ a: hostile, b: hostile, c: hostile, d: hostile });
  await fc.assert(
    fc.asyncProperty(
      fc.array(hostileEntry, { minLength: 60, maxLength: 60 }),
      hostile,
      async (texts, word) => {
        const entries = [...texts, ...NASTY.map((a) => ({ a, b: a, c: a, d: a }))].map(({ a, b, c, d }, i) =>
          entry(i, {
            ...{
              text: a,
              subject: b,
              from: c,
              to: d,
              bates: b,
              at: i % 5 ? `${a}` : null,
              atUtc: c,
              zoneShown: d,
              kind: b,
            },
            ...{
              issues: [a, b],
              sources: [c],
              lateBy: d,
              attachments: [{ name: a, sizeBytes: i, sha256: b }],
            },
          }),
        );
        const named = {
          title: word,
          workspace: word,
          party: word,
          zone: word,
          vkey: word,
          checkpoint: `${word}\n${word}\n${word}`,
        };
        const { volumes } = await renderChronology(
          chronology(entries, {
            ...named,
            missing: [word],
            howToCheck: [word],
            exhibits: entries.slice(0, 2),
            pairs: [{ number: 1, first: 0, second: 1, replies: [2] }],
            points: [hostilePoint(word)],
            facts: [hostileFact(word)],
          }),
        );
        expect(volumes.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
});

function hostileFact(word: string) {
  const sources = [0, null].map((index) => ({ name: word, index, quote: word }));
  return { number: 1, at: word, says: word, isDisputed: true, sources };
}

function hostilePoint(word: string) {
  const step = { at: word, who: word, what: word, why: word, quotes: [{ words: word, from: word }] };
  return { number: 1, title: word, kind: word, state: word, ground: word, raisedAgain: 0, steps: [step] };
}

const hasTools = ['pdfinfo', 'pdftotext', 'pdffonts', 'qpdf'].every(has);
if (!hasTools)
  console.info('SKIPPED the inspection of the chronology PDF: poppler-utils or qpdf is not installed.');

describe.runIf(hasTools)('the PDF, as other programs see it', () => {
  let file = '';
  beforeAll(async () => {
    file = await saved('languages', chronology(LANGUAGES, { exhibits: [LANGUAGES[1] as ChronologyEntry] }));
  });

  test('declares PDF/A-2u, has an output intent, no script, no encryption and no embedded file', () => {
    const meta = run('pdfinfo', '-meta', file);
    expect(meta).toMatch(/<pdfaid:part>2<\/pdfaid:part>/);
    expect(meta).toMatch(/<pdfaid:conformance>U<\/pdfaid:conformance>/);
    expect(run('pdfinfo', file)).toMatch(/JavaScript:\s+no[\s\S]*Encrypted:\s+no/);
    const objects = run('qpdf', '--qdf', '--object-streams=disable', file, '-');
    expect(objects).toContain('/OutputIntents');
    expect(objects).not.toMatch(/\/(JavaScript|JS|Launch|EmbeddedFiles|Encrypt|OpenAction|AA)\b/);
    expect(run('qpdf', '--check', file)).toContain('No syntax or stream encoding errors');
  });

  test('embeds every font, as a subset, with a map to Unicode', () => {
    const fonts = run('pdffonts', file).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThanOrEqual(4);
    for (const font of fonts) expect(font).toMatch(/ yes yes yes /);
  });

  test('gives Russian, Finnish and emoji back as text', () => {
    const text = wholeText(file);
    for (const words of [
      'Страницы на русском языке',
      'Ёлка, ъезд.',
      'Hyvää päivää, eräpäivä',
      'žiletti',
      '😀',
      '❤',
    ]) {
      expect(text).toContain(words);
    }
  });

  test('says on page 1 what it is, about whom, by whom, from when, how to check it and what is missing', () => {
    const page = pageText(file, 1).replace(/\s+/g, ' ');
    for (const words of [
      ...[
        'Chronology and exhibits',
        'About Baltika Oy',
        'Prepared by Lumen Works',
        '12 January 2026 to 12 May 2026',
      ],
      ...[
        'What this is',
        'Integrity:',
        'Time bounds: none: no outside anchor',
        'Completeness:',
        'What is missing',
      ],
      ...[
        'Telephone calls are not part of this record.',
        'root 1BhuPAWmIM5hOX6Di/',
        'Contents of this volume',
      ],
    ]) {
      expect(page).toContain(words);
    }
    expect(page).not.toMatch(/tamper|court|qualified|certified|difficult|aggressive/i);
  });

  test('numbers its pages from 1 on the first page, as a viewer does', () => {
    const pages = pagesOf(file);
    for (let page = 1; page <= pages; page++)
      expect(pageText(file, page)).toContain(`Page ${page} of ${pages}`);
    expect(run('qpdf', '--qdf', file, '-')).not.toContain('/PageLabels');
  });

  test('names for each entry in the index the page where it stands', () => {
    const rows = [...pageText(file, 2).matchAll(/^\s*(EVK\d+) .* (\d+)$/gm)];
    expect(rows).toHaveLength(4);
    for (const [, bates, page] of rows) expect(pageText(file, Number(page))).toContain(bates);
  });

  test('has a bookmark for every section, month and entry, with its page', () => {
    const outlines = JSON.stringify(JSON.parse(run('qpdf', '--json=1', '--json-key=outlines', file)));
    for (const title of [
      'Index',
      'Exhibits',
      'Chronology',
      'May 2026',
      'EVK0000002 · 12 May 2026 · Lasku 118 · p. 3',
    ]) {
      expect(outlines).toContain(title);
    }
  });

  test('prints a picked exhibit once in full and points to it from its place in time', () => {
    const text = wholeText(file).replace(/\s+/g, ' ');
    expect(text.split('eräpäivä on ensi viikolla')).toHaveLength(2);
    expect(text).toContain('Printed in full among the exhibits, page 3.');
  });

  test('shows the stated time with its offset beside UTC, and the day that differs', () => {
    const text = wholeText(file);
    expect(text).toContain('00:14:03 +03:00 as stated');
    expect(text).toContain('2026-05-11 21:14:03 UTC');
  });

  test('shows markup, control characters, direction changes and missing glyphs as what they are', async () => {
    const odd = entry(1, { text: '#read("/etc/passwd") *x*\nabc\u202Etxt.exe 漢字 \u0007 \ud800' });
    const text = wholeText(await saved('odd', chronology([odd])));
    expect(text).toContain('#read("/etc/passwd") *x*');
    expect(text).toContain('abc[U+202E]txt.exe [U+6F22 U+5B57]');
    expect(text).toMatch(/␇|\[U\+0007\]/);
    expect(text).toContain('[U+D800]');
    expect(text).toContain('shown by their Unicode number');
  });

  test('keeps a hash whole, and an address of a page longer than a line', async () => {
    const link = `https://baltika.example/${'abc/'.repeat(60)}`;
    const text = wholeText(await saved('long', chronology([entry(1, { text: link })])));
    expect(text).toContain(`SHA-256 ${HASH}`);
    expect(text.replace(/\n/g, '')).toContain(link);
  });

  describe('with a pair and a point', () => {
    const call = entry(1, { kind: 'call', subject: 'Call about the login', text: 'He asked where it is.' });
    const letter = entry(2, { subject: 'Our call', text: 'What was said, as we understood it.' });
    const answer = entry(3, { subject: 'Re: Our call', text: 'Yes.' });
    const point = {
      ...{ number: 7, title: 'Login of the management page', kind: 'question', state: 'answered' },
      ...{ ground: 'founded', raisedAgain: 2 },
      steps: [
        {
          ...{ at: '2026-05-13T07:00:00.000Z', who: 'Alex', what: 'Founded? Set to: founded' },
          ...{
            why: 'It was hard to find.',
            quotes: [{ words: 'where is it?', from: 'EVK0000001, 4 May 2026' }],
          },
        },
      ],
    };
    const withPair = chronology([call, entry(9), letter, answer], {
      pairs: [{ number: 1, first: 1, second: 2, replies: [3] }],
      points: [point],
    });
    let paired = '';
    beforeAll(async () => {
      paired = await saved('paired', withPair);
    });
    const pageWith = (words: string) =>
      Array.from({ length: pagesOf(paired) }, (_, i) => i + 1).find((page) =>
        pageText(paired, page).replace(/\s+/g, ' ').includes(words),
      );

    test('sets the record and its letter beside each other, on one line, before the chronology', () => {
      const page = pageWith('Exhibit pairs What happened')!;
      expect(pageText(paired, page)).toMatch(/^\s*EVK0000001 +EVK0000002$/m);
      expect(pageText(paired, page)).toMatch(/He asked where it is\. +What was said, as we understood it\./);
      expect(page).toBeLessThan(pageWith('Chronology Every record of the bundle')!);
    });

    test('names the pages of one in the other, in the chronology and in the index', () => {
      const pairs = pageWith('Exhibit pairs What happened')!;
      const text = wholeText(paired).replace(/\s+/g, ' ');
      const at = (words: string) => pageWith(words)!;
      const [first, second] = [at('Call about the login Call, received'), at('Our call Mail, received')];
      expect(text).toContain(
        `Exhibit pair 1, side by side on page ${pairs}: EVK0000002, page ${second}, puts this`,
      );
      expect(text).toContain(
        `Exhibit pair 1, side by side on page ${pairs}: this puts EVK0000001, page ${first}, in`,
      );
      expect(text).toContain(`Came back on Exhibit pair 1, side by side on page ${pairs}.`);
      const index = pageText(paired, 2);
      expect(index).toMatch(/Call about the login · pair 1/);
      expect(index).toMatch(new RegExp(`EVK0000002.*Pair 1: Our call +${pairs}$`, 'm'));
    });

    test('prints a point with its number, how it stands, and who decided what, when and why', () => {
      const text = wholeText(paired).replace(/\s+/g, ' ');
      for (const words of [
        ...['#7 Login of the management page', 'State answered', 'Founded? founded', 'Raised again 2×'],
        ...['13 May 2026, 07:00:00 UTC · Alex', 'Reason: It was hard to find.', '“where is it?”'],
      ]) {
        expect(text).toContain(words);
      }
    });

    test('says on page 1 that the points are ours, and lists both parts with their pages', () => {
      const page = pageText(paired, 1).replace(/\s+/g, ' ');
      expect(page).toContain('The points are our own record');
      expect(page).toMatch(/Exhibit pairs page 3 .*Points page \d/);
    });
  });

  test('marks a text that is longer than what is printed, and counts it on page 1', async () => {
    const long = entry(1, { text: 'word and word. '.repeat(PRINT_LIMIT.characters / 10) });
    const many = entry(2, { text: 'line\n'.repeat(PRINT_LIMIT.lines + 1) });
    const cut = await saved('cut', chronology([long, many, entry(3)]));
    expect(wholeText(cut).split('… continued in the native file')).toHaveLength(3);
    expect(pageText(cut, 1).replace(/\s+/g, ' ')).toContain(
      '2 texts are longer than what is printed of one record (40,000 characters or 600 lines)',
    );
  });

  test('prints an entered-later entry, an unknown time and its notes in so many words', async () => {
    const late = entry(1, {
      at: null,
      atUtc: null,
      zoneShown: '',
      lateBy: '8 days',
      issues: ['date-missing'],
    });
    const text = wholeText(await saved('late', chronology([late], { period: { from: null, to: null } })));
    for (const words of ['No time stated', 'Entered later, by 8 days', 'Note on reading: date-missing']) {
      expect(text).toContain(words);
    }
  });

  test('gives an undated mail its place among the others, and says when a server saw it', async () => {
    const undated = entry(2, { at: null });
    const text = wholeText(await saved('undated', chronology([entry(1), undated, entry(3)])));
    expect(text).toMatch(/No time stated\n2026-05-11 21:14:03 UTC/);
    expect(text.match(/^May 2026$/gm)).toHaveLength(1);
  });

  test('says of a record without a number that it is not an exhibit', async () => {
    const kept = entry(1, { bates: null, subject: '(content kept back)', text: '' });
    expect(wholeText(await saved('kept', chronology([kept])))).toContain('Not an exhibit');
  });

  test('goes into volumes of at most 500 pages, each numbered from 1 and naming the others', async () => {
    const long = Array.from({ length: 70 }, (_, i) =>
      entry(i, { text: `Line of letter ${i}.\n`.repeat(PRINT_LIMIT.lines) }),
    );
    const { volumes } = await renderChronology(chronology(long, { exhibits: long.slice(0, 1) }));
    expect(volumes.length).toBeGreaterThan(1);
    for (const [i, volume] of volumes.entries()) {
      const part = join(folder, `volume-${i + 1}.pdf`);
      writeFileSync(part, volume);
      const pages = pagesOf(part);
      expect(pages).toBeLessThanOrEqual(500);
      expect(pageText(part, 1)).toContain(`Volume ${i + 1} of ${volumes.length}`);
      expect(pageText(part, pages)).toContain(`Page ${pages} of ${pages}`);
    }
  });
});

test('an empty chronology is still a document that says so', async () => {
  const { volumes } = await renderChronology(chronology([], { period: { from: null, to: null } }));
  expect(volumes).toHaveLength(1);
});

test('a creation date that is no time is refused', async () => {
  await expect(renderChronology(chronology([], { createdAt: 'yesterday' }))).rejects.toThrow(RangeError);
});
