import type { Row } from './bench.ts';
import { grouped, judged, megabytes, perSecond, type Result, seconds, skipped, times } from './figures.ts';

const MAILS = 20_000;
const MANY = 100_000;

export const importRow: Row = {
  name: 'import',
  says: 'import of 20,000 mails beside notmuch new and mu index, and when it can be browsed',
  async run(bench) {
    const ours = await bench.imported(MAILS);
    const notmuch = await bench.indexed('notmuch');
    const mu = await bench.indexed('mu');
    const rate = `${perSecond(MAILS / (ours.indexedMs / 1000))} (${seconds(ours.indexedMs)})`;
    const peer = (ms: number) => `${perSecond(MAILS / (ms / 1000))} (${seconds(ms)})`;
    const what = 'import of 20,000 mails, searchable, linked, durable';
    const results: Result[] = [
      notmuch
        ? judged(
            `${what} / notmuch new`,
            notmuch.ms / ours.indexedMs,
            { floor: 3, goal: 5, better: 'higher' },
            times,
            {
              ours: rate,
              peer: peer(notmuch.ms),
            },
          )
        : skipped(what, 'notmuch is not installed'),
      mu
        ? judged(
            `${what} / mu index`,
            mu.ms / ours.indexedMs,
            { floor: 1.6, goal: 2.8, better: 'higher' },
            times,
            {
              ours: rate,
              peer: peer(mu.ms),
            },
          )
        : skipped(what, 'mu is not installed (maildir-utils)'),
    ];
    if (notmuch) {
      const bound = { floor: 6, goal: 12, better: 'higher' } as const;
      results.push(
        judged('until all of it can be browsed / notmuch new', notmuch.ms / ours.browsableMs, bound, times, {
          ours: seconds(ours.browsableMs),
          peer: seconds(notmuch.ms),
        }),
      );
    }
    return results;
  },
};

export const scaleRow: Row = {
  name: 'scale',
  says: 'rate at 100,000 mails beside 20,000, and memory meanwhile',
  isLong: true,
  async run(bench) {
    const few = await bench.imported(MAILS);
    const many = await bench.imported(MANY);
    const [rateFew, rateMany] = [MAILS / few.indexedMs, MANY / many.indexedMs];
    return [
      judged(
        'rate at 100,000 / at 20,000',
        rateMany / rateFew,
        { floor: 0.85, goal: 0.95, better: 'higher' },
        times,
        {
          ours: perSecond(rateMany * 1000),
          peer: perSecond(rateFew * 1000),
        },
      ),
      judged(
        `memory importing ${grouped(MANY)}`,
        many.peakMegabytes,
        { floor: 700, goal: 450, better: 'lower' },
        megabytes,
        { ours: megabytes(many.peakMegabytes), peer: '–' },
      ),
    ];
  },
};
