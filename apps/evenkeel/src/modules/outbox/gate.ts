import { addWorkingDays, type Calendar, isWorkingDay, localOf, writtenLocal } from '../../kernel/calendar.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import type { RecordLine } from '../signal/draft-record.ts';

/** Which letters a second person looks at: none, those with warnings, those of a dispute of law or of an end. */
export const SECOND_RULES = ['never', 'warnings', 'grave'] as const;

/** What letters wait for here before they leave. */
export type SendingRules = {
  /** Seconds in which a letter can be taken back; 0 for none. */
  readonly undoSec: number;
  /** Minutes after which a letter written in heat is looked at again; 0 turns it off. */
  readonly coolingMin: number;
  readonly second: (typeof SECOND_RULES)[number];
};

export const FIRST_RULES: SendingRules = { undoSec: 15, coolingMin: 30, second: 'never' };

export const STANDING_RULES = [
  'undo',
  'own-words',
  'record',
  'not-checked',
  'their-words',
  'second-person',
  'nobody-else',
  'hours',
  'restriction-way',
  'restriction-writing',
  'restriction-hours',
  'restriction-how-often',
  'restriction-contact',
  'counsel',
] as const;

/** One thing that stands against a letter leaving now, or that whoever sends it should know. */
export type Standing = {
  readonly rule: (typeof STANDING_RULES)[number];
  /** When it is over, or, of what forbids, since when it holds; null where only a person ends it. */
  readonly at: Instant | null;
  /** Kinds of marked words, ours or theirs; of the record, how it says otherwise. */
  readonly kinds: readonly string[];
  /** The message, restriction or case that it comes from. */
  readonly id: string | null;
  readonly number: number | null;
  /** The words of the record that ours met; facts from before there were any have none. */
  readonly line?: RecordLine | null;
};

/** How the record speaks against our words: `denied-promise`, `holiday: Midsummer Eve`; where a line of it says so, that line. */
export type OfRecord = { readonly says: string; readonly line: RecordLine | null };

/** What speaks against our words: kinds of warnings in them, and what only the record shows. */
export type Warnings = { readonly kinds: readonly string[]; readonly ofRecord: readonly OfRecord[] };

/** What persons did to a letter that waits. */
export type Acts = {
  readonly isApproved: boolean;
  readonly lookedAt: Instant | null;
  /** Sent all the same, with a reason; for the safety of somebody it waits for no second person either. */
  readonly hurried: { readonly forSafety: boolean } | null;
};

export const NO_ACTS: Acts = { isApproved: false, lookedAt: null, hurried: null };

/** All that the gate decides from. */
export type Circumstances = {
  readonly now: Instant;
  readonly askedAt: Instant;
  readonly rules: SendingRules;
  /** Whether nobody else works here who could look. */
  readonly isAlone: boolean;
  /** Whether the letter is of a dispute of law or of an end. */
  readonly isGrave: boolean;
  /** Null when nobody could look, undefined when no rule asks. */
  readonly warnings: Warnings | null | undefined;
  /** Their newest message, when it is of the last day and marked as hostile or as a threat. */
  readonly theirs: { readonly id: string; readonly kinds: readonly string[] } | null;
  /** When our hours begin again; null within them. */
  readonly opens: Instant | null;
  readonly wantsOpening: boolean;
  /** What forbids this channel or person. */
  readonly forbidden: readonly Standing[];
  readonly acts: Acts;
};

/**
 * `leaves` now; `waits` and leaves by itself at `until`; `look`: a person looks again and sends it; `second-person`:
 * somebody else must approve it; `forbidden`: it does not leave.
 */
export type Verdict = {
  readonly verdict: 'leaves' | 'waits' | 'look' | 'second-person' | 'forbidden';
  readonly until: Instant | null;
  readonly standing: readonly Standing[];
};

/** The one place that decides whether a letter leaves, and names everything that stands against it. */
export function weigh(circumstances: Circumstances): Verdict {
  const { now, forbidden, acts, wantsOpening } = circumstances;
  if (forbidden.length > 0) return { verdict: 'forbidden', until: null, standing: forbidden };
  const second = secondPerson(circumstances);
  const cooling = acts.hurried ? [] : coolingOff(circumstances);
  const hours = hoursOf(circumstances);
  const undo = acts.hurried || cooling.length > 0 ? [] : undoOf(circumstances);
  const standing = [...second, ...cooling, ...hours, ...undo];
  const later = [...undo, ...(wantsOpening ? hours : [])].flatMap(({ at }) => (at && at > now ? at : []));
  if (second.some(({ rule }) => rule === 'second-person'))
    return { verdict: 'second-person', until: null, standing };
  if (cooling.length > 0) return { verdict: 'look', until: null, standing };
  const until = later.toSorted().at(-1) ?? null;
  return { verdict: until ? 'waits' : 'leaves', until, standing };
}

function standing(rule: Standing['rule'], more: Partial<Standing> = {}): Standing {
  return { rule, at: null, kinds: [], id: null, number: null, ...more };
}

function secondPerson({ rules, warnings, isGrave, isAlone, acts }: Circumstances): readonly Standing[] {
  const hasWarnings = !warnings || warnings.kinds.length + warnings.ofRecord.length > 0;
  const asks = { never: false, warnings: hasWarnings, grave: isGrave }[rules.second];
  if (!asks || acts.isApproved || acts.hurried?.forSafety) return [];
  return [standing(isAlone ? 'nobody-else' : 'second-person')];
}

/** Heat on either side is a reason to look again, not to be quicker. */
function coolingOff({ rules, warnings, theirs, askedAt, acts }: Circumstances): readonly Standing[] {
  const at = instantOf(Date.parse(askedAt) + rules.coolingMin * 60_000);
  if (rules.coolingMin === 0 || (acts.lookedAt !== null && acts.lookedAt >= at)) return [];
  return [
    ...(warnings === null ? [standing('not-checked', { at })] : []),
    ...(warnings && warnings.kinds.length > 0 ? [standing('own-words', { at, kinds: warnings.kinds })] : []),
    ...(warnings ? warnings.ofRecord.map((one) => byRecord(one, at)) : []),
    ...(theirs ? [standing('their-words', { at, ...theirs })] : []),
  ];
}

function byRecord({ says, line }: OfRecord, at: Instant): Standing {
  return standing('record', {
    ...{ at, kinds: [says], line },
    ...{ id: line?.interactionId ?? null, number: line?.number ?? null },
  });
}

function hoursOf({ opens, acts }: Circumstances): readonly Standing[] {
  return opens && !acts.hurried ? [standing('hours', { at: opens })] : [];
}

function undoOf({ rules, askedAt, now }: Circumstances): readonly Standing[] {
  const at = instantOf(Date.parse(askedAt) + rules.undoSec * 1000);
  return at > now ? [standing('undo', { at })] : [];
}

/** When the next working day begins, or this one; asked only outside hours. */
export function nextOpening(calendar: Calendar, at: Instant): Instant {
  const { date, time } = localOf(calendar, at);
  const isStillToCome = isWorkingDay(calendar, date) && time < calendar.from;
  const day = isStillToCome ? date : addWorkingDays(calendar, date, 1);
  return writtenLocal(calendar, `${day}T${calendar.from}:00`);
}
