import { z } from 'zod';

export const LANGS = ['en', 'ru', 'fi'] as const;
export const PACK_FILE = 'pack.yaml';
export type Lang = (typeof LANGS)[number];

/** The kinds of records that somebody makes of what happened. */
export const RECORD_KINDS = ['call', 'meeting', 'session', 'message', 'note', 'document'] as const;

/** What a pack may run on: one thing of the record, or the client as a whole. */
export const SUBJECT_KINDS = [...RECORD_KINDS, 'complaint', 'breach', 'restriction', 'party'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/**
 * Who does a step: anybody who works here; owner or manager; another owner or manager than the one who did an earlier
 * step; or nobody, because the program sees by itself when it is over.
 */
export const STEP_ROLES = ['worker', 'manager', 'second', 'clock'] as const;
export type StepRole = (typeof STEP_ROLES)[number];

/** What a procedure begins from: a thing, or words of the record that were selected. */
export const STARTS = ['thing', 'quote'] as const;

/** What stands beside a step on the screen: the card before a meeting, the large buttons in it, what we owe them. */
export const SHOWN = ['preparation', 'live', 'obligations'] as const;

const DUE_UNITS = ['hours', 'days', 'working-days', 'weeks', 'months', 'years'] as const;

/** Two words at least: no text of the program names one by accident, so a search for them finds every one that does. */
const Id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, 'is two words or more, lower case, with hyphens');
const Text = z.string().trim().min(1, 'is empty');
const Texts = z.strictObject({ en: Text, ru: Text, fi: Text });

/** `say` are words to say aloud or to send; a choice that `asks` is made with the words that are asked for. */
const Choice = Texts.extend({ say: Texts.optional(), asks: Texts.optional() });

/** A predicate by its name, or `{name: [arguments]}`. */
const Condition = z.union([z.string(), z.record(z.string(), z.array(z.union([z.string(), z.number()])))]);
const Conditions = z.union([Condition, z.array(Condition)]);

const Due = z.strictObject({
  count: z.number().int().positive(),
  unit: z.enum(DUE_UNITS),
  from: z.union([
    z.enum(['started', 'subject', 'entered', 'reply']),
    z.strictObject({ step: Id }),
    z.strictObject({ letter: Id }),
  ]),
  clockStops: z.array(Id).default([]),
  roll: z.enum(['none', 'next-working-day']).default('none'),
  source: z.string('a due needs the source it comes from'),
});

const Way = z.union([
  z.strictObject({ when: Conditions.optional(), to: Id }),
  z.strictObject({ when: Conditions.optional(), end: Id }),
]);

const Step = z.strictObject({
  id: Id,
  title: Texts,
  text: Texts,
  role: z.enum(STEP_ROLES, `is one of ${STEP_ROLES.join(', ')}`),
  secondTo: Id.optional(),
  due: Due.optional(),
  needs: z.array(Condition).default([]),
  letter: Id.optional(),
  choices: z.record(Id, Choice).default({}),
  shown: z.enum(SHOWN, `is one of ${SHOWN.join(', ')}`).optional(),
  /** The stage of a complaint that begins with this step. */
  stage: z.number().int().min(1).max(2).optional(),
  next: z.array(Way).min(1, 'a step leads somewhere or ends'),
  skip: z.enum(['never', 'safety'], 'is never or safety'),
});

const Source = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(['law', 'contract', 'house']),
  /** A law in the words of its own language; what we say ourselves in each of ours. */
  says: z.union([Text, Texts]),
  paragraph: z.union([Text, Texts]),
  date: z.iso.date('is a date, 2026-05-12'),
  url: z.url().optional(),
  /** False where it was not compared with its own text: whoever reads the date is told. */
  verified: z.boolean('is true or false').default(true),
  /** The last day on which it is known to hold. */
  validUntil: z.iso.date('is a date, 2026-05-12').optional(),
});

/** `pack.yaml` as it is written. */
export const PackSchema = z.strictObject({
  pack: Id,
  version: z.number().int().positive(),
  verified: z.boolean('is true or false'),
  place: Text.nullable(),
  /** What its letters put at stake, where that is more than one answer: a dispute of law, or the end of the work. */
  stake: z.enum(['legal', 'ending'], 'is legal or ending').nullable().default(null),
  validUntil: z.iso.date('is a date, 2026-05-12').optional(),
  starts: z.enum(STARTS, `is one of ${STARTS.join(', ')}`).default('thing'),
  subject: z.array(z.enum(SUBJECT_KINDS, `is one of ${SUBJECT_KINDS.join(', ')}`)).min(1),
  title: Texts,
  about: Texts,
  sources: z.array(Source).min(1, 'a pack says where it comes from'),
  fields: z
    .record(
      Id,
      z.strictObject({ title: Texts, long: z.boolean().default(false), prefill: z.string().optional() }),
    )
    .default({}),
  stops: z.record(Id, Texts).default({}),
  outcomes: z.record(Id, Texts),
  words: z.record(z.string(), Texts).default({}),
  letters: z.record(Id, z.strictObject({ title: Texts, row: z.boolean().default(false) })).default({}),
  steps: z.array(Step).min(1),
});

type Written = z.infer<typeof PackSchema>;
export type Words3 = Readonly<Record<Lang, string>>;

/** A predicate with its arguments. */
export type Need = { readonly predicate: string; readonly args: readonly (string | number)[] };
export type PackWay = {
  readonly when: readonly Need[];
  readonly to: string | null;
  /** The outcome with which the procedure ends here; null when it goes on. */
  readonly end: string | null;
};
export type PackDue = NonNullable<Written['steps'][number]['due']>;
export type PackSource = Written['sources'][number];
export type PackStep = Omit<
  Written['steps'][number],
  'needs' | 'next' | 'letter' | 'secondTo' | 'due' | 'stage' | 'shown'
> & {
  readonly secondTo: string | null;
  readonly due: PackDue | null;
  readonly needs: readonly Need[];
  readonly letter: string | null;
  readonly stage: number | null;
  readonly shown: (typeof SHOWN)[number] | null;
  readonly next: readonly PackWay[];
};

/** A pack as procedures run by it. */
export type Pack = Omit<Written, 'steps' | 'pack'> & {
  readonly id: string;
  readonly steps: readonly PackStep[];
  /** The Markdown of each letter in each language. */
  readonly letterTexts: Readonly<Record<string, Words3>>;
};

/** A pack as bytes: the text of each file by its path inside the pack. */
export type PackFiles = Readonly<Record<string, string>>;

export function packOf(written: Written, letterTexts: Pack['letterTexts']): Pack {
  const { pack, steps, ...rest } = written;
  return { ...rest, id: pack, letterTexts, steps: steps.map(stepOf) };
}

function stepOf(step: Written['steps'][number]): PackStep {
  const { secondTo = null, due = null, letter = null, stage = null, shown = null } = step;
  return {
    ...step,
    secondTo,
    due,
    letter,
    stage,
    shown,
    needs: step.needs.map(needOf),
    next: step.next.map(wayOf),
  };
}

function wayOf(way: Written['steps'][number]['next'][number]): PackWay {
  const when = way.when === undefined ? [] : Array.isArray(way.when) ? way.when : [way.when];
  return { when: when.map(needOf), to: 'to' in way ? way.to : null, end: 'end' in way ? way.end : null };
}

function needOf(condition: z.infer<typeof Condition>): Need {
  if (typeof condition === 'string') return { predicate: condition, args: [] };
  const [[predicate, args] = ['', []]] = Object.entries(condition);
  return { predicate, args };
}

/** The last day on which a source of the pack is known to hold; null where nobody says. */
export function validUntil(pack: Pack, source: PackSource | undefined): string | null {
  return source?.validUntil ?? pack.validUntil ?? null;
}

export function stepIn(pack: Pack, id: string): PackStep | null {
  return pack.steps.find((step) => step.id === id) ?? null;
}

export function letterPath(letter: string, lang: Lang): string {
  return `letters/${letter}.${lang}.md`;
}
