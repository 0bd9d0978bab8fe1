import { z } from '@hono/zod-openapi';
import { CiteSchema } from '../interaction/schemas.ts';
import { CLAUSE_KINDS } from './clause.ts';
import { RUNG_ACTIONS } from './ladder.ts';
import { ClauseShort, DateText, done, LangSchema, Line, WordedSchema, Words, ways } from './schemas.ts';

const RungSchema = z.strictObject({
  action: z.enum(RUNG_ACTIONS),
  says: WordedSchema,
  text: WordedSchema,
  reviewDays: z.number().int().max(366),
  leavesOpen: ways,
});
const LadderShape = z
  .strictObject({ says: WordedSchema, rungs: z.array(RungSchema).max(20), appeal: WordedSchema })
  .openapi('Ladder');
export const SuggestionsSchema = z
  .object({
    ladders: z.array(
      z.object({
        serves: z.array(z.enum(CLAUSE_KINDS)),
        profile: z.string().nullable(),
        says: WordedSchema,
        rungs: z.array(RungSchema),
        appeal: WordedSchema,
      }),
    ),
    clauses: z.array(
      z.object({ kind: z.enum(CLAUSE_KINDS), profile: z.string().nullable(), says: WordedSchema }),
    ),
    broken: z.array(z.object({ file: z.string(), reason: z.string() })),
  })
  .openapi('AgreementSuggestions');
export const ClauseKindSchema = z.enum(CLAUSE_KINDS);
export const BoundaryWishSchema = z.strictObject({
  clauseId: z.uuid().nullable(),
  says: Words,
  ladder: LadderShape,
});
export const BreachWishSchema = z.strictObject({
  cite: CiteSchema.nullable(),
  note: Words.nullable().default(null),
});
const AnswersSchema = z.strictObject({ ownHandling: Words, otherWay: Words });
export const StepWishSchema = z.strictObject({
  rung: z.number().int().min(0),
  lang: LangSchema,
  words: z.string().max(20_000),
  proofId: z.uuid().nullable().default(null),
  reviewOn: DateText.nullable().default(null),
});
export const DecisionWishSchema = StepWishSchema.extend({
  safety: z
    .strictObject({
      reason: Words,
      outsider: z.strictObject({ name: Line, proof: z.uuid() }).nullable().default(null),
    })
    .nullable()
    .default(null),
  answers: AnswersSchema.nullable().default(null),
});
export const ReviewSchema = z.strictObject({ reason: Words, reviewOn: DateText });
export const ProvingSchema = z.strictObject({ proofId: z.uuid() });

export const BoundariesSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string(),
          number: z.number().int(),
          state: z.enum(['kept', 'lifted']),
          clauseId: z.string(),
          says: z.string(),
          ladder: LadderShape,
          reviewOn: z.string().nullable(),
          setAt: z.string(),
          setBy: z.string(),
          clause: ClauseShort,
          count: z.number().int(),
          breaches: z.array(
            z.object({
              id: z.string(),
              boundaryId: z.string(),
              partyId: z.string(),
              number: z.number().int(),
              isWithdrawn: z.boolean(),
              cite: CiteSchema,
              happenedAt: z.string(),
              note: z.string().nullable(),
              withdrawnReason: z.string().nullable(),
              ...done,
            }),
          ),
          steps: z.array(
            z.object({
              id: z.string(),
              boundaryId: z.string(),
              breachId: z.string(),
              rung: z.number().int(),
              lang: z.string(),
              words: z.string(),
              proofId: z.string().nullable(),
              safety: z.object({ reason: z.string(), looked: z.string() }).nullable(),
              answers: AnswersSchema.nullable(),
              reviewOn: z.string().nullable(),
              ...done,
            }),
          ),
          next: z.object({
            index: z.number().int(),
            action: z.enum(RUNG_ACTIONS),
            says: WordedSchema,
            isSenior: z.boolean(),
            needsAnswers: z.boolean(),
            breachId: z.string().nullable(),
            reviewOn: z.string(),
            lang: LangSchema,
            texts: WordedSchema,
            appeals: WordedSchema,
          }),
        })
        .openapi('Boundary'),
    ),
  })
  .openapi('Boundaries');
export const KeepingSchema = z
  .object({
    counted: z.enum(['messages-in-hours', 'answers-in-time', 'messages-in-tone']).nullable(),
    of: z.number().int(),
    kept: z.number().int(),
    slips: z.array(z.object({ interactionId: z.string(), at: z.string(), quote: z.string() })),
    zone: z.string(),
  })
  .openapi('OurKeeping');
