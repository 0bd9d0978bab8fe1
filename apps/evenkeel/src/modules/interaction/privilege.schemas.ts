import { z } from '@hono/zod-openapi';
import { PRIVILEGES } from './privilege.ts';

/** What a person says when they mark a record as one that stays with us. */
export const PrivilegeSchema = z
  .strictObject({
    kind: z.enum(PRIVILEGES),
    basis: z.string().max(1000).openapi({
      description:
        'On what it rests: who the counsel is, which dispute. It stands in the list of what is kept back.',
    }),
  })
  .openapi('PrivilegeWish');

export const PrivilegeMarkSchema = z
  .object({
    interactionId: z.string(),
    partyId: z.string().nullable(),
    kind: z.enum(PRIVILEGES),
    basis: z.string(),
    markedAt: z.string(),
    markedBy: z.string(),
    waived: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
  })
  .openapi('Privilege');
