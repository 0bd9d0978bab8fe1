import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  type Api,
  callerOf,
  DECIDERS,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { PageQuery, readTimeKey } from '../../kernel/paging.ts';
import { letterRoutes } from './letter.routes.ts';
import type { ProcedurePorts } from './loading.actions.ts';
import { meetingRoutes } from './meeting/meeting.routes.ts';
import { STARTS } from './pack.ts';
import {
  askAlone,
  doStep,
  endProcedure,
  restartClock,
  skipStep,
  startProcedure,
  stopClock,
} from './procedure.actions.ts';
import type { ProcedureRefusal } from './procedure.ts';
import { answer, refusal } from './refusals.ts';
import {
  DoBody,
  PackListSchema,
  PairSchema,
  ProcedurePageSchema,
  ProcedureSchema,
  ReasonBody,
  RestartBody,
  StartBody,
  StartedSchema,
  StopBody,
} from './schemas.ts';
import { exhibitPairs, packsFor, procedurePage, viewProcedure } from './view.actions.ts';

const READ = { action: 'see procedures', roles: ROLES, scope: 'workspace' } as const;
const WORK = { action: 'start procedures and do their steps', roles: WORKERS, scope: 'workspace' } as const;
const DECIDE = {
  action: 'leave a step out, stop a clock, end a procedure',
  roles: DECIDERS,
  scope: 'workspace',
} as const;
const OfStep = IdParam.extend({ step: z.string().max(200) });
const UNKNOWN = problemResponse('There is none');
const NOT_SO = problemResponse('It cannot be done now, or not by this role');
const UNUSABLE = problemResponse('Something that was given cannot be used');
const SHOWN = jsonResponse(ProcedureSchema, 'The procedure as it stands now');

/** Procedures: what can be started, how each stands, and its steps. */
export function procedureRoutes(api: Api, ports: ProcedurePorts): void {
  packsRoute(api, ports);
  listRoute(api, ports);
  startRoute(api, ports);
  stateRoute(api, ports);
  doRoute(api, ports);
  reasonedRoutes(api, ports);
  clockRoutes(api, ports);
  letterRoutes(api, ports);
  pairsRoute(api, ports);
  meetingRoutes(api, ports.ledger);
}

function pairsRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: '/api/parties/{id}/exhibit-pairs',
    operationId: 'listExhibitPairs',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(z.object({ items: z.array(PairSchema) }), 'Records and letters that belong together'),
    },
  });
  api.openapi(route, async (c) =>
    reply(c, { items: await exhibitPairs(ports.ledger, c.req.valid('param').id) }),
  );
}

function packsRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: '/api/procedures/packs',
    operationId: 'listProcedurePacks',
    request: {
      query: z.object({
        subject: z.string().max(40).optional(),
        place: z.string().max(40).optional(),
        starts: z.enum(STARTS).optional(),
      }),
    },
    responses: { 200: jsonResponse(PackListSchema, 'What can be started, and packs that cannot be used') },
  });
  api.openapi(route, async (c) => reply(c, await packsFor(ports, c.req.valid('query'))));
}

function listRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: '/api/procedures',
    operationId: 'listProcedures',
    request: {
      query: PageQuery.extend({
        party: z.uuid().optional(),
        subject: z.uuid().optional(),
        running: z.enum(['true', 'false']).optional(),
      }),
    },
    responses: { 200: jsonResponse(ProcedurePageSchema, 'Procedures, the newest first') },
  });
  api.openapi(route, async (c) => {
    const { after, limit, party, subject, running } = c.req.valid('query');
    const isRunning = running === undefined ? undefined : running === 'true';
    return reply(c, await procedurePage(ports, { party, subject, isRunning }, readTimeKey(after), limit));
  });
}

function startRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(WORK, {
    method: 'post',
    path: '/api/procedures',
    operationId: 'startProcedure',
    request: { body: jsonBody(StartBody) },
    responses: { 201: jsonResponse(StartedSchema, 'It runs'), 404: UNKNOWN, 409: NOT_SO, 422: UNUSABLE },
  });
  api.openapi(route, async (c) => {
    const started = await startProcedure(ports, callerOf(c).actor, c.req.valid('json'));
    return answer(c, started, 201);
  });
}

function stateRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: '/api/procedures/{id}',
    operationId: 'getProcedure',
    request: { params: IdParam },
    responses: { 200: SHOWN, 404: UNKNOWN },
  });
  api.openapi(route, (c) => shown(c, ports, c.req.valid('param').id));
}

/** Every change answers with how it stands after it. */
async function shown(c: Context, ports: ProcedurePorts, id: string): Promise<never> {
  const view = await viewProcedure(ports, callerOf(c), id);
  return answer(c, view);
}

async function settled(
  c: Context,
  ports: ProcedurePorts,
  id: string,
  done: Outcome<unknown, ProcedureRefusal>,
): Promise<never> {
  return done.ok ? shown(c, ports, id) : refusal(c, done);
}

function doRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(WORK, {
    method: 'post',
    path: '/api/procedures/{id}/steps/{step}/done',
    operationId: 'doProcedureStep',
    request: { params: OfStep, body: jsonBody(DoBody) },
    responses: { 200: SHOWN, 403: NOT_SO, 404: UNKNOWN, 409: NOT_SO, 422: UNUSABLE },
  });
  api.openapi(route, async (c) => {
    const { id, step } = c.req.valid('param');
    return settled(c, ports, id, await doStep(ports, callerOf(c), id, { step, ...c.req.valid('json') }));
  });
}

function reasonedRoutes(api: Api, ports: ProcedurePorts): void {
  const responses = { 200: SHOWN, 403: NOT_SO, 404: UNKNOWN, 409: NOT_SO, 422: UNUSABLE };
  const skip = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/procedures/{id}/steps/{step}/skipped',
    operationId: 'skipProcedureStep',
    request: { params: OfStep, body: jsonBody(ReasonBody) },
    responses,
  });
  api.openapi(skip, async (c) => {
    const { id, step } = c.req.valid('param');
    return settled(c, ports, id, await skipStep(ports, callerOf(c), id, { step, ...c.req.valid('json') }));
  });
  const alone = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/procedures/{id}/steps/{step}/alone',
    operationId: 'askToGoOnAlone',
    request: { params: OfStep, body: jsonBody(ReasonBody) },
    responses,
  });
  api.openapi(alone, async (c) => {
    const { id, step } = c.req.valid('param');
    return settled(c, ports, id, await askAlone(ports, callerOf(c), id, { step, ...c.req.valid('json') }));
  });
  const end = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/procedures/{id}/ended',
    operationId: 'endProcedure',
    request: { params: IdParam, body: jsonBody(ReasonBody) },
    responses,
  });
  api.openapi(end, async (c) => {
    const { id } = c.req.valid('param');
    const { reason } = c.req.valid('json');
    return settled(c, ports, id, await endProcedure(ports, callerOf(c).actor, id, reason));
  });
}

function clockRoutes(api: Api, ports: ProcedurePorts): void {
  const responses = { 200: SHOWN, 404: UNKNOWN, 409: NOT_SO, 422: UNUSABLE };
  const stop = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/procedures/{id}/clock/stopped',
    operationId: 'stopProcedureClock',
    request: { params: IdParam, body: jsonBody(StopBody) },
    responses,
  });
  api.openapi(stop, async (c) => {
    const { id } = c.req.valid('param');
    const { from, ...wish } = c.req.valid('json');
    const stopped = await stopClock(ports, callerOf(c).actor, id, { ...wish, from: instant(from) });
    return settled(c, ports, id, stopped);
  });
  const restart = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/procedures/{id}/clock/restarted',
    operationId: 'restartProcedureClock',
    request: { params: IdParam, body: jsonBody(RestartBody) },
    responses,
  });
  api.openapi(restart, async (c) => {
    const { id } = c.req.valid('param');
    const { until, reason } = c.req.valid('json');
    const wish = { until: instant(until), reason };
    return settled(c, ports, id, await restartClock(ports, callerOf(c).actor, id, wish));
  });
}

function instant(iso: string | null): Instant | null {
  return iso === null ? null : (new Date(iso).toISOString() as Instant);
}
