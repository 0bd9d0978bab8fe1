import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readMail } from '@evenkeel/records/mail';
import PostalMime from 'postal-mime';
import {
  EVERYDAY_PAIRS,
  measureRelated,
  measureUnrelated,
} from '../../packages/language/test/finnish-pairs.ts';
import { finds } from '../../packages/language/test/meet.ts';
import type { Row } from './bench.ts';
import { judged, median, perSecond, times } from './figures.ts';

const MAILS = 20_000;
const READ = 5_000;

type Truth = { readonly file: number; readonly subject: string; readonly text: string };
type Seen = { readonly subject?: string | null | undefined; readonly text?: string | null | undefined };

export const mimeRow: Row = {
  name: 'mime',
  says: 'MIME reading beside postal-mime, and how much of the text each reads right',
  async run(bench) {
    const corpus = await bench.corpus(MAILS);
    const truths = (await readFile(corpus.truth, 'utf8')).trimEnd().split('\n').slice(0, READ);
    const known = truths.map((line) => JSON.parse(line) as Truth);
    const mails = await Promise.all(
      known.map(({ file }) => readFile(`${corpus.maildir}/cur/${String(file).padStart(7, '0')}.example:2,S`)),
    );
    const ours = await rate(bench.runs, mails, (bytes) => readMail(bytes, { hash: () => hashing() }));
    const theirs = await rate(bench.runs, mails, (bytes) => PostalMime.parse(bytes));
    const ourRight = await right(known, mails, async (bytes) => readMail(bytes, { hash: () => hashing() }));
    const theirRight = await right(known, mails, (bytes) => PostalMime.parse(bytes));
    return [
      judged('MIME reading / postal-mime', ours / theirs, { floor: 3, goal: 6, better: 'higher' }, times, {
        ours: `${perSecond(ours)}, ${ourRight} of ${known.length} right`,
        peer: `${perSecond(theirs)}, ${theirRight} right`,
      }),
    ];
  },
};

function hashing() {
  const hash = createHash('sha256');
  return {
    update: (bytes: Uint8Array) => {
      hash.update(bytes);
    },
    digest: (): Uint8Array => hash.digest(),
    hex: () => hash.digest('hex'),
  };
}

async function rate(
  runs: number,
  mails: readonly Buffer[],
  read: (bytes: Buffer) => unknown,
): Promise<number> {
  const rates: number[] = [];
  for (let run = 0; run < runs + 1; run++) {
    const startedAt = performance.now();
    for (const bytes of mails) await read(bytes);
    // The first round is for the compiler.
    if (run > 0) rates.push(mails.length / ((performance.now() - startedAt) / 1000));
  }
  return median(rates);
}

async function right(
  truths: readonly Truth[],
  mails: readonly Buffer[],
  read: (bytes: Buffer) => Promise<Seen>,
): Promise<number> {
  let count = 0;
  for (const [i, { subject, text }] of truths.entries()) {
    const seen = await read(mails[i]!);
    const same = seen.text?.replaceAll('\r\n', '\n').trimEnd() === text.trimEnd();
    if (same && seen.subject === subject) count += 1;
  }
  return count;
}

export const finnishRow: Row = {
  name: 'finnish',
  says: 'Finnish pairs that find each other',
  async run() {
    const pairs = EVERYDAY_PAIRS.filter(([one, other]) => finds(one, other) && finds(other, one)).length;
    const related = measureRelated(200);
    const unrelated = measureUnrelated(200);
    const falseOnes = unrelated.exceptions.map(({ one, other }) => `${one}~${other}`).join(' ') || 'none';
    const note = `of 200 drawn pairs ${related.met} meet; false matches of 200: ${falseOnes}`;
    const bound = { floor: 9, goal: 12, better: 'higher' } as const;
    return [
      judged('Finnish pairs', pairs, bound, (n) => `${n} of 12`, {
        ours: `${pairs}`,
        peer: 'Snowball 4',
        note,
      }),
    ];
  },
};
