import { z } from '@hono/zod-openapi';
import { CiteSchema } from '../interaction/schemas.ts';
import { CLAUSE_KINDS, ESCALATIONS, TERM_UNITS, WAYS } from './clause.ts';
import { LANGS } from './ladder.ts';
import { SCOPE_VERDICTS } from './scope.ts';
import { UNDERSTANDINGS } from './understanding.ts';

export const Words = z.string().max(8000);
export const Line = z.string().max(300);
/** A local date, `2026-05-12`; whether the day exists is said in words. */
export const DateText = z.string().max(20);
export const LangSchema = z.enum(LANGS);
const SideSchema = z.enum(['ours', 'theirs']);
export const WordedSchema = z
  .object({ en: z.string(), ru: z.string(), fi: z.string() })
  .partial()
  .openapi('Worded');

const TermSchema = z.strictObject({ count: z.number().int().max(1000), unit: z.enum(TERM_UNITS) });
const TimeText = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const hours = {
  zone: Line,
  workDays: z.array(z.number().int().min(1).max(7)).max(7),
  from: TimeText,
  until: TimeText,
};
const steps = z
  .array(z.strictObject({ step: z.enum(ESCALATIONS), says: Words, after: TermSchema.nullable() }))
  .max(4);
const payment = {
  currency: z.string().regex(/^[A-Z]{3}$/),
  price: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,2})?$/)
    .nullable(),
  per: z.enum(['hour', 'day', 'piece', 'month', 'project']).nullable(),
  termDays: z.number().int().min(0).max(366).nullable(),
};
export const ways = z.array(z.enum(WAYS)).max(WAYS.length);

/** A clause as it is written down. Holidays are lines of a date and a name. */
const ClauseWishSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('hours'), says: Words, ...hours, holidays: z.string().max(20_000) }),
    z.strictObject({ kind: z.literal('response_time'), says: Words, within: TermSchema }),
    z.strictObject({ kind: z.literal('channels'), says: Words, ways }),
    z.strictObject({ kind: z.literal('escalation'), says: Words, steps }),
    z.strictObject({ kind: z.literal('payment'), says: Words, ...payment }),
    z.strictObject({
      kind: z.enum(['scope_in', 'scope_out', 'content_limits', 'conduct', 'data', 'other']),
      says: Words,
    }),
  ])
  .openapi('ClauseWish');

const TermsSchema = z.union([
  z.object({ ...hours, holidays: z.array(z.object({ date: z.string(), says: z.string() })) }),
  z.object({ within: TermSchema }),
  z.object({ ways }),
  z.object({ steps }),
  z.object(payment),
]);

const ProofSchema = z.discriminatedUnion('kind', [
  CiteSchema.extend({ kind: z.literal('line') }),
  z.strictObject({
    kind: z.literal('document'),
    interactionId: z.uuid(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
]);

export const OpeningSchema = z.strictObject({
  title: Line,
  cite: CiteSchema.nullable().default(null),
  decideBy: DateText.nullable().default(null),
  endsOn: DateText.nullable().default(null),
  clauses: z.array(ClauseWishSchema).max(60),
});
const ClauseId = z.uuid();
export const RevisionSchema = z.strictObject({
  reason: Words,
  changes: z
    .array(
      z.discriminatedUnion('change', [
        z.strictObject({ change: z.literal('add'), clause: ClauseWishSchema }),
        z.strictObject({ change: z.literal('amend'), clauseId: ClauseId, clause: ClauseWishSchema }),
        z.strictObject({ change: z.literal('withdraw'), clauseId: ClauseId }),
        z.strictObject({ change: z.literal('drop'), clauseId: ClauseId }),
      ]),
    )
    .max(60),
});
export const AcceptanceSchema = z.strictObject({
  clauseId: ClauseId.nullable().default(null),
  proof: ProofSchema,
  personId: z.uuid().nullable().default(null),
});
export const ReasonSchema = z.strictObject({ reason: Words });
export const MadeSchema = z.object({ id: z.string() }).openapi('Made');

const beside = {
  agreementId: z.uuid().nullable().default(null),
  clauseId: z.uuid().nullable().default(null),
};
export const UnderstandingWishSchema = z.strictObject({
  ...beside,
  kind: z.enum(UNDERSTANDINGS),
  side: SideSchema,
  says: Words,
  on: DateText.nullable().default(null),
  cite: CiteSchema,
});
export const SumWishSchema = z.strictObject({
  ...beside,
  side: SideSchema,
  amount: z.string().max(20),
  currency: payment.currency,
  what: Line,
  dueOn: DateText.nullable().default(null),
  cite: CiteSchema.nullable().default(null),
  reason: Words.nullable().default(null),
});
export const DisputeSchema = z.strictObject({
  amount: z.string().max(20).nullable().default(null),
  cite: CiteSchema,
});
export const SettlementSchema = z.strictObject({
  on: DateText,
  cite: CiteSchema.nullable().default(null),
  reason: Words.nullable().default(null),
});
export const PersonWishSchema = z.strictObject({
  id: z.uuid().nullable().default(null),
  name: Line,
  role: Line.nullable().default(null),
  mayAgree: z.boolean(),
  limits: Line.nullable().default(null),
  cite: CiteSchema.nullable().default(null),
});

const ClauseStateSchema = z.enum(['offered', 'agreed', 'amendment-offered', 'withdrawn']);
export const done = { at: z.string(), actor: z.string() };
const ClauseSchema = z
  .object({
    id: z.string(),
    agreementId: z.string(),
    number: z.number().int(),
    kind: z.enum(CLAUSE_KINDS),
    version: z.number().int(),
    agreedVersion: z.number().int().nullable(),
    isWithdrawn: z.boolean(),
    state: ClauseStateSchema,
    says: z.string(),
    terms: TermsSchema.nullable(),
    versions: z.array(
      z.object({
        version: z.number().int(),
        says: z.string(),
        terms: TermsSchema.nullable(),
        reason: z.string().nullable(),
        madeAt: z.string(),
        madeBy: z.string(),
        proof: ProofSchema.nullable(),
        personId: z.string().nullable(),
        acceptedAt: z.string().nullable(),
        acceptedBy: z.string().nullable(),
      }),
    ),
  })
  .openapi('Clause');
const AgreementSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    number: z.number().int(),
    title: z.string(),
    state: z.enum(['open', 'ended']),
    version: z.number().int(),
    cite: CiteSchema.nullable(),
    decideBy: z.string().nullable(),
    endsOn: z.string().nullable(),
    openedAt: z.string(),
    openedBy: z.string(),
    endedAt: z.string().nullable(),
    clauses: z.array(ClauseSchema),
  })
  .openapi('Agreement');
const UnderstandingSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    agreementId: z.string().nullable(),
    clauseId: z.string().nullable(),
    kind: z.enum(UNDERSTANDINGS),
    side: SideSchema,
    says: z.string(),
    on: z.string().nullable(),
    cite: CiteSchema,
    state: z.enum(['unconfirmed', 'confirmed', 'withdrawn']),
    confirmed: CiteSchema.nullable(),
    reason: z.string().nullable(),
    ...done,
  })
  .openapi('Understanding');
const SumSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    number: z.number().int(),
    agreementId: z.string().nullable(),
    clauseId: z.string().nullable(),
    side: SideSchema,
    amount: z.string(),
    currency: z.string(),
    what: z.string(),
    dueOn: z.string().nullable(),
    dueAt: z.string().nullable(),
    cite: CiteSchema.nullable(),
    disputed: z.string().nullable(),
    dispute: CiteSchema.nullable(),
    state: z.enum(['open', 'settled', 'withdrawn']),
    settledOn: z.string().nullable(),
    settlement: CiteSchema.nullable(),
    reason: z.string().nullable(),
    ...done,
  })
  .openapi('SumOwed');
const PersonSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    name: z.string(),
    role: z.string().nullable(),
    mayAgree: z.boolean(),
    limits: z.string().nullable(),
    cite: CiteSchema.nullable(),
    hasLeft: z.boolean(),
  })
  .openapi('PartyPerson');
export const BeginningSchema = z.strictObject({
  side: SideSchema.default('ours'),
  says: Words,
  cite: CiteSchema.nullable().default(null),
  dueOn: DateText.nullable().default(null),
});
const StepProofSchema = z.discriminatedUnion('kind', [
  CiteSchema.extend({ kind: z.literal('line') }),
  z.strictObject({ kind: z.literal('letter'), interactionId: z.uuid() }),
]);
export const EscalationStepSchema = z.strictObject({
  step: z.enum(ESCALATIONS),
  proof: StepProofSchema,
  early: CiteSchema.nullable().default(null),
});
export const EscalationEndSchema = z.strictObject({
  how: z.enum(['settled', 'dropped']),
  reason: Words,
  cite: CiteSchema.nullable().default(null),
});
export const StepWordsSchema = z
  .object({ says: z.string(), text: z.string(), until: z.string().nullable() })
  .openapi('EscalationWords');
const EscalationSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    number: z.number().int(),
    agreementId: z.string(),
    clauseId: z.string(),
    clauseVersion: z.number().int(),
    side: SideSchema,
    says: z.string(),
    cite: CiteSchema.nullable(),
    state: z.enum(['running', 'settled', 'dropped']),
    taken: z.number().int(),
    due: z.object({ on: z.string(), at: z.string(), isWholeDay: z.boolean() }).nullable(),
    reason: z.string().nullable(),
    settlement: CiteSchema.nullable(),
    ...done,
    steps: z.array(
      z.object({
        step: z.enum(ESCALATIONS),
        says: z.string(),
        after: TermSchema.nullable(),
        done: z
          .object({
            happenedAt: z.string(),
            proof: StepProofSchema,
            early: CiteSchema.nullable(),
            ...done,
          })
          .nullable(),
      }),
    ),
  })
  .openapi('Escalation');
export const TermsOfPartySchema = z
  .object({
    agreements: z.array(AgreementSchema),
    understandings: z.array(UnderstandingSchema),
    sums: z.array(SumSchema),
    people: z.array(PersonSchema),
    escalations: z.array(EscalationSchema),
  })
  .openapi('PartyTerms');
export const StepPageSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        ...done,
        kind: z.string(),
        subjectId: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('AgreementSteps');

export const ScopeAskSchema = z.strictObject({
  words: Words,
  lang: LangSchema.nullable().default(null),
  pointId: z.uuid().nullable().default(null),
});
const ScopeDecisionSchema = z
  .object({
    id: z.string(),
    pointId: z.string().nullable(),
    cite: CiteSchema.nullable(),
    words: z.string(),
    lang: z.string(),
    verdict: z.enum(SCOPE_VERDICTS),
    clauseId: z.string().nullable(),
    clauseVersion: z.number().int().nullable(),
    reason: z.string(),
    ...done,
  })
  .openapi('ScopeDecision');
export const ClauseShort = ClauseSchema.pick({
  id: true,
  agreementId: true,
  number: true,
  kind: true,
  state: true,
  says: true,
});
export const ScopeAnswerSchema = z
  .object({
    hints: z.array(
      z.object({
        shared: z.array(z.string()),
        clause: ClauseShort.extend({ version: z.number().int() }),
        agreedSays: z.string().nullable(),
      }),
    ),
    earlier: z.array(ScopeDecisionSchema),
  })
  .openapi('ScopeAnswer');
export const ScopeWishSchema = ScopeAskSchema.extend({
  cite: CiteSchema.nullable().default(null),
  verdict: z.enum(SCOPE_VERDICTS),
  clauseId: z.uuid().nullable().default(null),
  reason: Words,
});
export const OrderWishSchema = z.strictObject({
  what: Words,
  price: Line,
  time: Line,
  clauseId: z.uuid(),
  lang: LangSchema,
});
export const OrderSchema = z.object({ says: z.string(), text: z.string() }).openapi('ScopeOrder');
