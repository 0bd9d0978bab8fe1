import { z } from '@hono/zod-openapi';
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
import type { Ledger } from '../ledger/ledger.actions.ts';
import { holdsOver, releaseHold, setHold } from './hold.actions.ts';
import { HOLD_SCOPES } from './hold.ts';
import { answer } from './refusals.ts';
import { Day, HoldSchema, Line, Outsider, Words } from './schemas.ts';

const SEE = { action: 'see legal holds', roles: ROLES, scope: 'workspace' } as const;
const SET = { action: 'set a legal hold', roles: WORKERS, scope: 'workspace' } as const;
const RELEASE = { action: 'release a legal hold', roles: DECIDERS, scope: 'workspace' } as const;

/** Legal holds: nothing under one may be erased. */
export function holdRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/holds',
    operationId: 'listHolds',
    request: {
      query: z.object({
        party: z.uuid().optional(),
        case: z.uuid().optional(),
        released: z.enum(['hidden', 'shown']).default('hidden'),
      }),
    },
    responses: {
      200: jsonResponse(z.object({ items: z.array(HoldSchema) }).openapi('HoldList'), 'Holds, oldest first'),
    },
  });
  api.openapi(list, async (c) => {
    const { released, ...filter } = c.req.valid('query');
    return reply(c, { items: await holdsOver(ledger, { ...filter, isOld: released === 'shown' }) });
  });
  setRoute(api, ledger);
  releaseRoute(api, ledger);
}

function setRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(SET, {
    method: 'post',
    path: '/api/holds',
    operationId: 'setHold',
    request: {
      body: jsonBody(
        z.strictObject({
          scope: z.enum(HOLD_SCOPES),
          party: z.uuid().nullable().default(null),
          case: z.uuid().nullable().default(null),
          reason: Words,
          custodian: Line.nullable().default(null),
          since: z.iso.datetime({ offset: true }).nullable().default(null),
          reviewOn: Day.nullable().default(null),
        }),
      ),
    },
    responses: {
      201: jsonResponse(z.object({ id: z.string() }), 'It is held'),
      404: problemResponse('party-unknown, case-unknown'),
      422: problemResponse('reason-missing, custodian-missing, time-ahead'),
    },
  });
  api.openapi(route, async (c) => {
    const { party, case: caseId, since, ...body } = c.req.valid('json');
    const caller = callerOf(c);
    const done = await setHold(ledger, caller.actor, {
      ...body,
      partyId: party,
      caseId,
      // Who sets it answers for it, unless somebody else is named.
      custodian: body.custodian ?? caller.name,
      since: since === null ? null : (new Date(since).toISOString() as Instant),
    });
    return answer(c, done, 201);
  });
}

function releaseRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(RELEASE, {
    method: 'post',
    path: '/api/holds/{id}/release',
    operationId: 'releaseHold',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ reason: Words, outsider: Outsider.default(null) })),
    },
    responses: {
      200: jsonResponse(
        z
          .object({ state: z.enum(['released', 'waiting']), until: z.string().nullable() })
          .openapi('HoldReleasing'),
        'It is released, or a second person or a day is waited for',
      ),
      404: problemResponse('hold-unknown, interaction-unknown'),
      409: problemResponse('hold-released, second-person-needed, wait-needed'),
      422: problemResponse('reason-missing, proof-unusable'),
    },
  });
  api.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const done = await releaseHold(ledger, callerOf(c).actor, id, c.req.valid('json'));
    return answer(c, done);
  });
}
