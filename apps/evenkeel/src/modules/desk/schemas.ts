import { z } from '@hono/zod-openapi';
import { PRIVILEGES } from '../interaction/privilege.ts';

const Instant = z.string();

export const TimelineRowSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    direction: z.enum(['inbound', 'outbound', 'internal']).nullable(),
    at: Instant,
    atSource: z.string(),
    offsetMin: z.number().int().nullable(),
    from: z.object({ name: z.string().nullable(), address: z.string().nullable() }),
    to: z.string(),
    subject: z.string().nullable(),
    lead: z.string(),
    attachments: z.number().int(),
    issues: z.number().int(),
    copies: z.number().int(),
    threadId: z.string().nullable(),
    parties: z.array(z.object({ id: z.string(), name: z.string() })),
    recordedAt: Instant,
    lateByMin: z.number().int().nullable(),
    noted: z
      .object({
        durationMin: z.number().int().nullable(),
        channel: z.string().nullable(),
        corrects: z.string().nullable(),
      })
      .nullable(),
    isCorrected: z.boolean(),
    became: z.enum(['edited', 'deleted']).nullable(),
    keptBack: z.enum(PRIVILEGES).nullable(),
    points: z.array(
      z
        .object({
          partyId: z.string(),
          number: z.number().int(),
          title: z.string(),
          isAgain: z.boolean(),
          state: z.string(),
          settledAt: Instant.nullable(),
        })
        .openapi('PointMark'),
    ),
  })
  .openapi('TimelineRow');

export const PartyRowSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['contact', 'prospect', 'client', 'former']),
    identifiers: z.array(z.object({ kind: z.string(), value: z.string(), label: z.string().nullable() })),
    interactions: z.number().int(),
    firstAt: Instant.nullable(),
    lastAt: Instant.nullable(),
  })
  .openapi('PartyRow');

export const PartyPageSchema = z
  .object({ items: z.array(PartyRowSchema), next: z.string().nullable() })
  .openapi('PartyPage');

const TotalsSchema = z
  .object({
    items: z.number().int(),
    imported: z.number().int(),
    duplicates: z.number().int(),
    leftOut: z.number().int(),
    unreadable: z.number().int(),
  })
  .openapi('Totals');

export const RunSchema = z
  .object({
    id: z.string(),
    state: z.enum(['running', 'finished', 'cancelled']),
    source: z.string(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    totals: TotalsSchema,
  })
  .openapi('Run');
