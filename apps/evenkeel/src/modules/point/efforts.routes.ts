import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { PaceFor } from '../signal/hours.ts';
import type { Reader } from '../signal/reader.ts';
import { effortsWith, noteEffort, withdrawEffort } from './efforts.actions.ts';
import { answer } from './promise-refusals.ts';
import { EffortsSchema, EffortWishSchema } from './promise-schemas.ts';

const SEE = { action: 'see what was done towards an end', roles: ROLES, scope: 'workspace' } as const;
const NOTE = { action: 'note who proposed to meet or to pause', roles: WORKERS, scope: 'workspace' } as const;
const UNKNOWN = problemResponse('There is none');
const UNUSABLE = problemResponse('Something is missing, or the words do not stand so in the record');
const ONE = z.object({ id: z.string() });

/** The page a mediator asks for first: what both sides did towards an end, each with its record. */
export function effortsRoutes(api: Api, ledger: Ledger, reader: Reader, paceFor: PaceFor): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/parties/{id}/efforts',
    operationId: 'getEfforts',
    request: {
      params: IdParam,
      query: z.object({ withoutPrejudice: z.enum(['shown', 'left-out']).default('left-out') }),
    },
    responses: {
      200: jsonResponse(EffortsSchema, 'In order of time, numbered; worked out now, kept nowhere'),
      404: UNKNOWN,
    },
  });
  api.openapi(list, async (c) => {
    const openOnly = c.req.valid('query').withoutPrejudice === 'left-out';
    const found = await effortsWith(ledger, reader, paceFor, c.req.valid('param').id, openOnly);
    return answer(c, found);
  });

  const note = securedRoute(NOTE, {
    method: 'post',
    path: '/api/parties/{id}/efforts',
    operationId: 'noteEffort',
    request: { params: IdParam, body: jsonBody(EffortWishSchema) },
    responses: { 201: jsonResponse(ONE, 'Written down'), 404: UNKNOWN, 422: UNUSABLE },
  });
  api.openapi(note, async (c) => {
    const actor = callerOf(c).actor;
    const done = await noteEffort(ledger, actor, c.req.valid('param').id, c.req.valid('json'));
    return answer(c, done, 201);
  });

  const withdraw = securedRoute(NOTE, {
    method: 'post',
    path: '/api/efforts/{id}/withdraw',
    operationId: 'withdrawEffort',
    request: { params: IdParam, body: jsonBody(z.strictObject({ reason: z.string().max(4000) })) },
    responses: { 200: jsonResponse(ONE, 'Taken back'), 404: UNKNOWN, 422: UNUSABLE },
  });
  api.openapi(withdraw, async (c) => {
    const actor = callerOf(c).actor;
    const done = await withdrawEffort(ledger, actor, c.req.valid('param').id, c.req.valid('json').reason);
    return answer(c, done);
  });
}
