import { z } from '@hono/zod-openapi';
import { TERM_UNITS } from '../../agreement/clause.ts';
import { CiteSchema } from '../../interaction/schemas.ts';
import { PARTY_STATES } from '../../party/party.ts';
import { ENDED_BY } from './ending.ts';

const At = z.string();
const Side = z.enum(['ours', 'theirs']);
const ClauseLine = z.object({
  id: z.string(),
  number: z.number().int(),
  version: z.number().int(),
  says: z.string(),
});

export const EndingSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    state: z.enum(['planned', 'told', 'over', 'withdrawn']),
    on: z.object({ on: z.string(), at: At }),
    byWhom: z.enum(ENDED_BY),
    notice: z
      .object({
        clause: z.string(),
        version: z.number().int(),
        says: z.string(),
        within: z.object({ count: z.number().int(), unit: z.enum(TERM_UNITS) }),
      })
      .nullable(),
    shortWhy: z.string().nullable(),
    plannedAt: At,
    plannedBy: z.string(),
    letter: z.string().nullable(),
    toldAt: At.nullable(),
    leftOpen: z.string().nullable(),
    overAt: At.nullable(),
    overBy: z.string().nullable(),
    answeredTo: z.string().nullable(),
    answeredAt: At.nullable(),
    withdrawnWhy: z.string().nullable(),
  })
  .openapi('Ending');

export const SheetSchema = z
  .object({
    party: z.object({ id: z.string(), name: z.string(), state: z.enum(PARTY_STATES) }),
    owed: z.array(
      z.object({
        id: z.string(),
        number: z.number().int(),
        side: Side,
        what: z.string(),
        amount: z.string(),
        currency: z.string(),
        disputed: z.string().nullable(),
        dueOn: z.string().nullable(),
      }),
    ),
    totals: z.array(
      z.object({ side: z.string(), currency: z.string(), amount: z.string(), count: z.number().int() }),
    ),
    promises: z.array(
      z.object({
        id: z.string(),
        number: z.number().int(),
        side: Side,
        who: z.string(),
        what: z.string(),
        on: z.string().nullable(),
      }),
    ),
    work: z.array(ClauseLine),
    points: z.array(
      z.object({ id: z.string(), number: z.number().int(), title: z.string(), state: z.string() }),
    ),
    notice: z.array(ClauseLine),
    ends: z.array(z.object({ id: z.string(), title: z.string(), on: z.string().nullable() })),
    breaches: z.array(
      z.object({
        boundaryId: z.string(),
        number: z.number().int(),
        says: z.string(),
        count: z.number().int(),
        items: z.array(z.object({ at: At, cite: CiteSchema })),
      }),
    ),
    cases: z.array(z.object({ id: z.string(), title: z.string(), stage: z.string() })),
    complaints: z.array(
      z.object({ id: z.string(), number: z.string(), stage: z.number().int(), receivedAt: At }),
    ),
    effort: z.object({
      inbound: z.number().int(),
      outbound: z.number().int(),
      talks: z.number().int(),
      talksWithLength: z.number().int(),
      minutes: z.number().int(),
      since: At.nullable(),
    }),
    dates: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        side: Side,
        at: At,
        says: z.string(),
        code: z.string(),
        source: z.string().nullable(),
        isWholeDay: z.boolean(),
      }),
    ),
  })
  .openapi('StayOrLeave');
