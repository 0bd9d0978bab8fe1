import { z } from '@hono/zod-openapi';
import { CiteSchema } from '../interaction/schemas.ts';
import { LANGS, SHOWN, STARTS, STEP_ROLES, SUBJECT_KINDS } from './pack.ts';
import { HAND_WAYS } from './procedure.ts';

const At = z.iso.datetime();
export const LangSchema = z.enum(LANGS);
const Words = z.object({ en: z.string(), ru: z.string(), fi: z.string() }).openapi('WordsInThree');
const Source = z.object({
  kind: z.enum(['law', 'contract', 'house']),
  says: Words,
  url: z.string().nullable(),
  validUntil: z.iso.date().nullable(),
});
const Titled = z.object({ id: z.string(), title: Words });
const Choice = Titled.extend({ say: Words.nullable(), asks: Words.nullable(), isLeaving: z.boolean() });

const PackLineSchema = z
  .object({
    id: z.string(),
    version: z.number().int(),
    title: Words,
    about: Words,
    place: z.string().nullable(),
    validUntil: z.iso.date().nullable(),
    starts: z.enum(STARTS),
    isVerified: z.boolean(),
    subjects: z.array(z.enum(SUBJECT_KINDS)),
    steps: z.number().int(),
    sources: z.array(Source),
  })
  .openapi('ProcedurePack');

export const PackListSchema = z
  .object({
    packs: z.array(
      PackLineSchema.extend({
        isHere: z
          .boolean()
          .openapi({ description: 'Whether it is made for where we are, or for everywhere' }),
        sha256: z.string(),
        isYours: z.boolean(),
      }),
    ),
    broken: z.array(z.object({ file: z.string(), line: z.number().int().nullable(), reason: z.string() })),
  })
  .openapi('ProcedurePackList');

const DueSchema = z
  .object({ at: At, date: z.iso.date(), isWholeDay: z.boolean(), why: z.string().nullable() })
  .openapi('StepDue');

const Done = z.object({
  at: At,
  actor: z.string(),
  isSkipped: z.boolean(),
  choice: z.string().nullable(),
  reason: z.string().nullable(),
  second: z.looseObject({ who: z.enum(['member', 'outsider', 'nobody-else']), says: z.string() }).nullable(),
});
const Visit = z.object({
  step: z.string(),
  visit: z.number().int(),
  enteredAt: At,
  because: z.uuid().nullable(),
  due: DueSchema.nullable(),
  done: Done.nullable(),
});

const StepSchema = z
  .object({
    id: z.string(),
    title: Words,
    text: Words,
    role: z.enum(STEP_ROLES),
    letter: z.string().nullable(),
    skip: z.enum(['never', 'safety']),
    state: z.enum(['done', 'skipped', 'now', 'ahead', 'not-needed']),
    shown: z.enum(SHOWN).nullable(),
    choices: z.array(Choice),
    visits: z.array(Visit),
  })
  .openapi('ProcedureStep');

const StandingSchema = z
  .object({
    kind: z.enum(['point', 'promise', 'offer', 'sum']),
    side: z.enum(['ours', 'theirs']),
    id: z.uuid(),
    number: z.number().int(),
    says: z.string(),
    dueOn: z.iso.date().nullable(),
  })
  .openapi('Standing');

const NowSchema = z
  .object({
    step: z.string(),
    number: z.number().int(),
    of: z.number().int(),
    needs: z.array(
      z.object({
        predicate: z.string(),
        args: z.array(z.union([z.string(), z.number()])),
        holds: z.boolean(),
      }),
    ),
    choices: z.array(Choice),
    due: DueSchema.nullable(),
    source: Source.nullable(),
    isMine: z.boolean(),
    second: z
      .object({
        firstActor: z.string().nullable(),
        isAlone: z.boolean(),
        asked: z.object({ step: z.string(), at: At, reason: z.string(), until: At }).nullable(),
      })
      .nullable(),
    stoppable: z.array(Titled),
    isStopped: z.boolean(),
    because: z.uuid().nullable(),
    /** Null where the step does not look at it. */
    standing: z.array(StandingSchema).nullable(),
  })
  .openapi('ProcedureNow');

const FinishedLetterSchema = z.object({
  id: z.uuid(),
  letter: z.string(),
  lang: LangSchema,
  subject: z.string(),
  sha256: z.string(),
  finishedAt: At,
  by: z.string(),
  handedOverAt: At.nullable(),
  way: z.enum([...HAND_WAYS, 'sent']).nullable(),
  interactionId: z.uuid().nullable(),
  proofId: z.uuid().nullable(),
});

export const PairSchema = z
  .object({
    procedureId: z.uuid(),
    first: z.uuid(),
    second: z.uuid(),
    replies: z.array(z.uuid()),
  })
  .openapi('ExhibitPair');

const SubjectSchema = z.object({ kind: z.enum(SUBJECT_KINDS), id: z.uuid() });

export const ProcedureSchema = z
  .object({
    id: z.uuid(),
    partyId: z.uuid(),
    reason: z.string().nullable(),
    startedAt: At,
    startedBy: z.string(),
    endedAt: At.nullable(),
    endReason: z.string().nullable(),
    subject: SubjectSchema.extend({ interactionId: z.uuid().nullable() }),
    cite: CiteSchema.extend({ at: At.nullable() }).nullable(),
    pack: PackLineSchema,
    outcome: Titled.nullable(),
    steps: z.array(StepSchema),
    now: NowSchema.nullable(),
    stops: z.array(
      z.object({
        stop: z.string(),
        title: Words.nullable(),
        from: At,
        until: At.nullable(),
        reason: z.string(),
        actor: z.string(),
      }),
    ),
    letters: z.array(FinishedLetterSchema.extend({ title: Words })),
    noteFindings: z.number().int().nullable(),
    pairs: z.array(PairSchema),
  })
  .openapi('Procedure');

export const ProcedurePageSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        partyId: z.uuid(),
        startedAt: At,
        startedBy: z.string(),
        endedAt: At.nullable(),
        dueAt: At.nullable(),
        subject: SubjectSchema,
        title: Words,
        isVerified: z.boolean(),
        step: z
          .object({
            title: Words,
            number: z.number().int(),
            of: z.number().int(),
            role: z.enum(STEP_ROLES),
          })
          .nullable(),
        outcome: Words.nullable(),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('ProcedurePage');

export const LetterSchema = z
  .object({
    letter: z.string(),
    title: Words,
    lang: LangSchema,
    theirLang: LangSchema.nullable(),
    to: z.object({ name: z.string(), address: z.string().nullable() }),
    from: z.object({ name: z.string(), address: z.string().nullable() }).openapi({
      description: 'The name of ours that they know, and the address of ours that they write to',
    }),
    foreignNames: z.array(z.string()).openapi({
      description: 'Names of ours that stand in it and that they do not know',
    }),
    subject: z.string(),
    text: z.string(),
    template: z.string(),
    fields: z.array(
      z.object({
        name: z.string(),
        title: Words.nullable(),
        isLong: z.boolean(),
        value: z.string().nullable(),
      }),
    ),
    missing: z.array(z.string()),
    finished: FinishedLetterSchema.extend({ text: z.string() }).nullable(),
  })
  .openapi('ProcedureLetter');

export const StartedSchema = z.object({ id: z.uuid() }).openapi('ProcedureStarted');

const Word = z.string().max(200);
const Why = z.string().max(10_000);

export const StartBody = z
  .strictObject({
    pack: Word,
    partyId: z.uuid(),
    subject: SubjectSchema,
    reason: Why.nullable().default(null),
    cite: CiteSchema.nullable().default(null),
  })
  .openapi('ProcedureStart');

export const DoBody = z
  .strictObject({
    choice: Word.nullable().default(null),
    reason: Why.nullable().default(null),
    outsider: z
      .strictObject({ name: z.string().max(200), proof: z.uuid() })
      .nullable()
      .default(null),
  })
  .openapi('StepDoing');

export const ReasonBody = z.strictObject({ reason: Why }).openapi('ProcedureReason');

export const StopBody = z
  .strictObject({ stop: Word, from: At.nullable().default(null), reason: Why })
  .openapi('ClockStopping');
export const RestartBody = z
  .strictObject({ until: At.nullable().default(null), reason: Why })
  .openapi('ClockRestarting');

const LETTER_LENGTH = 100_000;
export const DraftBody = z
  .strictObject({
    lang: LangSchema,
    fields: z.record(Word, z.string().max(LETTER_LENGTH)).default({}),
    text: z.string().max(LETTER_LENGTH).nullable().default(null),
  })
  .openapi('LetterDraft');
const ConfirmedNames = z.array(z.string().max(200)).max(50).default([]).openapi({
  description: 'Names of ours that they do not know and may be shown',
});
export const FinishBody = z
  .strictObject({ lang: LangSchema, confirmedNames: ConfirmedNames })
  .openapi('LetterFinishing');
export const HandBody = z
  .strictObject({
    way: z.enum(HAND_WAYS),
    /** With the offset of the place where it was sent. */
    at: z.iso.datetime({ offset: true }).nullable().default(null),
    confirmedNames: ConfirmedNames,
  })
  .openapi('LetterHandingOver');
export const ProofBody = z.strictObject({ interactionId: z.uuid() }).openapi('LetterProof');
