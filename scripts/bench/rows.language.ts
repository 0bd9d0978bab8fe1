import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkDraft, type Engine, readSignals, scoresOf } from '@evenkeel/language/engine';
import { loadEngine } from '@evenkeel/language/node';
import { hasData, rowsOf } from '../score/data.ts';
import { peer, peersMissing } from '../score/peers.ts';
import type { Bench, Row } from './bench.ts';
import { grouped, judged, median, milliseconds, perSecond, type Result } from './figures.ts';

const PACKAGE = fileURLToPath(new URL('../../packages/language/', import.meta.url));
const WEIGHTS = `${PACKAGE}weights/`;
const COLD = fileURLToPath(new URL('./language.process.ts', import.meta.url));
const MAILS = 20_000;
const MESSAGES = 4_000;
/** Everyday messages, so that the figure is about what is read all day. */
const EVERYDAY = ['en_benign_support_chat', 'en_business_email_sentences', 'signals_client_handlabelled'];

export const detectRow: Row = {
  name: 'detect',
  says: 'detection with all kinds and scores on one core beside VADER',
  async run(bench) {
    const engine = await loadEngine(PACKAGE);
    const messages = await messagesFor(bench);
    const ours = rate(bench.runs, messages, (text) => {
      readSignals(engine, text);
      scoresOf(engine, text);
    });
    const bound = { floor: 5_000, goal: 10_000, better: 'higher' } as const;
    const told = { ours: `${messages.length} messages`, peer: await vaderSays(bench.runs, messages) };
    return [judged('detection, all kinds and scores, one core', ours, bound, perSecond, told)];
  },
};

export const draftRow: Row = {
  name: 'draft',
  says: 'draft check beside write-good, alex and textlint',
  async run(bench) {
    const engine = await loadEngine(PACKAGE);
    const messages = await messagesFor(bench);
    const words = messages.reduce((sum, text) => sum + wordsIn(text), 0) / messages.length;
    const ours = words * rate(bench.runs, messages, (text) => checkDraft(engine, text));
    const bound = { floor: 250_000, goal: 500_000, better: 'higher' } as const;
    return [
      judged('draft check, one core', ours, bound, (value) => `${grouped(value)} words/s`, {
        ours: `${messages.length} messages`,
        peer: await checkersSay(messages.slice(0, 300), words),
      }),
      keystroke(engine),
      coldStart(bench.runs),
      weights(),
    ];
  },
};

/** A draft of 2,000 characters, checked anew after each letter. */
function keystroke(engine: Engine): Result {
  const sentence = 'I have noted your three points and will answer the first one by Friday at noon. ';
  const draft = sentence.repeat(25).slice(0, 2_000);
  const took = Array.from({ length: 200 }, (_, letter) => {
    const startedAt = performance.now();
    checkDraft(engine, `${draft}${'thank you'.slice(0, letter % 9)}`);
    return performance.now() - startedAt;
  });
  const bound = { floor: 16, goal: 8, better: 'lower' } as const;
  return judged('one letter in a draft of 2,000 characters', median(took), bound, milliseconds, {
    ours: `longest ${milliseconds(Math.max(...took))}`,
    peer: '–',
    note: 'in Node; the row keystroke types in Chromium',
  });
}

/** A new process: packs and weights read, one message answered. */
function coldStart(runs: number): Result {
  // With compiled code kept, as the program's own launcher has it; the first process makes that cache.
  const cache = mkdtempSync(join(tmpdir(), 'evenkeel-cache-'));
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  const once = () => Number(spawnSync(process.execPath, [COLD], { encoding: 'utf8', env }).stdout);
  once();
  const took = Array.from({ length: runs }, once);
  rmSync(cache, { recursive: true, force: true });
  const bound = { floor: 150, goal: 100, better: 'lower' } as const;
  return judged('cold start of the engine, first message answered', median(took), bound, milliseconds, {
    ours: `${runs} processes`,
    peer: '–',
  });
}

function weights(): Result {
  const files = readdirSync(WEIGHTS).map((name) => statSync(`${WEIGHTS}${name}`).size);
  const megabytes = files.reduce((sum, size) => sum + size, 0) / 1e6;
  const bound = { floor: 6, goal: 4.5, better: 'lower' } as const;
  return judged('weights of all languages', megabytes, bound, (value) => `${value.toFixed(1)} MB`, {
    ours: `${files.length} files`,
    peer: '–',
  });
}

async function messagesFor(bench: Bench): Promise<readonly string[]> {
  if (hasData()) return EVERYDAY.flatMap(rowsOf).map(({ text }) => text);
  const corpus = await bench.corpus(MAILS);
  const lines = readFileSync(corpus.truth, 'utf8').trimEnd().split('\n').slice(0, MESSAGES);
  return lines.map((line) => (JSON.parse(line) as { text: string }).text);
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

/** Texts a second; the first round is for the compiler. */
function rate(runs: number, texts: readonly string[], read: (text: string) => unknown): number {
  const rates: number[] = [];
  for (let run = 0; run < runs + 1; run += 1) {
    const startedAt = performance.now();
    for (const text of texts) read(text);
    if (run > 0) rates.push(texts.length / ((performance.now() - startedAt) / 1000));
  }
  return median(rates);
}

type Vader = {
  readonly default: { SentimentIntensityAnalyzer: { polarity_scores(text: string): unknown } };
};

async function vaderSays(runs: number, messages: readonly string[]): Promise<string> {
  if (peersMissing()) return 'not installed';
  const { default: vader } = await peer<Vader>('vader-sentiment');
  return `VADER ${perSecond(rate(runs, messages, (text) => vader.SentimentIntensityAnalyzer.polarity_scores(text)))}`;
}

type Checker = { readonly default: (text: string) => unknown };
type Alex = { readonly markdown: (text: string) => unknown };
type Textlint = {
  createLinter(options: object): { lintText(text: string, path: string): Promise<unknown> };
  loadTextlintrc(options: object): Promise<object>;
};

async function checkersSay(messages: readonly string[], words: number): Promise<string> {
  if (peersMissing()) return 'not installed';
  const writeGood = await peer<Checker>('write-good');
  const alex = await peer<Alex>('alex');
  const perWord = (read: (text: string) => unknown) => grouped(words * rate(1, messages, read));
  const linted = await textlintRate(messages, words);
  return [
    `write-good ${perWord((text) => writeGood.default(text))}`,
    `alex ${perWord((text) => alex.markdown(text))}`,
    `textlint ${grouped(linted)} words/s`,
  ].join(', ');
}

async function textlintRate(messages: readonly string[], words: number): Promise<number> {
  const { createLinter, loadTextlintrc } = await peer<Textlint>('textlint');
  const folder = fileURLToPath(new URL('../peers/', import.meta.url));
  const descriptor = await loadTextlintrc({
    configFilePath: `${folder}textlintrc.json`,
    node_modulesDir: `${folder}node_modules`,
  });
  const linter = createLinter({ descriptor });
  const startedAt = performance.now();
  for (const text of messages) await linter.lintText(text, 'message.txt');
  return (words * messages.length) / ((performance.now() - startedAt) / 1000);
}
