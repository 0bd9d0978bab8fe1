import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fed, jsonLines, piped } from './piped.ts';
import { evenkeel } from './program.ts';

type Detected = {
  id?: string;
  lang: string;
  findings: { kind: string; start: number; end: number; quote: string }[];
  scores?: Record<string, number | null>;
  error?: string;
};

const COURT = 'If I do not have my money by Friday, I will see you in court.';
const CALM = 'Thank you for the files. The logo looks good.';
const KEYS = ['kind', 'start', 'end', 'quote', 'confidence', 'band', 'why', 'pack', 'engine'];
const SCORES = ['toxicity', 'insult', 'threat', 'obscene', 'identity', 'politeness', 'complaint', 'sarcasm'];

test('a text from standard input is answered with its findings, and needs no folder', async () => {
  const { code, out } = await fed(['detect', '--json'], COURT);
  const { lang, findings, ...rest } = JSON.parse(out) as Detected;
  expect({ code, lang, rest }).toEqual({ code: 0, lang: 'en', rest: {} });
  expect(findings.map(({ kind }) => kind)).toContain('legal_threat');
  for (const finding of findings) {
    expect(Object.keys(finding)).toEqual(KEYS);
    expect(COURT.slice(finding.start, finding.end)).toBe(finding.quote);
  }
});

test('a file is read as the same text, a byte order mark or not', async () => {
  const folder = filesIn(temporaryFolder(), { 'plain.txt': COURT, 'marked.txt': `\ufeff${COURT}` });
  const answers = await Promise.all(
    ['plain.txt', 'marked.txt'].map((name) => evenkeel(['detect', join(folder, name), '--json'])),
  );
  expect(answers[1]!.out).toBe(answers[0]!.out);
});

test('for a person the quote comes first', async () => {
  const { code, out } = await fed(['detect'], COURT);
  expect(code).toBe(0);
  expect(out).toMatch(/^Language: en\n {2}"/);
  expect(out).toMatch(/\n {2}".*see you in court"\n {6}legal threat, clear/);
  expect((await fed(['detect'], CALM)).out).toBe('Language: en\nNothing is marked.\n');
});

test('eight scores are there when they are asked for, each between 0 and 1', async () => {
  const { out } = await fed(['detect', '--scores', '--json'], 'You are a complete idiot.');
  const { scores = {} } = JSON.parse(out) as Detected;
  expect(Object.keys(scores)).toEqual(SCORES);
  for (const score of Object.values(scores)) if (score !== null) expect(score >= 0 && score <= 1).toBe(true);
});

test('lines are answered one by one, in order, each as soon as it came', async () => {
  const detect = piped(['detect', '--jsonl', '--scores']);
  for (const [i, text] of [COURT, CALM, 'Вы меня просто обманываете.', ''].entries()) {
    detect.write(`${JSON.stringify({ id: `line-${i}`, text })}\n`);
    const { id, findings, scores } = JSON.parse(await detect.line()) as Detected;
    expect(id).toBe(`line-${i}`);
    expect(Array.isArray(findings)).toBe(true);
    expect(Object.keys(scores ?? {})).toEqual(SCORES);
  }
  expect((await detect.end()).code).toBe(0);
});

test('many lines come out as many, in the order they went in', async () => {
  const lines = Array.from({ length: 2000 }, (_, i) =>
    JSON.stringify({ id: i, text: i % 3 ? CALM : COURT, lang: 'en' }),
  );
  const ended = await fed(['detect', '--jsonl'], `${lines.join('\r\n')}\n`);
  expect(ended.code).toBe(0);
  expect(jsonLines(ended).map(({ id }) => id)).toEqual(lines.map((_, i) => i));
});

test('a line that cannot be used is answered in its place, and the others are not touched', async () => {
  const ended = await fed(
    ['detect', '--jsonl'],
    `{"id":"a","text":"${CALM}"}\nno json\n{"id":"c"}\n[1]\n\n{"id":"e","text":"${COURT}"}`,
  );
  expect(ended.code).toBe(2);
  const lines = jsonLines<Detected>(ended);
  expect(lines.map(({ id, error }) => [id, error ?? null])).toEqual([
    ['a', null],
    [null, 'it is no JSON'],
    ['c', 'it has no text'],
    [null, 'it is no JSON object'],
    ['e', null],
  ]);
  expect(lines.at(-1)!.findings.length).toBeGreaterThan(0);
  expect(ended.said).toContain('Line 2: it is no JSON.');
});

test('a file that is not there, a language without rules and a second file are refused', async () => {
  for (const [args, says] of [
    [['detect', '/nowhere/mail.txt'], '/nowhere/mail.txt cannot be read'],
    [['detect', '--jsonl', '/nowhere/mails.jsonl'], '/nowhere/mails.jsonl cannot be read'],
    [['detect', '--lang', 'sv'], '--lang cannot be "sv": it is en, ru or fi'],
    [['detect', 'a', 'b'], 'detect takes no "b"'],
  ] as const) {
    const ended = await evenkeel(args);
    expect(ended.code).toBe(2);
    expect(ended.said).toContain(says);
    expect(ended.out).toBe('');
  }
});
