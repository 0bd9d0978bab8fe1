import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { type GatePorts, sendingRules, setSendingRules } from './gate.actions.ts';
import { waitsView } from './gatekeeper.actions.ts';
import { answer } from './refusals.ts';
import { ApproveBody, GateSchema, HurryBody, RulesSchema, SENT, WaitSchema } from './wait.schemas.ts';
import { actOnWait, gateView } from './waits.actions.ts';
import type { WaitAct } from './waits.ts';

const SEE = { action: 'see which letters wait, and what for', roles: ROLES, scope: 'workspace' } as const;
const LEAVE = { action: 'look again at letters that wait', roles: WORKERS, scope: 'workspace' } as const;
const APPROVE = { action: 'approve letters of others', roles: WORKERS, scope: 'workspace' } as const;
const RULES = {
  action: 'say what letters wait for',
  roles: ['owner', 'manager'],
  scope: 'workspace',
} as const;
const NOT_NOW = problemResponse('It cannot be done now, or not by this member');

/** What letters wait for before they leave, and what persons do meanwhile. */
export function gateRoutes(api: Api, ports: GatePorts): void {
  viewRoutes(api, ports);
  actRoutes(api, ports);
  rulesRoutes(api, ports.ledger);
}

function viewRoutes(api: Api, ports: GatePorts): void {
  const gate = securedRoute(SEE, {
    method: 'get',
    path: '/api/procedures/{id}/letters/{letter}/gate',
    operationId: 'getLetterGate',
    request: {
      params: IdParam.extend({ letter: z.string().max(200) }),
      query: z.object({ confirmed: z.string().max(200).optional() }),
    },
    responses: {
      200: jsonResponse(GateSchema, 'What stands against a finished letter, if it were sent now'),
      ...{ 403: NOT_NOW, 404: NOT_NOW, 409: NOT_NOW, 422: NOT_NOW },
    },
  });
  api.openapi(gate, async (c) => {
    const { id, letter } = c.req.valid('param');
    const { confirmed } = c.req.valid('query');
    const confirmedNames = confirmed === undefined ? [] : [confirmed];
    return answer(c, await gateView(ports, callerOf(c), id, { letter, confirmedNames }));
  });

  const waiting = securedRoute(SEE, {
    method: 'get',
    path: '/api/sendings/waiting',
    operationId: 'listLettersWaiting',
    responses: {
      200: jsonResponse(z.object({ items: z.array(WaitSchema) }), 'Letters that wait, the longest first'),
    },
  });
  api.openapi(waiting, async (c) =>
    reply(c, { items: await waitsView(ports.ledger, callerOf(c).actor, null) }),
  );
}

function actRoutes(api: Api, ports: GatePorts): void {
  const responses = { 200: SENT, 403: NOT_NOW, 404: NOT_NOW, 409: NOT_NOW, 422: NOT_NOW };
  const act = (caller: Parameters<typeof callerOf>[0], id: string, wish: WaitAct) =>
    actOnWait(ports, callerOf(caller), id, wish).then((done) => answer(caller, done));
  const path = (does: string) => `/api/sendings/waiting/{id}/${does}`;

  const takeBack = securedRoute(LEAVE, {
    ...{ method: 'post', path: path('taken-back'), operationId: 'takeLetterBack', responses },
    request: { params: IdParam },
  });
  api.openapi(takeBack, (c) => act(c, c.req.valid('param').id, { does: 'take-back' }));

  const look = securedRoute(LEAVE, {
    ...{ method: 'post', path: path('looked-again'), operationId: 'sendLookedAgain', responses },
    request: { params: IdParam },
  });
  api.openapi(look, (c) => act(c, c.req.valid('param').id, { does: 'look' }));

  const hurry = securedRoute(LEAVE, {
    ...{ method: 'post', path: path('all-the-same'), operationId: 'sendAllTheSame', responses },
    request: { params: IdParam, body: jsonBody(HurryBody) },
  });
  api.openapi(hurry, (c) => act(c, c.req.valid('param').id, { does: 'hurry', ...c.req.valid('json') }));

  const approve = securedRoute(APPROVE, {
    ...{ method: 'post', path: path('approved'), operationId: 'approveLetter', responses },
    request: { params: IdParam, body: jsonBody(ApproveBody) },
  });
  api.openapi(approve, (c) => act(c, c.req.valid('param').id, { does: 'approve', ...c.req.valid('json') }));
}

function rulesRoutes(api: Api, ledger: Ledger): void {
  const path = '/api/sendings/rules';
  const SHOWN = jsonResponse(RulesSchema, 'What letters wait for');
  const get = securedRoute(
    { ...SEE, action: 'see what letters wait for' },
    { method: 'get', path, operationId: 'getSendingRules', responses: { 200: SHOWN } },
  );
  api.openapi(get, async (c) => reply(c, await sendingRules(ledger)));
  const put = securedRoute(RULES, {
    ...{ method: 'put', path, operationId: 'setSendingRules', responses: { 200: SHOWN } },
    request: { body: jsonBody(RulesSchema) },
  });
  api.openapi(put, async (c) =>
    reply(c, await setSendingRules(ledger, callerOf(c).actor, c.req.valid('json'))),
  );
}
