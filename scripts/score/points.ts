import { fileURLToPath } from 'node:url';
import { contentOf } from '@evenkeel/language/content/content';
import { ownSentences } from '@evenkeel/language/content/own-sentences';
import { type Engine, partsOf, readAsks, readSignals } from '@evenkeel/language/engine';
import { loadEngine } from '@evenkeel/language/node';
import { newParticulars } from '../../apps/evenkeel/src/modules/point/novelty.facts.ts';
import {
  type ComparedPoint,
  contentOfPoint,
  raisedBy,
  type Said,
  touchesOf,
} from '../../apps/evenkeel/src/modules/point/novelty.ts';
import { wishesIn } from '../../apps/evenkeel/src/modules/point/wish.ts';
import { HELD_OUT } from '../../fixtures/points/held-out.threads.ts';
import type {
  Label,
  LabelledMessage,
  LabelledPoint,
  LabelledThread,
  Words,
} from '../../fixtures/points/thread.ts';
import { TUNING } from '../../fixtures/points/tuning.threads.ts';

const PACKAGE = fileURLToPath(new URL('../../packages/language/', import.meta.url));

/** What is counted, each a question with right, wrong and missed answers. */
const MEASURES = ['again', 'across languages', 'asks', 'facts', 'documents'] as const;
type Measure = (typeof MEASURES)[number];
type Count = { right: number; wrong: number; missed: number };
type Counts = Record<Measure, Count>;

/** Both tables; with `showsMisses` also what went wrong in the threads that may be looked at. */
export async function pointTables(showsMisses: boolean): Promise<string> {
  const engine = await loadEngine(PACKAGE);
  const misses: string[] = [];
  const tuning = table('Threads for tuning', TUNING, countIn(engine, TUNING, misses));
  const heldOut = table('Threads held out', HELD_OUT, countIn(engine, HELD_OUT, []));
  return [tuning, heldOut, ...(showsMisses ? ['Misses in the threads for tuning', ...misses] : [])].join(
    '\n\n',
  );
}

function countIn(engine: Engine, threads: readonly LabelledThread[], misses: string[]): Counts {
  const counts = Object.fromEntries(
    MEASURES.map((each) => [each, { right: 0, wrong: 0, missed: 0 }]),
  ) as Counts;
  for (const thread of threads)
    for (const [at, message] of thread.messages.entries())
      if (message.label) judge(engine, thread, at, message.label, counts, misses);
  return counts;
}

function judge(
  engine: Engine,
  thread: LabelledThread,
  at: number,
  label: Label,
  counts: Counts,
  misses: string[],
): void {
  const message = thread.messages[at]!;
  const found = noveltyOf(engine, thread, at);
  const note = (measure: Measure, missed: readonly string[], wrong: readonly string[]) => {
    for (const words of missed) misses.push(`${message.id} ${measure} missed: ${words}`);
    for (const words of wrong) misses.push(`${message.id} ${measure} wrong: ${words}`);
  };
  const numbers = (label.again ?? []).map(([number]) => String(number));
  const across = numbers.filter((number) => isAcross(thread, Number(number), message));
  note('again', ...tally(counts.again, numbers, found.again, (one, other) => one === other));
  tally(
    counts['across languages'],
    across,
    found.again.filter((number) => isAcross(thread, Number(number), message)),
    (one, other) => one === other,
  );
  const overlaps = (one: string, other: string) => one.includes(other) || other.includes(one);
  note('asks', ...tally(counts.asks, label.asks ?? [], found.asks, overlaps));
  note('facts', ...tally(counts.facts, label.facts ?? [], found.facts, overlaps));
  note('documents', ...tally(counts.documents, label.documents ?? [], found.documents, (a, b) => a === b));
}

/** Whether no earlier words of the point are in the language of the message. */
function isAcross({ points, messages }: LabelledThread, number: number, message: LabelledMessage): boolean {
  const point = points.find((each) => each.number === number);
  return messages.find(({ id }) => id === point?.opened[0])?.lang !== message.lang;
}

function tally(
  count: Count,
  wanted: readonly string[],
  found: readonly string[],
  isSame: (one: string, other: string) => boolean,
): [string[], string[]] {
  const missed = wanted.filter((one) => !found.some((other) => isSame(one, other)));
  const wrong = found.filter((one) => !wanted.some((other) => isSame(one, other)));
  count.right += wanted.length - missed.length;
  count.missed += missed.length;
  count.wrong += wrong.length;
  return [missed, wrong];
}

type Found = Readonly<Record<'again' | 'asks' | 'facts' | 'documents', readonly string[]>>;

/** As the program does it: points as they were confirmed until then, and each earlier repetition confirmed too. */
function noveltyOf(engine: Engine, thread: LabelledThread, at: number): Found {
  const message = thread.messages[at]!;
  const earlier = thread.messages.slice(0, at);
  const points = thread.points.flatMap((point) => comparedPoint(point, earlier)).map(contentOfPoint);
  const { lang, asks } = readAsks(engine, message.text);
  const signals = readSignals(engine, message.text).findings.filter(({ band }) => band !== 'low');
  const wishes = wishesIn(asks, signals).map((wish) => ({
    ...wish,
    touches: touchesOf(contentOf(wish.quote, lang), null, points).filter(({ other }) => other.length === 0),
  }));
  const said = ownSentences(message.text)
    .filter(({ start, end }) => !wishes.some((wish) => wish.start < end && start < wish.end))
    .flatMap(({ quote, lang: spoken }) => raisedBy(quote, spoken, points));
  const own = partsOf(message.text).filter(({ role }) => role === 'own');
  const isOwn = (start: number) => own.some((part) => part.start <= start && start < part.end);
  const known = new Set(earlier.flatMap(({ attached }) => attached.map(([, bytes]) => bytes)));
  return {
    again: numbersOf([...wishes.flatMap(({ touches }) => touches), ...said]),
    asks: wishes.filter(({ touches }) => touches.length === 0).map(({ quote }) => quote),
    facts: newParticulars(message.text, isOwn, earlier, []).map(({ quote }) => quote),
    documents: message.attached.filter(([, bytes]) => !known.has(bytes)).map(([name]) => name),
  };
}

function numbersOf(touches: readonly { readonly number: number }[]): readonly string[] {
  return [...new Set(touches.map(({ number }) => String(number)))];
}

function comparedPoint(
  { number, title, opened, answered }: LabelledPoint,
  earlier: readonly LabelledMessage[],
): readonly ComparedPoint[] {
  const raised = earlier.flatMap(({ id, label }) =>
    (label?.again ?? []).filter(([of]) => of === number).map(([, words]) => [id, words] as Words),
  );
  const first = said(opened, earlier);
  if (!first) return [];
  const asked = [first, ...raised.flatMap((words) => said(words, earlier) ?? [])];
  const answer = answered && said(answered, earlier);
  return [{ number, title, asked, answered: answer ? [answer] : [] }];
}

function said([id, quote]: Words, earlier: readonly LabelledMessage[]): Said | undefined {
  const message = earlier.find((each) => each.id === id);
  return message && { interactionId: id, threadId: null, lang: message.lang, quote };
}

function table(title: string, threads: readonly LabelledThread[], counts: Counts): string {
  const messages = threads.flatMap((thread) => thread.messages);
  const judged = messages.filter(({ label }) => label !== null).length;
  const rows = MEASURES.map((measure) => {
    const { right, wrong, missed } = counts[measure];
    const share = (of: number) => (of === 0 ? '–' : (right / of).toFixed(2));
    return `| ${measure} | ${right} | ${wrong} | ${missed} | ${share(right + wrong)} | ${share(right + missed)} |`;
  });
  return [
    `## ${title}: ${threads.length} threads, ${messages.length} messages, ${judged} judged`,
    '',
    '| | right | wrong | missed | precision | recall |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
