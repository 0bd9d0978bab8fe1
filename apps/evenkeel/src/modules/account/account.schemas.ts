import { z } from '@hono/zod-openapi';
import { ROLES } from '../../kernel/http.ts';

export const SessionSchema = z
  .object({
    state: z.enum(['first-run', 'signed-out', 'signed-in', 'locked']),
    workspace: z.object({ name: z.string().nullable(), zone: z.string(), demo: z.boolean() }),
    member: z
      .object({
        id: z.string(),
        name: z.string(),
        role: z.enum(ROLES),
        caseId: z.string().nullable().openapi({ description: 'The one case that counsel sees' }),
      })
      .nullable(),
    version: z.string(),
    now: z.string().openapi({ description: 'The time here: in the story it is the story’s' }),
  })
  .openapi('Session');
