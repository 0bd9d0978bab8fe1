import type { DraftKind, Finding, SignalKind } from '@evenkeel/language/finding';
import { isOutsideHours, localOf, workingDaysBetween } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { type Pace, replyDue } from './hours.ts';
import type { OwnWords } from './reader.ts';
import { type ContentWord, contentWords, sharedWords } from './repeats.ts';
import { hoursBetween, repliesIn, type Turn } from './replies.ts';

/** A message with what was found in it: our own words, or whether theirs ask for an answer. */
export type Mirrored = Turn & {
  readonly lead: string;
  readonly ours: OwnWords | null;
  readonly asks: readonly string[];
};

type Place = { readonly interactionId: string; readonly at: string };

/** Our own side, from what happened and what was written; nothing is guessed, and nothing is kept. */
export type Mirror = {
  readonly answers: { readonly due: number; readonly inTime: number };
  /** What came late, or has not come. */
  readonly late: readonly {
    readonly asked: Place & { readonly quote: string };
    readonly answered: (Place & { readonly isElsewhere: boolean }) | null;
    readonly dueOn: string;
    readonly workDays: number;
  }[];
  /** What we promised; `shownBy` is the first later message of ours that speaks of it. */
  readonly promised: readonly (Place & Mark & { readonly shownBy: Place | null })[];
  readonly rude: readonly (Place & Mark)[];
  readonly outsideHours: readonly (Place & { readonly local: string; readonly quote: string })[];
};

type Mark = Pick<
  Finding<DraftKind | SignalKind>,
  'kind' | 'start' | 'end' | 'quote' | 'confidence' | 'band' | 'why'
>;

/** So much of what was promised must be said again before a later message counts as showing it. */
const SHOWN_SHARE = 0.34;
const SHOWN_WORDS = 2;
/** What speaks of it later than this does not show that a promise was kept. */
const SHOWN_WITHIN_HOURS = 30 * 24;

/**
 * @param messages in order of time
 * @param now when it is looked at
 */
export function mirrorOf(messages: readonly Mirrored[], pace: Pace, now: Instant): Mirror {
  const ours = messages.filter((one) => one.side === 'ours');
  return {
    ...answersIn(messages, pace, now),
    promised: promisesIn(ours),
    rude: ours.flatMap(
      (one) => one.ours?.rude.map((finding) => ({ ...placeOf(one), ...markOf(finding) })) ?? [],
    ),
    outsideHours: ours.flatMap((one) => {
      const local = localOf(pace, one.at);
      if (!one.isTimed || !isOutsideHours(pace, local)) return [];
      return [{ ...placeOf(one), local: `${local.date}T${local.time}`, quote: one.lead }];
    }),
  };
}

function placeOf({ interactionId, at }: Turn): Place {
  return { interactionId, at };
}

function markOf({ kind, start, end, quote, confidence, band, why }: Finding<DraftKind | SignalKind>): Mark {
  return { kind, start, end, quote, confidence, band, why };
}

function answersIn(
  messages: readonly Mirrored[],
  pace: Pace,
  now: Instant,
): Pick<Mirror, 'answers' | 'late'> {
  // Nobody owes an answer to thanks.
  const asked = repliesIn(messages).filter(({ to }) => to.side === 'theirs' && to.asks.length > 0);
  const settled = asked.map(({ to, by, isElsewhere }) => {
    const until = by?.at ?? now;
    const due = replyDue(to.at, pace);
    const answered = by === null ? null : { ...placeOf(by), isElsewhere };
    return {
      asked: { ...placeOf(to), quote: to.asks[0]! },
      answered,
      dueOn: due.date,
      workDays: workingDaysBetween(pace, localOf(pace, to.at).date, localOf(pace, until).date),
      isLate: until > due.at,
    };
  });
  const due = settled.filter(({ answered, isLate }) => answered !== null || isLate);
  const late = due.filter(({ isLate }) => isLate);
  return {
    answers: { due: due.length, inTime: due.length - late.length },
    late: late.map(({ isLate: _, ...rest }) => rest),
  };
}

function promisesIn(ours: readonly Mirrored[]): Mirror['promised'] {
  const said = ours.map(({ ours: own }) => (own ? contentWords({ quote: own.own, lang: own.lang }) : []));
  return ours.flatMap((one, i) =>
    (one.ours?.promised ?? []).map((finding) => {
      const words = contentWords({ quote: finding.quote, lang: one.ours!.lang });
      const shown = ours.findIndex(
        ({ at }, j) => j > i && hoursBetween(one.at, at) <= SHOWN_WITHIN_HOURS && speaksOf(said[j]!, words),
      );
      return { ...placeOf(one), ...markOf(finding), shownBy: shown < 0 ? null : placeOf(ours[shown]!) };
    }),
  );
}

function speaksOf(said: readonly ContentWord[], promised: readonly ContentWord[]): boolean {
  const shared = sharedWords(promised, said);
  return (
    shared >= Math.min(SHOWN_WORDS, promised.length) && shared > 0 && shared / promised.length >= SHOWN_SHARE
  );
}
