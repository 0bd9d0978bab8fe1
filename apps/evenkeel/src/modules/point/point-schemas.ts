import { z } from '@hono/zod-openapi';
import { CiteSchema } from '../interaction/schemas.ts';
import { ReplyNeedSchema } from '../signal/schemas.ts';
import { POINT_KINDS, POINT_STATES } from './point.ts';

const KindSchema = z.enum(POINT_KINDS);
export const StateSchema = z.enum(POINT_STATES);
const GroundSchema = z.enum(['not_looked_at', 'founded', 'partly', 'unfounded', 'not_ours']);
const WeightSchema = z.enum(['supports', 'contradicts', 'neither']);
const TitleSchema = z.string().max(200);
const ReasonSchema = z.string().max(4000);

export const OpenWishSchema = z.strictObject({
  kind: KindSchema,
  title: TitleSchema,
  cite: CiteSchema,
  expected: CiteSchema.nullable().default(null),
  aboutId: z.uuid().nullable().default(null),
});
export const NameWishSchema = z.strictObject({ title: TitleSchema, kind: KindSchema });
export const CiteOnlySchema = z.strictObject({ cite: CiteSchema });
export const AgreeWishSchema = z.strictObject({
  cite: CiteSchema.nullable().default(null),
  terms: CiteSchema.nullable().default(null),
});
export const ReasonOnlySchema = z.strictObject({ reason: ReasonSchema });
export const MergeWishSchema = z.strictObject({ intoId: z.uuid(), reason: ReasonSchema });
export const SplitWishSchema = z.strictObject({
  kind: KindSchema,
  title: TitleSchema,
  cites: z.array(CiteSchema).min(1).max(100),
  reason: ReasonSchema,
});
export const ReopenWishSchema = z.strictObject({
  newFact: ReasonSchema.default(''),
  cite: CiteSchema.nullable().default(null),
});
export const GroundWishSchema = z.strictObject({ ground: GroundSchema, reason: ReasonSchema });
export const WeighWishSchema = z.strictObject({
  cite: CiteSchema,
  weight: WeightSchema,
  reason: ReasonSchema.default(''),
});
export const PriceWishSchema = z.strictObject({
  cents: z.number(),
  currency: z.string().max(8),
  reason: ReasonSchema,
});

const ToldCiteSchema = z.object({
  interactionId: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  quote: z.string(),
});

/** Words a point quotes; `at` and the rest are null when the record they stand in was erased. */
const PointCiteSchema = ToldCiteSchema.extend({
  role: z.enum([
    'asked',
    'answer',
    'agreed',
    'terms',
    'expected',
    'new_fact',
    'supports',
    'contradicts',
    'neither',
    'moved',
  ]),
  recordId: z.string(),
  pointId: z.string(),
  at: z.string().nullable(),
  direction: z.enum(['inbound', 'outbound', 'internal']).nullable(),
  kind: z.string().nullable(),
  lang: z.string().nullable(),
  threadId: z.string().nullable(),
}).openapi('PointCite');
/** A named schema that is made nullable would be nullable under its name everywhere. */
const MaybeCiteSchema = z.union([PointCiteSchema, z.null()]);

const line = {
  id: z.string(),
  partyId: z.string(),
  number: z.number().int(),
  kind: KindSchema,
  title: z.string(),
  state: StateSchema,
  ground: GroundSchema,
  aboutId: z.string().nullable(),
  price: z.object({ cents: z.number().int(), currency: z.string() }).nullable(),
  changedAt: z.string(),
  asked: z.object({
    count: z.number().int(),
    first: z.string().nullable(),
    last: z.string().nullable(),
  }),
  answer: MaybeCiteSchema,
  agreed: MaybeCiteSchema,
  decided: z.array(PointCiteSchema).openapi({
    description: 'What they decided, by when it was written; between it (`new_fact`) what opened it again',
  }),
};

export const PointListSchema = z
  .object({
    items: z.array(z.object(line).openapi('PointLine')),
    next: z.number().int().nullable(),
    counts: z.object({
      open: z.number().int(),
      answered: z.number().int(),
      agreed: z.number().int(),
      closed: z.number().int(),
      withdrawn: z.number().int(),
      merged: z.number().int(),
    }),
  })
  .openapi('PointList');

const StepSchema = z
  .object({
    recordId: z.string(),
    step: z.enum([
      'opened',
      'named',
      'answered',
      'agreed',
      'closed',
      'reopened',
      'raised-again',
      'ground-set',
      'expected',
      'weighed',
      'priced',
      'withdrawn',
      'merged',
      'split',
    ]),
    state: StateSchema,
    actor: z.string(),
    recordedAt: z.string(),
    at: z.string(),
    reason: z.string().nullable(),
    said: z.record(z.string(), z.union([z.string(), z.number()])),
    cites: z.array(PointCiteSchema),
  })
  .openapi('PointStep');

const NamedPointSchema = z.object({ number: z.number().int(), title: z.string() }).openapi('PointNamed');

export const PointSchema = z
  .object({
    ...line,
    steps: z.array(StepSchema),
    cites: z.array(PointCiteSchema),
    expected: MaybeCiteSchema,
    terms: MaybeCiteSchema,
    sameAs: z.union([NamedPointSchema, z.null()]),
    merged: z.array(NamedPointSchema),
    splitFrom: z.union([NamedPointSchema, z.null()]),
    about: z
      .object({
        number: z.number().int(),
        title: z.string(),
        state: StateSchema,
        stateThen: StateSchema.nullable(),
      })
      .nullable(),
  })
  .openapi('Point');

export const OpenedSchema = z.object({ id: z.string(), number: z.number().int() }).openapi('PointWritten');

const RepetitionSchema = z
  .object({
    id: z.string(),
    number: z.number().int(),
    title: z.string(),
    state: StateSchema,
    asked: PointCiteSchema,
    answer: MaybeCiteSchema,
    agreed: MaybeCiteSchema,
    count: z.number().int(),
    words: z.array(z.string()),
    reply: z.string().nullable(),
  })
  .openapi('Repetition');

export const NoveltySchema = z
  .object({
    interactionId: z.string(),
    partyId: z.string(),
    lang: z.string(),
    need: ReplyNeedSchema,
    wishes: z.array(
      z
        .object({
          kind: KindSchema,
          cite: ToldCiteSchema,
          title: z.string(),
          point: z.number().int().nullable(),
          again: z.array(RepetitionSchema),
          near: z.array(
            z.object({ number: z.number().int(), title: z.string(), other: z.array(z.string()) }),
          ),
          before: z.array(
            z.object({
              interactionId: z.string(),
              at: z.string(),
              number: z.number().int(),
              quote: z.string(),
              overlap: z.number(),
            }),
          ),
        })
        .openapi('WishSeen'),
    ),
    facts: z.array(
      z.object({
        kind: z.enum(['sum', 'share', 'date', 'time', 'identifier', 'count', 'name']),
        quote: z.string(),
        start: z.number().int(),
        end: z.number().int(),
      }),
    ),
    documents: z.array(
      z.object({
        name: z.string().nullable(),
        mediaType: z.string(),
        sizeBytes: z.number().int(),
        sha256: z.string(),
      }),
    ),
    compared: z.object({ messages: z.number().int(), isCut: z.boolean() }),
  })
  .openapi('Novelty');

export const EvidenceSchema = z
  .object({
    items: z.array(
      z
        .object({
          interactionId: z.string(),
          at: z.string(),
          side: z.enum(['theirs', 'ours']),
          start: z.number().int(),
          end: z.number().int(),
          quote: z.string(),
          words: z.array(z.string()),
          weight: WeightSchema.nullable(),
        })
        .openapi('EvidenceLine'),
    ),
    searched: z.object({ messages: z.number().int(), isCut: z.boolean() }),
  })
  .openapi('Evidence');
