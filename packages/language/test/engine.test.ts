import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkDraft,
  checkNote,
  createEngine,
  type DraftOptions,
  type Engine,
  phraseOf,
  readAsks,
  readInquiry,
  readSignals,
  scoresOf,
} from '../src/engine.ts';
import type { Finding } from '../src/finding.ts';
import { packOf } from './rules-pack.ts';

const PHRASES = {
  wait: 'Wait.',
  own: 'Own it.',
  counsel: 'Ask counsel.',
  law: 'It is the law.',
  answer: 'Answer it.',
  next: 'Say what comes next.',
};
const POLICY = [
  { kind: 'admission', counsel: true, level: 'warning', advice: 'counsel', source: 'test' },
  { kind: 'admission', ground: ['founded', 'partly'], level: 'note', advice: 'own', source: 'test' },
  { kind: 'admission', level: 'warning', advice: 'wait', source: 'test' },
  { kind: 'apology', place: ['gb-eng', 'ca'], advice: 'law', source: 'test' },
  { kind: 'unanswered', advice: 'answer', source: 'test' },
  { kind: 'no_next_step', advice: 'next', source: 'test' },
];

const engine = createEngine(
  [
    packOf(
      [
        { id: 'court', kind: 'legal_threat', patterns: ['<i> <will> ..2 sue'] },
        { id: 'body', kind: 'sexual_remark', patterns: ['your body'], profile: ['performer'] },
        { id: 'fault', kind: 'admission', level: 'warning', patterns: ['our mistake'] },
        { id: 'sorry', kind: 'apology', level: 'warning', patterns: ['sorry'] },
        { id: 'promise', kind: 'commitment', level: 'note', patterns: ['<i> <will> write'] },
        { id: 'lazy', kind: 'adjective', patterns: ['lazy'] },
        { id: 'asks', kind: 'question', patterns: ['? $'], quote: 'sentence' },
        { id: 'now', kind: 'rush', patterns: ['right now'] },
      ],
      { phrases: PHRASES, policy: POLICY },
    ),
    packOf([{ id: 'court-fi', kind: 'legal_threat', patterns: ['käräjille'] }], {}, 'fi'),
    packOf([{ id: 'court-ru', kind: 'legal_threat', patterns: ['~суд'] }], {}, 'ru'),
  ],
  null,
);

const levels = (text: string, options: DraftOptions = {}) =>
  checkDraft(engine, text, { lang: 'en', ...options }).findings.map(({ kind, level, advice }) => ({
    kind,
    level,
    advice,
  }));

test('a finding says what, where, how sure, why, and by which pack and engine', () => {
  const text = 'Listen 👩‍👩‍👧: we’ll really sue!';
  const { lang, findings } = readSignals(engine, text, { lang: 'en' });
  expect(lang).toBe('en');
  expect(findings).toEqual([
    {
      kind: 'legal_threat',
      start: text.indexOf('we'),
      end: text.indexOf('!'),
      quote: 'we’ll really sue',
      confidence: 0.9,
      band: 'clear',
      why: 'court',
      pack: expect.stringMatching(/^en@[0-9a-f]{16}$/),
      engine: engine.version,
    },
  ]);
});

test('each sentence is read by the rules of its own language', () => {
  const { findings } = readSignals(
    engine,
    'I will sue and I will not pay that. Минуту, это будет в суде. Minä vien tämän asian käräjille.',
  );
  expect(findings.map(({ why }) => why)).toEqual(['court', 'court-ru', 'court-fi']);
});

test('what was quoted, forwarded or signed is not judged', () => {
  const text = 'Fine.\n\nOn 3.11.2026 10:00 Ann Lee <ann@mail.example> wrote:\n> I will sue\n';
  expect(readSignals(engine, text, { lang: 'en' }).findings).toEqual([]);
});

test('a rule can be turned off, and is off in the profile it names', () => {
  expect(readSignals(engine, 'I will sue', { lang: 'en', off: new Set(['court']) }).findings).toEqual([]);
  expect(readSignals(engine, 'your body', { lang: 'en' }).findings).toHaveLength(1);
  expect(readSignals(engine, 'your body', { lang: 'en', profile: 'performer' }).findings).toEqual([]);
});

test('each reader sees its own kinds only', () => {
  const text = 'I will sue right now, lazy, sorry?';
  const kinds = ({ findings }: { findings: readonly Finding[] }) => findings.map(({ kind }) => kind);
  expect(kinds(readSignals(engine, text, { lang: 'en' }))).toEqual(['legal_threat']);
  expect(kinds(checkNote(engine, text, { lang: 'en' }))).toEqual(['adjective']);
  expect(kinds(readInquiry(engine, text, { lang: 'en' }))).toEqual(['rush']);
  expect(readAsks(engine, text, { lang: 'en' }).asks.map(({ kind, number }) => [kind, number])).toEqual([
    ['question', 1],
  ]);
});

test.each<[DraftOptions, 'warning' | 'note', string]>([
  [{}, 'warning', 'wait'],
  [{ ground: 'not_looked_at' }, 'warning', 'wait'],
  [{ ground: 'unfounded' }, 'warning', 'wait'],
  [{ ground: 'founded' }, 'note', 'own'],
  [{ ground: 'partly' }, 'note', 'own'],
  [{ ground: 'founded', counsel: true }, 'warning', 'counsel'],
])('with %j an admission is a %s that advises to %s', (options, level, advice) => {
  expect(levels('This was our mistake.', options)).toEqual([{ kind: 'admission', level, advice }]);
});

test('an apology is never a warning, and its advice is that of the place', () => {
  expect(levels('We are sorry.')).toEqual([{ kind: 'apology', level: 'note', advice: null }]);
  expect(levels('We are sorry.', { place: 'GB-ENG' })[0]?.advice).toBe('law');
  expect(levels('We are sorry.', { place: 'ca-on' })[0]?.advice).toBe('law');
  expect(levels('We are sorry.', { place: 'fi' })[0]?.advice).toBe(null);
});

test('a reply says what it leaves unanswered, with the words that were asked', () => {
  const replyTo = 'When will the kitchen be painted? Can you send me the invoice?';
  const { findings } = checkDraft(engine, 'Hello. The invoice is attached.', { lang: 'en', replyTo });
  expect(
    findings.map(({ kind, level, why, quote, advice }) => ({ kind, level, why, quote, advice })),
  ).toEqual([
    {
      kind: 'unanswered',
      level: 'note',
      why: 'unanswered: When will the kitchen be painted?',
      quote: 'The invoice is attached.',
      advice: 'answer',
    },
    {
      kind: 'no_next_step',
      level: 'note',
      why: 'no_next_step',
      quote: 'The invoice is attached.',
      advice: 'next',
    },
  ]);
});

test.each([
  ['When will the kitchen be painted?', 'On Friday.'],
  ['Is the kitchen painted? ', 'Yes, since Monday.'],
  ['What does the kitchen cost?', 'I will write to you about the kitchen.'],
  ['The kitchen is painted.', 'Good.'],
])('%j is answered by %j, with a next step', (replyTo, draft) => {
  expect(levels(draft, { replyTo }).filter(({ kind }) => kind !== 'commitment')).toEqual([]);
});

test('phrases are found by key and language', () => {
  expect(phraseOf(engine, 'en', 'wait')).toBe('Wait.');
  expect(phraseOf(engine, 'en', 'toString')).toBe(null);
  expect(phraseOf(engine, 'fi', 'wait')).toBe(null);
});

test('without weights there are no scores', () => {
  expect(Object.values(scoresOf(engine, 'I will sue'))).toEqual(Array(8).fill(null));
});

test('a text beyond 120,000 units is cut where it says, between characters', () => {
  const text = `${'a '.repeat(59_999)}a👍 I will sue`;
  const { cutAt, findings } = readSignals(engine, text, { lang: 'en' });
  expect(cutAt).toBe(119_999);
  expect(findings).toEqual([]);
  expect(readSignals(engine, 'I will sue', { lang: 'en' }).cutAt).toBe(null);
});

test('any string at all is read, and what is found lies inside of it', () => {
  const words = fc.constantFrom(
    'I will sue',
    'our mistake',
    '👩‍👩‍👧',
    '\u202e',
    'суд',
    '> ',
    '\n',
    '"',
    '\ud83d',
    'e\u0301',
    '12. ',
    'f u c k',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(text, (written) => {
      expect(faultsOf(engine, written)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

function faultsOf(of: Engine, text: string): readonly Finding[] {
  const all: readonly Finding[] = [
    ...readSignals(of, text).findings,
    ...checkDraft(of, text, { replyTo: text }).findings,
    ...checkNote(of, text).findings,
    ...readAsks(of, text).asks,
    ...readInquiry(of, text).findings,
  ];
  return all.filter(({ start, end, quote }) => start < 0 || start >= end || text.slice(start, end) !== quote);
}
