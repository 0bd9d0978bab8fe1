import { z } from '@hono/zod-openapi';
import { jsonResponse } from '../../kernel/http.ts';
import { RecordLineSchema } from '../signal/schemas.ts';
import { SECOND_RULES, STANDING_RULES } from './gate.ts';

const Said = z.string().nullable();

const StandingSchema = z
  .object({
    rule: z.enum(STANDING_RULES),
    at: Said.openapi({ description: 'When it is over, or, of what forbids, since when it holds' }),
    kinds: z.array(z.string()),
    id: Said,
    number: z.number().int().nullable(),
    line: RecordLineSchema.nullish().openapi({ description: 'The words of the record that ours met' }),
  })
  .openapi('GateStanding');

export const GateSchema = z
  .object({
    verdict: z.enum(['leaves', 'waits', 'look', 'second-person', 'forbidden']),
    until: Said,
    standing: z.array(StandingSchema),
  })
  .openapi('Gate');

export const WaitSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    party: z.string(),
    procedureId: z.string(),
    letter: z.string(),
    subject: z.string(),
    finishedId: z.string(),
    sha256: z.string(),
    to: z.string(),
    state: z.enum(['waiting', 'left', 'taken-back', 'stopped']),
    verdict: z.enum(['waits', 'look', 'second-person']),
    standing: z.array(StandingSchema),
    until: Said.openapi({ description: 'When it leaves by itself; null while it waits for a person' }),
    coolsUntil: Said.openapi({
      description: 'From when on it may be looked at again; null when it need not be',
    }),
    atOpening: z.boolean(),
    askedBy: z.string(),
    askedAt: z.string(),
    approvedBy: Said,
    approvedAt: Said,
    lookedBy: Said,
    lookedAt: Said,
    hurriedBy: Said,
    hurriedAt: Said,
    hurriedWhy: Said,
    forSafety: z.boolean(),
    stoppedWhy: Said.openapi({ description: 'The word of the refusal for which it did not leave' }),
    endedAt: Said,
    isMine: z.boolean(),
    mayApprove: z.boolean(),
  })
  .openapi('LetterWait');

export const RulesSchema = z
  .strictObject({
    undoSec: z.number().int().min(0).max(120),
    coolingMin: z.number().int().min(0).max(1440),
    second: z.enum(SECOND_RULES),
  })
  .openapi('SendingRules');

const REASON_LENGTH = 2000;

export const HurryBody = z.strictObject({
  reason: z.string().max(REASON_LENGTH),
  forSafety: z.boolean().default(false),
});

export const ApproveBody = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

export const SENT = jsonResponse(
  z.object({ id: z.string(), waits: z.boolean() }).openapi('LetterSent'),
  'It waits, or the server took it; that says nothing of delivery',
);
