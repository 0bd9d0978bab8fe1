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
import { PageQuery, pageOf, readTimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import {
  addCasePoint,
  casesPage,
  changeCase,
  changeCaseRecord,
  closeCase,
  moveCase,
  nameCasePerson,
  openCase,
  removeCasePerson,
  removeCasePoint,
  reopenCase,
} from './case.actions.ts';
import { CASE_ROLES, CASE_STAGES, OPEN_STAGES } from './case.ts';
import { caseDetail } from './case-detail.actions.ts';
import { answer, refusal } from './refusals.ts';
import type { ComplaintClocks } from './register.actions.ts';
import { CasePageSchema, CaseSchema, Closing, Line, Reason, Words } from './schemas.ts';

const SEE = { action: 'see cases', roles: ROLES, scope: 'workspace' } as const;
const WORK = { action: 'work on cases', roles: WORKERS, scope: 'workspace' } as const;
const CLOSE = { action: 'close and reopen cases', roles: DECIDERS, scope: 'workspace' } as const;

const Made = z.object({ id: z.string() });
const DONE = { 200: jsonResponse(Made, 'It is recorded') };
const UNKNOWN = problemResponse('case-unknown');
const Title = { title: Line, wanted: Words.nullable().default(null) };

/** Cases: one dispute with one party each. */
export function caseRoutes(api: Api, ledger: Ledger, clocksOf: ComplaintClocks): void {
  readRoutes(api, ledger, clocksOf);
  openRoute(api, ledger);
  changeRoutes(api, ledger);
  pointRoutes(api, ledger);
  recordRoute(api, ledger);
  peopleRoutes(api, ledger);
  endRoutes(api, ledger);
}

function readRoutes(api: Api, ledger: Ledger, clocksOf: ComplaintClocks): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/cases',
    operationId: 'listCases',
    request: {
      query: PageQuery.extend({
        party: z.uuid().optional(),
        point: z.uuid().optional(),
        stage: z.enum(CASE_STAGES).optional(),
        closed: z.enum(['hidden', 'shown']).default('hidden'),
      }),
    },
    responses: { 200: jsonResponse(CasePageSchema, 'Cases, the last changed first') },
  });
  api.openapi(list, async (c) => {
    const { after, limit, closed, ...filter } = c.req.valid('query');
    const isClosedShown = closed === 'shown' || filter.stage === 'closed';
    const rows = await casesPage(ledger, { ...filter, isClosedShown }, readTimeKey(after), limit);
    return reply(c, pageOf(rows, limit));
  });

  const one = securedRoute(SEE, {
    method: 'get',
    path: '/api/cases/{id}',
    operationId: 'getCase',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(CaseSchema, 'A case with its points, people, dues, holds and history'),
      404: UNKNOWN,
    },
  });
  api.openapi(one, async (c) => {
    const found = await caseDetail(ledger, clocksOf, c.req.valid('param').id);
    return found ? reply(c, found) : refusal(c, { reason: 'case-unknown' });
  });
}

function openRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(WORK, {
    method: 'post',
    path: '/api/parties/{id}/cases',
    operationId: 'openCase',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ ...Title, points: z.array(z.uuid()).max(500).default([]) })),
    },
    responses: {
      201: jsonResponse(Made, 'It is open'),
      404: problemResponse('party-unknown, point-unknown'),
      409: problemResponse('point-elsewhere'),
      422: problemResponse('case-untitled'),
    },
  });
  api.openapi(route, async (c) => {
    const { points, ...wish } = c.req.valid('json');
    const { id } = c.req.valid('param');
    return answer(c, await openCase(ledger, callerOf(c).actor, id, { ...wish, pointIds: points }), 201);
  });
}

function changeRoutes(api: Api, ledger: Ledger): void {
  const change = securedRoute(WORK, {
    method: 'put',
    path: '/api/cases/{id}',
    operationId: 'changeCase',
    request: { params: IdParam, body: jsonBody(z.strictObject(Title)) },
    responses: { ...DONE, 404: UNKNOWN, 422: problemResponse('case-untitled') },
  });
  api.openapi(change, async (c) =>
    answer(c, await changeCase(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );

  const move = securedRoute(WORK, {
    method: 'post',
    path: '/api/cases/{id}/stage',
    operationId: 'moveCase',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ stage: z.enum(OPEN_STAGES), reason: Words })),
    },
    responses: {
      ...DONE,
      404: UNKNOWN,
      409: problemResponse('case-closed, stage-same'),
      422: problemResponse('reason-missing'),
    },
  });
  api.openapi(move, async (c) => {
    const { stage, reason } = c.req.valid('json');
    return answer(c, await moveCase(ledger, callerOf(c).actor, c.req.valid('param').id, stage, reason));
  });
}

function pointRoutes(api: Api, ledger: Ledger): void {
  const add = securedRoute(WORK, {
    method: 'post',
    path: '/api/cases/{id}/points',
    operationId: 'addCasePoint',
    request: { params: IdParam, body: jsonBody(z.strictObject({ point: z.uuid() })) },
    responses: {
      ...DONE,
      404: problemResponse('case-unknown, point-unknown'),
      409: problemResponse('case-closed, point-elsewhere, point-there'),
    },
  });
  api.openapi(add, async (c) =>
    answer(
      c,
      await addCasePoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json').point),
    ),
  );

  const remove = securedRoute(WORK, {
    method: 'post',
    path: '/api/cases/{id}/points/{pointId}/removal',
    operationId: 'removeCasePoint',
    request: { params: IdParam.extend({ pointId: z.uuid() }), body: jsonBody(Reason) },
    responses: {
      ...DONE,
      404: problemResponse('case-unknown, point-unknown'),
      422: problemResponse('reason-missing'),
    },
  });
  api.openapi(remove, async (c) => {
    const { id, pointId } = c.req.valid('param');
    return answer(
      c,
      await removeCasePoint(ledger, callerOf(c).actor, id, pointId, c.req.valid('json').reason),
    );
  });
}

function recordRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(WORK, {
    method: 'put',
    path: '/api/cases/{id}/records/{interactionId}',
    operationId: 'changeCaseRecord',
    request: {
      params: IdParam.extend({ interactionId: z.uuid() }),
      body: jsonBody(z.strictObject({ isIn: z.boolean(), reason: Words })),
    },
    responses: {
      ...DONE,
      404: problemResponse('case-unknown, interaction-unknown'),
      422: problemResponse('reason-missing'),
    },
  });
  api.openapi(route, async (c) => {
    const { id, interactionId } = c.req.valid('param');
    return answer(
      c,
      await changeCaseRecord(ledger, callerOf(c).actor, id, interactionId, c.req.valid('json')),
    );
  });
}

function peopleRoutes(api: Api, ledger: Ledger): void {
  const name = securedRoute(WORK, {
    method: 'post',
    path: '/api/cases/{id}/people',
    operationId: 'nameCasePerson',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          role: z.enum(CASE_ROLES),
          name: Line,
          member: z.string().max(80).nullable().default(null),
          reach: Line.nullable().default(null),
        }),
      ),
    },
    responses: {
      ...DONE,
      404: problemResponse('case-unknown, member-unknown'),
      422: problemResponse('person-unnamed'),
    },
  });
  api.openapi(name, async (c) =>
    answer(c, await nameCasePerson(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );

  const remove = securedRoute(WORK, {
    method: 'post',
    path: '/api/cases/{id}/people/{personId}/removal',
    operationId: 'removeCasePerson',
    request: { params: IdParam.extend({ personId: z.uuid() }), body: jsonBody(Reason) },
    responses: {
      ...DONE,
      404: problemResponse('case-unknown, person-unknown'),
      422: problemResponse('reason-missing'),
    },
  });
  api.openapi(remove, async (c) => {
    const { id, personId } = c.req.valid('param');
    return answer(
      c,
      await removeCasePerson(ledger, callerOf(c).actor, id, personId, c.req.valid('json').reason),
    );
  });
}

function endRoutes(api: Api, ledger: Ledger): void {
  const close = securedRoute(CLOSE, {
    method: 'post',
    path: '/api/cases/{id}/closing',
    operationId: 'closeCase',
    request: { params: IdParam, body: jsonBody(Closing) },
    responses: {
      ...DONE,
      404: UNKNOWN,
      409: problemResponse('case-closed, points-open'),
      422: problemResponse('reason-missing'),
    },
  });
  api.openapi(close, async (c) =>
    answer(c, await closeCase(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );

  const reopen = securedRoute(CLOSE, {
    method: 'post',
    path: '/api/cases/{id}/reopening',
    operationId: 'reopenCase',
    request: { params: IdParam, body: jsonBody(Reason) },
    responses: {
      ...DONE,
      404: UNKNOWN,
      409: problemResponse('case-open'),
      422: problemResponse('reason-missing'),
    },
  });
  api.openapi(reopen, async (c) =>
    answer(
      c,
      await reopenCase(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json').reason),
    ),
  );
}
