import { CONDUCT_CATEGORIES } from '@evenkeel/language/conduct';
import { ASK_KINDS, DRAFT_KINDS, INQUIRY_KINDS, NOTE_KINDS, SIGNAL_KINDS } from '@evenkeel/language/finding';
import { z } from '@hono/zod-openapi';
import { COURSE_MEASURES } from './course.ts';
import { RECORD_KINDS, RECORD_THINGS } from './draft-record.ts';

export const BandSchema = z.enum(['low', 'possible', 'clear']);
export const LangSchema = z.enum(['en', 'ru', 'fi']);
export const GroundSchema = z.enum(['not_looked_at', 'founded', 'partly', 'unfounded', 'not_ours']);
export const SignalKindSchema = z.enum(SIGNAL_KINDS);

/** Offsets count UTF-16 code units of the text that was given. */
const found = {
  start: z.number().int(),
  end: z.number().int(),
  quote: z.string(),
  confidence: z.number(),
  band: BandSchema,
  why: z.string(),
};
const made = { ...found, pack: z.string(), engine: z.string() };
const Place = z.object({ interactionId: z.string(), at: z.string() });

const SignalSchema = z
  .object({
    id: z.string(),
    interactionId: z.string(),
    at: z.string(),
    kind: SignalKindSchema,
    ...made,
    verdicts: z.array(
      z.object({
        verdict: z.enum(['confirmed', 'dismissed']),
        name: z.string(),
        at: z.string(),
        note: z.string().nullable(),
      }),
    ),
  })
  .openapi('Signal');

/** How many of each kind; kinds that were not met are absent. */
const KindCounts = z.record(z.string(), z.number().int());
const counts = {
  kinds: KindCounts,
  /** By kind of conduct; what is somebody's right is not among them. */
  conduct: KindCounts,
};

export const SignalPageSchema = z
  .object({
    items: z.array(SignalSchema),
    next: z.string().nullable(),
    ...counts,
    read: z.number().int(),
    unattributed: z.number().int(),
    outdated: z.number().int(),
  })
  .openapi('SignalPage');

export const SignalListSchema = z.object({ items: z.array(SignalSchema) }).openapi('SignalList');

export const NewSignalsSchema = z
  .object({
    since: z.string(),
    upTo: z.number().int(),
    ...counts,
    items: z.array(
      SignalSchema.extend({ party: z.object({ id: z.string(), name: z.string() }).nullable() }).openapi(
        'NewSignal',
      ),
    ),
  })
  .openapi('NewSignals');

const DifferenceSchema = z.object({
  total: z.number().int(),
  kinds: KindCounts,
  samples: z.array(
    z.object({
      interactionId: z.string(),
      at: z.string(),
      kind: SignalKindSchema,
      start: z.number().int(),
      end: z.number().int(),
      quote: z.string(),
      band: BandSchema,
      why: z.string(),
    }),
  ),
});
export const ChangesSchema = z
  .object({
    method: z.string(),
    outdated: z.number().int(),
    added: DifferenceSchema,
    removed: DifferenceSchema,
    kept: z.number().int(),
  })
  .openapi('SignalChanges');

const BeforeSchema = Place.extend({ number: z.number().int(), quote: z.string(), overlap: z.number() });
const ask = {
  number: z.number().int(),
  ...made,
  ground: GroundSchema,
  before: z.array(BeforeSchema),
};

export const AskPageSchema = z
  .object({
    items: z.array(
      Place.extend({
        kind: z.enum([...ASK_KINDS, 'indecision']),
        threadId: z.string().nullable(),
        lang: z.string(),
        ...ask,
      }),
    ),
    total: z.number().int(),
  })
  .openapi('AskPage');

/** Whether a message needs a reply at all; null where that cannot be said. */
export const ReplyNeedSchema = z
  .object({
    is: z.enum(['nothing-asked', 'answered', 'partly-new']),
    count: z.number().int(),
    mayBeFiled: z.boolean(),
  })
  .nullable();

export const TextReadSchema = z
  .object({
    lang: z.string(),
    need: ReplyNeedSchema,
    cutAt: z.number().int().nullable(),
    asks: z.array(z.object({ kind: z.enum(ASK_KINDS), ...ask })),
    findings: z.array(z.object({ kind: SignalKindSchema, ...made })),
    inquiry: z.array(z.object({ kind: z.enum(INQUIRY_KINDS), ...made, phrase: z.string().nullable() })),
  })
  .openapi('TextRead');

export const RecordLineSchema = z
  .object({
    what: z.enum(RECORD_THINGS),
    number: z.number().int().nullable(),
    side: z.enum(['ours', 'theirs']),
    quote: z.string(),
    at: z.string().nullable(),
    interactionId: z.string().nullable(),
    start: z.number().int().nullable(),
    end: z.number().int().nullable(),
  })
  .openapi('RecordLine');

export const DraftReadSchema = z
  .object({
    lang: z.string(),
    known: z.array(z.string()),
    harder: z.object({ draft: z.number().int(), theirs: z.number().int() }).nullable(),
    findings: z.array(
      z.object({
        kind: z.enum([...DRAFT_KINDS, ...RECORD_KINDS]),
        ...made,
        level: z.enum(['warning', 'note']),
        phrase: z.string().nullable(),
        record: RecordLineSchema.nullable(),
        instead: z.array(z.string()),
      }),
    ),
  })
  .openapi('DraftRead');

export const NoteReadSchema = z
  .object({
    lang: z.string(),
    findings: z.array(z.object({ kind: z.enum(NOTE_KINDS), ...made, phrase: z.string().nullable() })),
  })
  .openapi('NoteRead');

export const PackStateSchema = z
  .object({
    engine: z.string(),
    packs: z.array(
      z.object({
        lang: z.string(),
        version: z.string(),
        rules: z.number().int(),
        isYours: z.boolean(),
      }),
    ),
    broken: z.array(z.object({ file: z.string(), line: z.number().int().nullable(), reason: z.string() })),
  })
  .openapi('PackState');

export const ConductSchema = z
  .object({
    categories: z.array(z.enum(CONDUCT_CATEGORIES)),
    kinds: z.record(
      z.string(),
      z.object({
        category: z.enum(CONDUCT_CATEGORIES).nullable(),
        isRight: z.boolean(),
        isSafety: z.boolean(),
        signs: z.array(z.number().int()),
      }),
    ),
  })
  .openapi('ConductMap');

/** The response time that was agreed with a client. */
export const ResponseTimeSchema = z
  .object({
    count: z.number().int(),
    unit: z.enum(['hours', 'days', 'working-days', 'weeks']),
  })
  .openapi('ResponseTime');
const PaceSchema = z.object({
  zone: z.string(),
  workDays: z.array(z.number().int()),
  from: z.string(),
  until: z.string(),
  replyDays: z.number().int(),
  agreed: ResponseTimeSchema.nullable(),
});
const LookedSchema = z.object({
  messages: z.number().int(),
  untimed: z.number().int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
  isCut: z.boolean(),
});
const Mark = Place.extend({ kind: z.string(), ...found });

export const MirrorSchema = z
  .object({
    looked: LookedSchema,
    pace: PaceSchema,
    answers: z.object({ due: z.number().int(), inTime: z.number().int() }),
    late: z.array(
      z.object({
        asked: Place.extend({ quote: z.string() }),
        answered: Place.extend({ isElsewhere: z.boolean() }).nullable(),
        dueOn: z.string(),
        workDays: z.number().int(),
      }),
    ),
    promised: z.array(Mark.extend({ shownBy: Place.nullable() })),
    rude: z.array(Mark),
    outsideHours: z.array(Place.extend({ local: z.string(), quote: z.string() })),
  })
  .openapi('Mirror');

const WeekSchema = z.object({
  messages: z.number().int(),
  recipients: z.number().nullable(),
  replyHours: z.number().nullable(),
  marked: z.number().nullable(),
  toxicity: z.number().nullable(),
  threats: z.number().int(),
  behind: z.array(Place.extend({ quote: z.string().nullable() })),
});
const LevelSchema = z.object({ mean: z.number(), n: z.number().int() });
const SideSchema = z.enum(['theirs', 'ours']);

export const CourseSchema = z
  .object({
    looked: LookedSchema,
    zone: z.string(),
    method: z.object({ name: z.string(), significance: z.number(), fewest: z.number().int() }),
    weeks: z.array(z.object({ week: z.string(), theirs: WeekSchema, ours: WeekSchema })),
    changes: z.array(
      z.object({
        side: SideSchema,
        measure: z.enum(COURSE_MEASURES),
        at: z.string(),
        before: LevelSchema,
        after: LevelSchema,
        p: z.number(),
        behind: z.array(Place.extend({ quote: z.string().nullable(), value: z.number() })),
      }),
    ),
    tooFew: z.array(z.object({ side: SideSchema, measure: z.enum(COURSE_MEASURES), n: z.number().int() })),
  })
  .openapi('Course');

export const SwitchSchema = z
  .object({
    id: z.string(),
    rule: z.string(),
    partyId: z.string().nullable(),
    reason: z.string(),
    offBy: z.string(),
    offAt: z.string(),
    onBy: z.string().nullable(),
    onAt: z.string().nullable(),
  })
  .openapi('RuleSwitch');

/** `09:00`, on a clock that has 24 hours. */
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const settings = {
  profile: z.enum(['performer']).nullable(),
  place: z.string().max(20).nullable(),
  replyDays: z.number().int().min(0).max(60),
  workDays: z.array(z.number().int().min(1).max(7)).max(7),
  workFrom: TimeOfDay,
  workUntil: TimeOfDay,
};
export const SettingsSchema = z.object({ ...settings, zone: z.string() }).openapi('LanguageSettings');
export const SettingsWishSchema = z.strictObject(settings).partial();
