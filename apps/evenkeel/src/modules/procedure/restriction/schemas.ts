import { z } from '@hono/zod-openapi';
import { WAYS } from '../../agreement/clause.ts';
import { CiteSchema } from '../../interaction/schemas.ts';
import { APPEAL_OUTCOMES } from './restriction.ts';

const At = z.string();
export const Words = z.string().max(4000);
export const DateWish = z.string().max(10).nullable().default(null);
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const OpenSchema = z.strictObject({ way: z.enum(WAYS), address: z.string().max(500) });
const HoursSchema = z
  .strictObject({
    zone: z.string().max(100),
    workDays: z.array(z.number().int().min(1).max(7)).max(7),
    from: Time,
    until: Time,
  })
  .openapi('AnswerHours');
const MEASURE = {
  contact: z.string().max(100).nullable().default(null),
  subjects: z.array(z.string().max(500)).max(20).default([]),
  hours: HoursSchema.nullable().default(null),
  perWeek: z.number().int().min(1).max(100).nullable().default(null),
  ways: z.array(z.enum(WAYS)).max(WAYS.length).default([]),
  isWritingOnly: z.boolean().default(false),
};
/** The open route may be missing, so that its absence is refused by its name. */
const MeasureBody = z.strictObject({ ...MEASURE, open: OpenSchema.nullable().default(null) });
const MeasureSchema = z
  .object({
    contact: z.string().nullable(),
    subjects: z.array(z.string()),
    hours: HoursSchema.nullable(),
    perWeek: z.number().nullable(),
    ways: z.array(z.enum(WAYS)),
    isWritingOnly: z.boolean(),
    open: OpenSchema,
  })
  .openapi('Measure');

const weighed = (words: z.ZodType<string>) => ({
  aim: words,
  milder: words,
  effect: words,
  ownHandling: words,
  otherWay: words,
});
const WeighingBody = z.strictObject(weighed(Words.default('')));
const WeighingSchema = z.object(weighed(z.string()));
const ConsultedBody = z.strictObject({ who: z.string().max(200), says: Words });
const OutsiderBody = z
  .strictObject({ name: z.string().min(1).max(200), proof: z.uuid() })
  .nullable()
  .default(null);
export const LookBody = { reason: Words.default(''), outsider: OutsiderBody };

export const PlanBody = z.strictObject({
  measure: MeasureBody,
  weighing: WeighingBody,
  consulted: z.array(ConsultedBody).max(20).default([]),
  cites: z.array(CiteSchema).max(20).default([]),
  safety: Words.nullable().default(null),
  reviewOn: DateWish,
  untilOn: DateWish,
});
export const ReviewBody = z.strictObject({
  reason: Words.default(''),
  measure: MeasureBody.nullable().default(null),
  reviewOn: DateWish,
  untilOn: DateWish,
});
export const AppealBody = z.strictObject({
  ...LookBody,
  outcome: z.enum(APPEAL_OUTCOMES),
  measure: MeasureBody.nullable().default(null),
});

const DaySchema = z.object({ on: z.string(), at: At });
const SecondSchema = z.object({
  who: z.enum(['member', 'outsider', 'nobody-else']),
  says: z.string(),
  outsider: z.object({ name: z.string(), proof: z.string() }).nullable(),
});
const StepSchema = z.object({
  id: z.string(),
  restrictionId: z.string(),
  kind: z.string(),
  at: At,
  actor: z.string(),
  fact: z.record(z.string(), z.unknown()),
});
export const RestrictionSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    number: z.number().int(),
    state: z.enum(['planned', 'decided', 'in-force', 'ended']),
    isInForce: z.boolean(),
    isReviewLate: z.boolean(),
    measure: MeasureSchema,
    weighing: WeighingSchema,
    consulted: z.array(z.object({ who: z.string(), says: z.string() })),
    cites: z.array(CiteSchema),
    safety: z.string().nullable(),
    review: DaySchema,
    until: DaySchema,
    plannedAt: At,
    plannedBy: z.string(),
    asked: z.object({ of: z.enum(['decision', 'appeal']), at: At, reason: z.string() }).nullable(),
    warning: z.string().nullable(),
    decided: z.object({ at: At, by: z.string(), reason: z.string(), second: SecondSchema }).nullable(),
    notice: z.string().nullable(),
    setAt: At.nullable(),
    setBy: z.string().nullable(),
    reviewedAt: At.nullable(),
    appeal: z.object({ at: At, cite: CiteSchema, decidedAt: At.nullable() }).nullable(),
    ended: z.object({ at: At, by: z.string(), reason: z.string() }).nullable(),
    steps: z.array(StepSchema),
  })
  .openapi('Restriction');

const AgainstSchema = z.object({
  restriction: z.string(),
  number: z.number().int(),
  rule: z.enum(['way', 'writing', 'hours', 'how-often', 'contact']),
  hours: HoursSchema.optional(),
  perWeek: z.number().optional(),
  contact: z.string().optional(),
});
export const AllowedSchema = z
  .object({
    isAllowed: z.boolean(),
    against: z.array(AgainstSchema),
    subjects: z.array(z.string()),
    open: z.array(OpenSchema),
  })
  .openapi('Allowed');

export const SettledSchema = z
  .object({ id: z.string(), waitsUntil: z.string().nullable() })
  .openapi('RestrictionSettled');
