import { z } from '@hono/zod-openapi';
import {
  type Api,
  IdParam,
  jsonResponse,
  problem,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import { PageQuery, readTimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { contextOf, threadPage } from './desk.actions.ts';
import { TimelineRowSchema } from './schemas.ts';

const READ = { action: 'read the record', roles: ROLES, scope: 'workspace' } as const;
const UNKNOWN = 'There is no such message.';

const ThreadSchema = z
  .object({
    total: z.number().int().openapi({ description: 'Messages of the conversation, copies counted once' }),
    asked: z.string().openapi({ description: 'The message that stands for the one that was asked for' }),
    items: z.array(
      z
        .object({
          row: TimelineRowSchema,
          text: z.string(),
          isCut: z.boolean().openapi({ description: 'There are more words than are given here' }),
          quotedFrom: z.number().int().nullable(),
        })
        .openapi('ThreadItem'),
    ),
    next: z.string().nullable(),
  })
  .openapi('Thread');

/** Where a message stands: its line, and the conversation it belongs to. */
export function threadRoutes(api: Api, ledger: Ledger): void {
  const context = securedRoute(READ, {
    method: 'get',
    path: '/api/interactions/{id}/context',
    operationId: 'getContext',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(
        z
          .object({
            row: TimelineRowSchema,
            inThread: z
              .number()
              .int()
              .openapi({ description: 'Messages of its conversation, itself among them' }),
          })
          .openapi('Context'),
        'Its line in the timeline, and how many messages its conversation has',
      ),
      404: problemResponse('There is none'),
    },
  });
  api.openapi(context, async (c) => {
    const found = await contextOf(ledger, c.req.valid('param').id);
    return found ? reply(c, found) : problem(c, 404, 'interaction-unknown', UNKNOWN);
  });

  const thread = securedRoute(READ, {
    method: 'get',
    path: '/api/interactions/{id}/thread',
    operationId: 'getThread',
    request: { params: IdParam, query: PageQuery },
    responses: {
      200: jsonResponse(ThreadSchema, 'The conversation a message belongs to, the oldest first'),
      404: problemResponse('There is none'),
    },
  });
  api.openapi(thread, async (c) => {
    const { after, limit } = c.req.valid('query');
    const page = await threadPage(ledger, c.req.valid('param').id, readTimeKey(after), limit);
    return page ? reply(c, page) : problem(c, 404, 'interaction-unknown', UNKNOWN);
  });
}
