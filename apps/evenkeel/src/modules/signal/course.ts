import { localOf } from '../../kernel/calendar.ts';
import { type ChangePoint, changePoints } from './change-points.ts';
import { weekOf, weeksBetween } from './hours.ts';
import type { Measure } from './reader.ts';
import { hoursBetween, repliesIn, type Turn } from './replies.ts';

export const COURSE_MEASURES = [
  'frequency',
  'recipients',
  'replyHours',
  'marked',
  'toxicity',
  'threats',
] as const;
export type CourseMeasure = (typeof COURSE_MEASURES)[number];
export type Side = 'theirs' | 'ours';

export type Measured = Turn & {
  readonly recipients: number;
  readonly lead: string;
  readonly measure: Measure;
};

/** One side's week. Means over its messages; null where there is nothing to take a mean of. */
export type Week = {
  readonly messages: number;
  readonly recipients: number | null;
  readonly replyHours: number | null;
  /** Share of the own words that is marked, 0…1. */
  readonly marked: number | null;
  readonly toxicity: number | null;
  readonly threats: number;
  /** What the week rests on: of each message its surest marked words, else its first ones. */
  readonly behind: readonly Pick<Behind, 'interactionId' | 'at' | 'quote'>[];
};

/** One value of a curve, and what it was read from. */
export type Behind = {
  readonly interactionId: string;
  readonly at: string;
  readonly quote: string | null;
  readonly value: number;
};

export type CourseChange = Omit<ChangePoint, 'at'> & {
  readonly side: Side;
  readonly measure: CourseMeasure;
  readonly at: string;
  /** What the new level rests on, the strongest first. */
  readonly behind: readonly Behind[];
};

export type Course = {
  readonly weeks: readonly { readonly week: string; readonly theirs: Week; readonly ours: Week }[];
  readonly changes: readonly CourseChange[];
  readonly tooFew: readonly { readonly side: Side; readonly measure: CourseMeasure; readonly n: number }[];
};

const SIDES: readonly Side[] = ['theirs', 'ours'];
const BEHIND_SHOWN = 8;
const WEEK_SHOWN = 50;

/** Both sides of a relationship over time, and where a curve moves to another level. */
export function courseOf(messages: readonly Measured[], zone: string): Course {
  const timed = messages.filter(({ isTimed }) => isTimed);
  if (timed.length === 0) return { weeks: [], changes: [], tooFew: [] };
  const weekNames = new Map(timed.map((one) => [one.interactionId, weekOf(localOf({ zone }, one.at))]));
  const inWeeks = weeksBetween(
    weekNames.get(timed[0]!.interactionId)!,
    weekNames.get(timed.at(-1)!.interactionId)!,
  );
  const delays = delaysOf(timed);
  const weekly = (side: Side, week: string) =>
    timed.filter((one) => one.side === side && weekNames.get(one.interactionId) === week);
  const weeks = inWeeks.map((week) => ({
    week,
    theirs: weekFrom(weekly('theirs', week), delays),
    ours: weekFrom(weekly('ours', week), delays),
  }));
  const curves = SIDES.flatMap((side) => [
    { side, measure: 'frequency' as const, values: frequencies(inWeeks, (week) => weekly(side, week)) },
    ...curvesOf(
      side,
      timed.filter((one) => one.side === side),
      delays,
    ),
  ]);
  return { weeks, ...changesIn(curves) };
}

/** Hours each answer took, by the message that answered. */
type Delays = ReadonlyMap<string, number>;

function delaysOf(messages: readonly Measured[]): Delays {
  return new Map(
    repliesIn(messages).flatMap(({ to, by, isElsewhere }) =>
      by === null || isElsewhere ? [] : [[by.interactionId, hoursBetween(to.at, by.at)] as const],
    ),
  );
}

function weekFrom(messages: readonly Measured[], delays: Delays): Week {
  const mean = (measured: (one: Measured) => number | null | undefined) => {
    const values = messages.map(measured).filter((value): value is number => typeof value === 'number');
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return {
    messages: messages.length,
    recipients: mean(({ recipients }) => recipients),
    replyHours: mean(({ interactionId }) => delays.get(interactionId)),
    marked: mean(markedShare),
    toxicity: mean(({ measure }) => measure.toxicity),
    threats: messages.reduce((sum, { measure }) => sum + measure.threats, 0),
    behind: messages.slice(0, WEEK_SHOWN).map((one) => ({
      interactionId: one.interactionId,
      at: one.at,
      quote: one.measure.quotes[0] ?? one.lead,
    })),
  };
}

function markedShare({ measure: { ownUnits, markedUnits } }: Measured): number | null {
  return ownUnits === 0 ? null : Math.min(1, markedUnits / ownUnits);
}

type Curve = { readonly side: Side; readonly measure: CourseMeasure; readonly values: readonly Point[] };
type Point = { readonly value: number; readonly at: string; readonly from: readonly Behind[] };

function frequencies(
  weeks: readonly string[],
  messagesIn: (week: string) => readonly Measured[],
): readonly Point[] {
  return weeks.map((week) => {
    const messages = messagesIn(week);
    return {
      value: messages.length,
      at: messages[0]?.at ?? `${week}T00:00:00.000Z`,
      from: messages.map((one) => behind(one, messages.length, one.lead)),
    };
  });
}

function curvesOf(side: Side, messages: readonly Measured[], delays: Delays): readonly Curve[] {
  const curve = (
    measure: CourseMeasure,
    measured: (one: Measured) => number | null | undefined,
    quoteOf: (one: Measured) => string | null,
  ): Curve => {
    const values = messages.flatMap((one) => {
      const value = measured(one);
      return typeof value === 'number'
        ? [{ value, at: one.at, from: [behind(one, value, quoteOf(one))] }]
        : [];
    });
    return { side, measure, values };
  };
  const marked = ({ measure }: Measured) => measure.quotes[0] ?? null;
  const lead = (one: Measured) => one.lead;
  return [
    curve('recipients', ({ recipients }) => recipients, lead),
    curve('replyHours', ({ interactionId }) => delays.get(interactionId), lead),
    curve('marked', markedShare, marked),
    curve(
      'toxicity',
      ({ measure }) => measure.toxicity,
      (one) => marked(one) ?? one.lead,
    ),
    curve('threats', ({ measure }) => measure.threats, marked),
  ];
}

function behind({ interactionId, at }: Measured, value: number, quote: string | null): Behind {
  return { interactionId, at, quote, value };
}

function changesIn(curves: readonly Curve[]): Pick<Course, 'changes' | 'tooFew'> {
  const changes: CourseChange[] = [];
  const tooFew: Course['tooFew'][number][] = [];
  for (const { side, measure, values } of curves) {
    const found = changePoints(values.map(({ value }) => value));
    if (found === 'too-few') tooFew.push({ side, measure, n: values.length });
    else for (const change of found) changes.push(described(change, side, measure, values));
  }
  return { changes: changes.sort((one, other) => (one.at < other.at ? -1 : 1)), tooFew };
}

function described(
  { at, before, after, p }: ChangePoint,
  side: Side,
  measure: CourseMeasure,
  values: readonly Point[],
): CourseChange {
  const level = values.slice(at, at + after.n).flatMap(({ from }) => from);
  const direction = after.mean >= before.mean ? 1 : -1;
  const strongest = level
    .toSorted((one, other) => direction * (other.value - one.value) || (one.at < other.at ? -1 : 1))
    .slice(0, BEHIND_SHOWN);
  return { side, measure, at: values[at]!.at, before, after, p, behind: strongest };
}
