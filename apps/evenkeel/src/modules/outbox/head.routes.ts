import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { chooseHead, headChoice } from './head.actions.ts';

const SEE = { action: 'see what letters to a client carry', roles: ROLES, scope: 'workspace' } as const;
const CHOOSE = {
  action: 'say what letters to a client carry',
  roles: ['owner'],
  scope: 'workspace',
} as const;

const Choice = z.strictObject({ carries: z.boolean() }).openapi('HeadChoice');
const { answer } = answersWith({ 'party-unknown': 404 }, { 'party-unknown': 'There is no such client.' });

/** Whether letters to a client carry the hash of the signed head: their mailbox then holds our history too. */
export function headRoutes(api: Api, ledger: Ledger): void {
  const see = securedRoute(SEE, {
    method: 'get',
    path: '/api/parties/{id}/carried-head',
    operationId: 'getHeadChoice',
    request: { params: IdParam },
    responses: { 200: jsonResponse(Choice, 'Whether their letters carry it') },
  });
  api.openapi(see, async (c) => reply(c, await headChoice(ledger, c.req.valid('param').id)));

  const choose = securedRoute(CHOOSE, {
    method: 'put',
    path: '/api/parties/{id}/carried-head',
    operationId: 'chooseHead',
    request: { params: IdParam, body: jsonBody(Choice) },
    responses: {
      200: jsonResponse(Choice, 'Whether their letters carry it from now on'),
      404: problemResponse('party-unknown'),
    },
  });
  api.openapi(choose, async (c) => {
    const { carries } = c.req.valid('json');
    return answer(c, await chooseHead(ledger, callerOf(c).actor, c.req.valid('param').id, carries));
  });
}
