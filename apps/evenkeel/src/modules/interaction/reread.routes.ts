import { z } from '@hono/zod-openapi';
import { isZone } from '../../kernel/calendar.ts';
import {
  type Api,
  answersWith,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { BRING_IN, SEE_BROUGHT } from './bringing.ts';
import { guessesOf, rereadExports } from './reread.actions.ts';
import { DateOrderSchema, ZoneSchema } from './schemas.ts';

const Count = z.number().int();

const GuessSchema = z
  .object({
    container: z.string(),
    member: z.string().nullable(),
    format: z.string(),
    platform: z.string(),
    entries: Count,
    dateOrder: DateOrderSchema.nullable(),
    zone: ZoneSchema.nullable(),
    conversations: Count,
    example: z.object({ raw: z.string(), at: z.string() }).nullable(),
    withoutFile: Count,
    undated: Count,
  })
  .openapi('Guess');

const { answer } = answersWith(
  {
    'run-unknown': 404,
    'run-running': 409,
    'nothing-corrected': 422,
    'export-unknown': 404,
  } as const,
  {
    'run-unknown': 'There is no such import.',
    'run-running': 'This import is still running.',
    'nothing-corrected': 'Neither an order of dates nor a zone was given.',
    'export-unknown': 'There is no export of this name in the import.',
  },
);

/** What a run assumed about exports, and putting it right. */
export function rereadRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(SEE_BROUGHT, {
    method: 'get',
    path: '/api/runs/{id}/guesses',
    operationId: 'listGuesses',
    request: { params: IdParam },
    responses: { 200: jsonResponse(z.object({ items: z.array(GuessSchema) }), 'What was assumed') },
  });
  api.openapi(list, async (c) =>
    reply(c, { items: await guessesOf(ledger.db, ledger.workspaceId, c.req.valid('param').id) }),
  );

  const correct = securedRoute(BRING_IN, {
    method: 'post',
    path: '/api/runs/{id}/reread',
    operationId: 'rereadRun',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          container: z.string().max(4096).nullable().default(null),
          dateOrder: z.enum(['dmy', 'mdy', 'ymd']).nullable().default(null),
          tz: z.string().max(80).refine(isZone).nullable().default(null),
        }),
      ),
    },
    responses: {
      200: jsonResponse(z.object({ entries: Count }), 'They are read again'),
      404: problemResponse('There is none'),
      409: problemResponse('It is still running'),
      422: problemResponse('Nothing was corrected'),
    },
  });
  api.openapi(correct, async (c) => {
    const { container, dateOrder, tz } = c.req.valid('json');
    const wish = { container, dateOrder, zone: tz };
    return answer(c, await rereadExports(ledger, callerOf(c).actor, c.req.valid('param').id, wish));
  });
}
