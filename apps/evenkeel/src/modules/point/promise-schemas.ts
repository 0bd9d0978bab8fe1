import { z } from '@hono/zod-openapi';
import { CiteSchema } from '../interaction/schemas.ts';
import { ResponseTimeSchema } from '../signal/schemas.ts';
import { EFFORT_KINDS, PROPOSED } from './efforts.ts';

const SideSchema = z.enum(['ours', 'theirs']);

const CitesSchema = z.array(CiteSchema).max(20).default([]);
export const ReasonSchema = z.string().max(4000).default('');

export const DueWishSchema = z.strictObject({
  date: z.string().max(10),
  time: z.string().max(5).nullable().default(null),
  zone: z.string().max(64).nullable().default(null),
});
export const SumWishSchema = z.strictObject({ amount: z.string().max(40), currency: z.string().max(8) });

export const CommitmentWishSchema = z.strictObject({
  side: SideSchema,
  who: z.string().max(300),
  what: z.string().max(2000),
  due: DueWishSchema.nullable(),
  point: z.uuid().nullable().default(null),
  cites: CitesSchema,
});
export const MoveWishSchema = z.strictObject({
  due: DueWishSchema.nullable(),
  side: SideSchema,
  reason: ReasonSchema,
  cites: CitesSchema,
});
export const BecauseSchema = z.strictObject({ reason: ReasonSchema, cites: CitesSchema });

export const OfferWishSchema = z.strictObject({
  side: SideSchema,
  options: z
    .array(
      z.strictObject({
        what: z.string().max(2000),
        sum: SumWishSchema.nullable().default(null),
        until: DueWishSchema.nullable().default(null),
      }),
    )
    .max(20),
  decideBy: DueWishSchema,
  isWithoutPrejudice: z.boolean().default(false),
  point: z.uuid().nullable().default(null),
  reason: ReasonSchema,
  cites: CitesSchema,
});

export const DueSaidSchema = z.object({
  date: z.string(),
  time: z.string().nullable(),
  zone: z.string(),
  at: z.string(),
});
export const WarningSchema = z
  .object({ why: z.enum(['day-off', 'holiday']), name: z.string().nullable() })
  .nullable();
export const WrittenSchema = z.object({ id: z.string(), warning: WarningSchema }).openapi('Written');
const SumSchema = z.object({ amount: z.string(), currency: z.string() });
const LookedSchema = z.object({
  who: z.enum(['member', 'outsider', 'nobody-else']),
  says: z.string(),
  outsider: z.string().nullable(),
  proof: z.string().nullable(),
});

const StepSchema = z
  .object({
    recordId: z.string(),
    thingId: z.string(),
    kind: z.string(),
    actor: z.string(),
    at: z.string(),
    reason: z.string().nullable(),
    side: SideSchema.nullable(),
    due: DueSaidSchema.nullable(),
    choice: z.number().int().nullable(),
    looked: LookedSchema.nullable(),
    cites: z.array(
      z.object({
        interactionId: z.string(),
        start: z.number().int(),
        end: z.number().int(),
        quote: z.string(),
        at: z.string().nullable(),
      }),
    ),
  })
  .openapi('PromiseStep');

const Thing = {
  id: z.string(),
  recordId: z.string(),
  partyId: z.string(),
  number: z.number().int(),
  side: SideSchema,
  pointId: z.string().nullable(),
  warning: WarningSchema,
  madeAt: z.string(),
  changedAt: z.string(),
  steps: z.array(StepSchema),
};
const CommitmentSchema = z
  .object({
    ...Thing,
    who: z.string(),
    what: z.string(),
    due: DueSaidSchema.nullable(),
    state: z.enum(['open', 'overdue', 'kept', 'broken', 'released', 'mistaken']),
  })
  .openapi('Commitment');
const OfferSchema = z
  .object({
    ...Thing,
    options: z.array(
      z.object({ what: z.string(), sum: SumSchema.nullable(), until: DueSaidSchema.nullable() }),
    ),
    decideBy: DueSaidSchema,
    isWithoutPrejudice: z.boolean(),
    state: z.enum(['prepared', 'open', 'accepted', 'refused', 'withdrawn', 'expired']),
    needsSecond: z.boolean(),
    askedAt: z.string().nullable(),
    looked: LookedSchema.nullable(),
    chosen: z.number().int().nullable(),
    preparedBy: z.string(),
  })
  .openapi('Offer');

export const PromisesSchema = z
  .object({
    zone: z.string(),
    commitments: z.array(CommitmentSchema),
    offers: z.array(OfferSchema),
    isCut: z.boolean(),
  })
  .openapi('Promises');

export const ProposalListSchema = z
  .object({
    items: z.array(
      z.object({
        interactionId: z.string(),
        at: z.string(),
        partyId: z.string().nullable(),
        side: SideSchema,
        who: z.string(),
        start: z.number().int(),
        end: z.number().int(),
        quote: z.string(),
        said: z
          .union([
            z.object({
              is: z.literal('read'),
              date: z.string(),
              time: z.string().nullable(),
              words: z.string(),
            }),
            z.object({ is: z.literal('unclear'), words: z.string() }),
          ])
          .nullable(),
        why: z.string(),
        warning: WarningSchema,
      }),
    ),
  })
  .openapi('PromiseProposals');

export const AllowanceListSchema = z
  .object({
    items: z.array(SumSchema.extend({ actor: z.string(), setBy: z.string(), setAt: z.string() })),
  })
  .openapi('Allowances');
export const PrivateLimitListSchema = z
  .object({
    items: z.array(
      z.object({
        offerId: z.string(),
        sum: SumSchema.nullable(),
        words: z.string(),
        setBy: z.string(),
        setAt: z.string(),
      }),
    ),
  })
  .openapi('PrivateLimits');

export const EffortsSchema = z
  .object({
    zone: z.string(),
    replyDays: z.number().int(),
    agreed: ResponseTimeSchema.nullable(),
    answers: z.object({ due: z.number().int(), inTime: z.number().int() }),
    items: z.array(
      z.object({
        number: z.number().int(),
        at: z.string(),
        kind: z.enum(EFFORT_KINDS),
        side: SideSchema,
        about: z.number().int().nullable(),
        says: z.string(),
        interactionId: z.string().nullable(),
        isWithoutPrejudice: z.boolean(),
        due: z.string().nullable(),
        minutes: z.number().int().nullable(),
        effortId: z.string().nullable(),
      }),
    ),
    leftOut: z.number().int(),
    isCut: z.boolean(),
  })
  .openapi('Efforts');
export const EffortWishSchema = z.strictObject({
  side: SideSchema,
  proposed: z.enum(PROPOSED),
  cites: CitesSchema,
});
