import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  jsonBody,
  jsonResponse,
  ROLES,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { RunSchema, TimelineRowSchema } from './schemas.ts';
import { setAside, setAsideForLater, takeBack, today } from './today.actions.ts';

const ROOMS = ['interaction', 'point', 'agreement', 'casefile', 'procedure'] as const;

export const DueSchema = z
  .object({
    id: z.string(),
    room: z.enum(ROOMS),
    kind: z.enum(['danger', 'law', 'contract', 'promise', 'reply', 'decision', 'review', 'step', 'answer']),
    side: z.enum(['ours', 'theirs']),
    partyId: z.string(),
    party: z.string(),
    at: z.string(),
    date: z.string().openapi({ description: 'The day it is on, where we are' }),
    time: z.string().nullable().openapi({ description: 'Null for a whole day' }),
    isWholeDay: z.boolean(),
    says: z.string(),
    code: z.string(),
    params: z.record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
    ),
    interactionId: z.string().nullable(),
    source: z.string().nullable(),
  })
  .openapi('Due');

const BandSchema = z.object({ total: z.number().int(), items: z.array(DueSchema) });
const TodaySchema = z
  .object({
    zone: z.string(),
    date: z.string(),
    counts: z.object({
      interactions: z.number().int(),
      parties: z.number().int(),
      unfiled: z.number().int(),
    }),
    latestRun: RunSchema.nullable(),
    recent: z.array(TimelineRowSchema),
    now: BandSchema,
    theirs: BandSchema,
    later: BandSchema,
    done: z.number().int(),
  })
  .openapi('Today');

const Line = z.object({ room: z.enum(ROOMS), id: z.uuid() });
const ASIDE = {
  action: 'take lines off Today',
  roles: WORKERS,
  scope: 'workspace',
} as const;

/** The first screen of the day. */
export function todayRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  const route = securedRoute(
    { action: 'see what is due', roles: ROLES, scope: 'workspace' },
    {
      method: 'get',
      path: '/api/today',
      operationId: 'getToday',
      responses: { 200: jsonResponse(TodaySchema, 'What is due, and what is new') },
    },
  );
  api.openapi(route, async (c) => reply(c, await today(ledger, dataDir)));

  const put = securedRoute(ASIDE, {
    method: 'put',
    path: '/api/today/aside/{room}/{id}',
    operationId: 'setAside',
    request: { params: Line, body: jsonBody(z.strictObject({ isLater: z.boolean() })) },
    responses: {
      200: jsonResponse(
        z.object({ until: z.string().nullable() }).openapi('Aside'),
        'It is off Today: for good, or until the next working day begins',
      ),
    },
  });
  api.openapi(put, async (c) => {
    const line = c.req.valid('param');
    const actor = callerOf(c).actor;
    if (c.req.valid('json').isLater) return reply(c, { until: await setAsideForLater(ledger, actor, line) });
    await setAside(ledger, actor, line, null);
    return reply(c, { until: null });
  });

  const remove = securedRoute(ASIDE, {
    method: 'delete',
    path: '/api/today/aside/{room}/{id}',
    operationId: 'takeBackAside',
    request: { params: Line },
    responses: { 204: { description: 'It stands on Today again' } },
  });
  api.openapi(remove, async (c) => {
    await takeBack(ledger, c.req.valid('param'));
    return c.body(null, 204) as never;
  });
}
