import { z } from '@hono/zod-openapi';
import { CiteSchema } from '../interaction/schemas.ts';
import { CASE_ROLES, CASE_STAGES } from './case.ts';
import { COMPLAINT_WAYS, POINT_OUTCOMES, SEVERITIES } from './complaint.ts';
import { HOLD_SCOPES } from './hold.ts';

export const Words = z.string().max(4000);
export const Line = z.string().max(300);
export const Reason = z.strictObject({ reason: Words });
export const Day = z.iso.date();
/** Somebody outside who has looked, and the mail that shows it. */
export const Outsider = z.strictObject({ name: z.string().min(1).max(200), proof: z.uuid() }).nullable();
export const Closing = z.strictObject({ reason: Words, nextRoute: Line.nullable().default(null) });

const at = z.string();
const Step = z
  .object({
    recordId: z.string(),
    kind: z.string(),
    actor: z.string(),
    at,
    reason: z.string().nullable(),
    params: z.record(z.string(), z.unknown()),
  })
  .openapi('CasefileStep');
export const Second = z
  .object({
    who: z.enum(['member', 'outsider', 'nobody-else']),
    name: z.string().nullable(),
    proof: z.string().nullable(),
  })
  .openapi('SecondPerson');

export const HoldSchema = z
  .object({
    id: z.string(),
    scope: z.enum(HOLD_SCOPES),
    partyId: z.string().nullable(),
    partyName: z.string().nullable(),
    caseId: z.string().nullable(),
    caseTitle: z.string().nullable(),
    reason: z.string(),
    custodian: z.string(),
    since: at,
    reviewAt: at.nullable(),
    setBy: z.string(),
    setAt: at,
    asked: z.object({ at, by: z.string(), reason: z.string(), until: at.nullable() }).nullable(),
    released: z.object({ at, by: z.string(), reason: z.string() }).nullable(),
    second: Second.nullable(),
  })
  .openapi('Hold');

const CasePoint = z.object({
  id: z.string(),
  number: z.number().int(),
  kind: z.string(),
  state: z.string(),
  says: z.string(),
  isOpen: z.boolean(),
});
const PersonSchema = z.object({
  id: z.string(),
  role: z.enum(CASE_ROLES),
  name: z.string(),
  member: z.string().nullable(),
  reach: z.string().nullable(),
});

const ComplaintLineSchema = z
  .object({
    id: z.string(),
    at,
    number: z.string(),
    partyId: z.string(),
    partyName: z.string(),
    caseId: z.string().nullable(),
    way: z.enum(COMPLAINT_WAYS),
    remedy: z.string(),
    stage: z.number().int(),
    state: z.enum(['open', 'decided', 'closed']),
    owner: z.string(),
    severity: z.enum(SEVERITIES).nullable(),
    isSafety: z.boolean(),
    isUrgent: z.boolean(),
    answerBy: at.nullable(),
    dueAt: at.nullable(),
    registeredAt: at,
    closedAt: at.nullable(),
    points: z.number().int(),
    decided: z.number().int(),
  })
  .openapi('ComplaintLine');
export const RegisterPageSchema = z
  .object({ items: z.array(ComplaintLineSchema), next: z.string().nullable() })
  .openapi('RegisterPage');

const DueSchema = z.object({
  id: z.string(),
  room: z.string(),
  kind: z.string(),
  side: z.enum(['ours', 'theirs']),
  at,
  isWholeDay: z.boolean(),
  says: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
});
const RecordSchema = z.object({
  id: z.string(),
  at,
  kind: z.string(),
  from: z.string().nullable(),
  subject: z.string().nullable(),
  lead: z.string(),
  reason: z.string(),
});

const caseLine = {
  id: z.string(),
  partyId: z.string(),
  partyName: z.string(),
  title: z.string(),
  stage: z.enum(CASE_STAGES),
  openedAt: at,
};
export const CasePageSchema = z
  .object({
    items: z.array(
      z
        .object({
          ...caseLine,
          at,
          points: z.number().int(),
          complaints: z.number().int(),
          isHeld: z.boolean(),
        })
        .openapi('CaseLine'),
    ),
    next: z.string().nullable(),
  })
  .openapi('CasePage');
export const CaseSchema = z
  .object({
    ...caseLine,
    wanted: z.string().nullable(),
    openedBy: z.string(),
    changedAt: at,
    closedAt: at.nullable(),
    nextRoute: z.string().nullable(),
    points: z.array(CasePoint),
    /** Interactions whose words its points quote. */
    quoted: z.array(z.string()),
    records: z.array(RecordSchema),
    people: z.array(PersonSchema),
    complaints: z.array(ComplaintLineSchema),
    dues: z.array(DueSchema),
    holds: z.array(HoldSchema),
    steps: z.array(Step),
  })
  .openapi('Case');

const SourceIn = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('clause'), clauseId: z.uuid().nullable(), says: Words }),
  z.strictObject({ kind: z.literal('record'), cite: CiteSchema }),
  z.strictObject({ kind: z.literal('outside'), says: Words }),
]);
export const PointDecisionBody = z.strictObject({
  outcome: z.enum(POINT_OUTCOMES),
  reason: Words,
  source: SourceIn.nullable(),
});
const outcome = {
  outcome: z.enum(POINT_OUTCOMES),
  reason: z.string(),
  source: SourceIn.nullable(),
};
export const ComplaintSchema = z
  .object({
    id: z.string(),
    number: z.string(),
    partyId: z.string(),
    partyName: z.string(),
    caseId: z.string().nullable(),
    caseTitle: z.string().nullable(),
    received: z.object({
      at,
      offsetMin: z.number().int().nullable(),
      source: z.string(),
      certainty: z.string(),
    }),
    receivedAt: at,
    way: z.enum(COMPLAINT_WAYS),
    cite: CiteSchema,
    remedy: z.string(),
    remedyCite: CiteSchema.nullable(),
    stage: z.number().int(),
    state: z.enum(['open', 'decided', 'closed']),
    owner: z.string(),
    severity: z.enum(SEVERITIES).nullable(),
    isSafety: z.boolean(),
    isUrgent: z.boolean(),
    assessment: z.string().nullable(),
    answerBy: at.nullable(),
    dueAt: at.nullable(),
    registeredAt: at,
    registeredBy: z.string(),
    closedAt: at.nullable(),
    nextRoute: z.string().nullable(),
    secondAsked: z.object({ at, by: z.string(), reason: z.string(), until: at }).nullable(),
    points: z.array(
      z.object({
        pointId: z.string(),
        number: z.number().int(),
        says: z.string(),
        outcome: outcome.outcome.nullable(),
        reason: z.string().nullable(),
        source: outcome.source,
      }),
    ),
    missing: z.array(z.object({ number: z.number().int(), lacks: z.enum(['outcome', 'reason', 'source']) })),
    earlier: z.array(
      z.object({ pointId: z.string(), stage: z.number().int(), ...outcome, actor: z.string(), at }),
    ),
    decisions: z.array(
      z.object({
        stage: z.number().int(),
        actor: z.string(),
        at,
        says: z.string(),
        second: Second.nullable(),
      }),
    ),
    steps: z.array(Step),
  })
  .openapi('Complaint');
