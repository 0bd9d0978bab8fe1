import { z } from '@hono/zod-openapi';
import { OpeningSchema, WordedSchema } from '../../agreement/schemas.ts';
import { CiteSchema } from '../../interaction/schemas.ts';
import { MATCH_KINDS } from '../../party/matching.ts';
import { TextReadSchema } from '../../signal/schemas.ts';
import { VERDICTS } from './screening.ts';
import { LOG_KINDS } from './warning.ts';

const Words = z.string().max(8000);
const Line = z.string().max(300);
const InEach = z.object({ en: z.string(), ru: z.string(), fi: z.string() });
export const Lang = z.enum(['en', 'ru', 'fi']);
const Way = z.enum(['mail', 'chat', 'call', 'other']);
const Identifiers = z.array(Line).max(20).default([]);
const done = { at: z.string(), actor: z.string() };

export const InquirySchema = z
  .union([
    z.strictObject({
      name: z.string().max(200),
      identifiers: Identifiers,
      text: z.string().max(200_000),
      /** ISO 8601 with the offset that is meant. */
      at: z.iso.datetime({ offset: true }),
      way: Way,
      how: z.enum(['pasted', 'noted']),
    }),
    z.strictObject({ partyId: z.uuid(), interactionId: z.uuid(), identifiers: Identifiers }),
  ])
  .openapi('InquiryWish');

export const IdentifiersSchema = z.strictObject({ identifiers: z.array(Line).min(1).max(20) });
export const AnswerSchema = z.strictObject({
  question: z.string().max(80),
  words: Words,
  cite: CiteSchema.nullable().default(null),
});
export const ComparingSchema = z.strictObject({
  other: z.uuid(),
  verdict: z.enum(VERDICTS),
  reason: Words,
});

const Decimal = z.string().regex(/^\d{1,9}(\.\d{1,2})?$/);
const Currency = z.string().regex(/^[A-Z]{3}$/);
const price = {
  percent: Decimal.nullable().default(null),
  amount: Decimal.nullable().default(null),
  currency: Currency.nullable().default(null),
};
const Deposit = z.strictObject(price);
const Minutes = z.strictObject({ count: z.number().int(), how: z.enum(['stated', 'estimated']) });
const beside = {
  reason: Words,
  minutes: Minutes.nullable().default(null),
  /** Why, for ourselves: kept apart, in no record. Null leaves what was written before. */
  privateReason: Words.nullable().default(null),
};
export const DecisionSchema = z
  .discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('accept'), ...beside }),
    z.strictObject({ decision: z.literal('conditions'), conditions: Words, ...beside }),
    z.strictObject({
      decision: z.literal('priced'),
      conditions: Words.nullable().default(null),
      services: z.array(z.uuid()).max(50).default([]),
      deposit: Deposit.nullable().default(null),
      ...beside,
    }),
    z.strictObject({ decision: z.literal('decline'), ...beside }),
  ])
  .openapi('DecisionWish');

export const SendingSchema = z.strictObject({
  text: z.string().max(20_000),
  at: z.iso.datetime({ offset: true }),
  way: Way,
});
export const LetterSchema = z.object({ says: z.string(), text: z.string() }).openapi('DeclineLetter');
export const OfferSchema = z
  .object({ title: z.string(), clauses: OpeningSchema.shape.clauses })
  .openapi('FirstOffer');
const Spread = z.object({ median: z.number().int(), least: z.number().int(), most: z.number().int() });
export const ComparisonSchema = Spread.extend({
  n: z.number().int(),
  minutesPerMessage: z.number().int(),
  statedPart: z.number(),
  revisions: Spread,
  outsideHours: Spread,
}).openapi('PastWork');

const service = z.object({ service: z.string(), ...Deposit.shape });
export const SheetSchema = z
  .object({
    items: z.array(service.extend({ id: z.string() })),
    suggestions: z.array(InEach),
  })
  .openapi('PriceSheet');
export const SheetWishSchema = z.strictObject({
  items: z.array(z.strictObject({ id: z.uuid().nullable().default(null), service: Line, ...price })).max(50),
});

const LogLine = z.object({
  id: z.string(),
  kind: z.enum(LOG_KINDS),
  says: z.string(),
  cite: CiteSchema.nullable(),
  ...done,
});
const WarningSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    party: z.string(),
    reason: z.string(),
    cite: CiteSchema,
    basis: z.string(),
    expiresOn: z.string(),
    expiresAt: z.string(),
    telling: z.string(),
    tellSays: InEach,
    tellSource: z.string(),
    tellOn: z.string().nullable(),
    tellAt: z.string().nullable(),
    toldAt: z.string().nullable(),
    at: z.string(),
    by: z.string(),
    log: z.array(LogLine),
  })
  .openapi('Warning');
export const WarningsSchema = z
  .object({
    mostYears: z.number().int(),
    reasons: z.array(z.object({ id: z.string(), says: InEach })),
    tellings: z.array(
      z.object({
        id: z.string(),
        when: z.enum(['within-days', 'next-message', 'given-date']),
        days: z.number().int().optional(),
        verified: z.boolean(),
        source: z.string(),
        says: InEach,
      }),
    ),
    basis: z.object({ says: InEach, source: z.string() }),
    inForce: z.array(WarningSchema),
    expired: z.array(WarningSchema),
  })
  .openapi('Warnings');
const Text = Words.nullable().default(null);
export const WarningWishSchema = z.strictObject({
  reason: Text,
  cite: CiteSchema.nullable().default(null),
  basis: Text,
  expiresOn: Text,
  telling: Text,
  tellOn: Text,
});
export const LogWishSchema = z.strictObject({
  line: z.enum(LOG_KINDS),
  says: Words,
  cite: CiteSchema.nullable().default(null),
  /** The objection is upheld: the entry ends at once. */
  ends: z.boolean().default(false),
});

const MatchSchema = z.object({
  partyId: z.string(),
  name: z.string(),
  state: z.string(),
  level: z.enum(['two-identifiers', 'one-identifier', 'too-old']),
  shared: z.array(
    z.object({
      kind: z.enum(MATCH_KINDS),
      value: z.string(),
      usedAt: z.string(),
      confidence: z.number(),
      where: z.enum(['record', 'inquiry']),
    }),
  ),
  verdict: z
    .object({ verdict: z.enum(VERDICTS), reason: z.string(), ...done })
    .loose()
    .nullable(),
  warnings: z.array(WarningSchema),
});
const row = {
  id: z.string(),
  partyId: z.string(),
  party: z.string(),
  partyState: z.string(),
  interactionId: z.string(),
  state: z.enum(['open', 'accepted', 'declined']),
  agreementId: z.string().nullable(),
  sentInteractionId: z.string().nullable(),
  lead: z.string(),
  lang: z.string(),
  writtenAt: z.string(),
  at: z.string(),
  by: z.string(),
};
export const ScreeningPageSchema = z
  .object({
    items: z.array(z.object({ ...row, matches: z.number().int() })),
    next: z.string().nullable(),
  })
  .openapi('ScreeningPage');
export const ScreeningSchema = z
  .object({
    ...row,
    text: z.string(),
    flags: TextReadSchema.shape.inquiry,
    questions: z.array(z.object({ id: z.string(), says: WordedSchema })),
    answers: z.array(
      z.object({ question: z.string(), words: z.string(), cite: CiteSchema.nullable(), ...done }),
    ),
    identifiers: z.array(
      z.object({ kind: z.enum(MATCH_KINDS), value: z.string(), written: z.string(), usedAt: z.string() }),
    ),
    matches: z.array(MatchSchema),
    warnings: z.array(WarningSchema),
    decisions: z.array(
      z.object({
        id: z.string(),
        decision: z.enum(['accept', 'conditions', 'priced', 'decline']),
        reason: z.string(),
        conditions: z.string().nullable(),
        services: z.array(service.extend({ id: z.string() })),
        deposit: Deposit.nullable(),
        minutes: Minutes.nullable(),
        ...done,
      }),
    ),
  })
  .openapi('Screening');
export const PrivateReasonSchema = z
  .object({
    reason: z.object({ words: z.string(), setBy: z.string(), setAt: z.string() }).nullable(),
  })
  .openapi('PrivateReason');
