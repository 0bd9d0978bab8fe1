import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  DECIDERS,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Account } from '../account/account.actions.ts';
import { InvitedSchema } from '../account/people.routes.ts';
import { answer } from '../account/people-refusals.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import {
  counselOf,
  endCounsel,
  inviteCounsel,
  isCase,
  withdrawCounselInvitation,
} from './counsel.actions.ts';
import { refusal } from './refusals.ts';
import { Day } from './schemas.ts';

const LET_IN = { action: 'let counsel into one case', roles: DECIDERS, scope: 'workspace' } as const;
const UNKNOWN = { reason: 'case-unknown' } as const;

const CounselSchema = z
  .object({
    people: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        until: z.string(),
        leftAt: z.string().nullable(),
        isHere: z.boolean().openapi({ description: 'They can sign in now' }),
      }),
    ),
    invitations: z.array(
      z.object({ id: z.string(), name: z.string(), codeUntil: z.string(), until: z.string() }),
    ),
  })
  .openapi('Counsel');

/** Who of outside sees one case, until when. What they see of it is in the routes that have a case as their scope. */
export function counselRoutes(api: Api, ledger: Ledger, account: Account): void {
  const list = securedRoute(LET_IN, {
    method: 'get',
    path: '/api/cases/{id}/counsel',
    operationId: 'listCounsel',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(CounselSchema, 'Who sees it, who did, and who is asked to'),
      404: problemResponse('case-unknown'),
    },
  });
  api.openapi(list, async (c) => {
    const { id } = c.req.valid('param');
    return (await isCase(ledger, id)) ? reply(c, await counselOf(account, id)) : refusal(c, UNKNOWN);
  });

  const ask = securedRoute(LET_IN, {
    method: 'post',
    path: '/api/cases/{id}/counsel',
    operationId: 'inviteCounsel',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          name: z.string().max(200).default(''),
          day: Day.openapi({ description: 'The last day on which they see it' }),
        }),
      ),
    },
    responses: {
      201: jsonResponse(InvitedSchema, 'A code to hand over'),
      404: problemResponse('case-unknown'),
      409: problemResponse('too-many-invitations'),
      422: problemResponse('end-past'),
    },
  });
  api.openapi(ask, async (c) => {
    const { id } = c.req.valid('param');
    if (!(await isCase(ledger, id))) return refusal(c, UNKNOWN);
    return answer(c, await inviteCounsel(ledger, account, callerOf(c).actor, id, c.req.valid('json')), 201);
  });
  endingRoutes(api, account);
}

function endingRoutes(api: Api, account: Account): void {
  const gone = { 204: { description: 'It is over' }, 404: problemResponse('There is nobody of this kind') };
  const end = securedRoute(LET_IN, {
    method: 'post',
    path: '/api/cases/{id}/counsel/{memberId}/end',
    operationId: 'endCounsel',
    request: {
      params: IdParam.extend({ memberId: z.uuid() }),
      body: jsonBody(z.strictObject({ reason: z.string().max(2000).default('') })),
    },
    responses: { ...gone, 422: problemResponse('reason-missing') },
  });
  api.openapi(end, async (c) => {
    const { id, memberId } = c.req.valid('param');
    const wish = { memberId, reason: c.req.valid('json').reason };
    return answer(c, await endCounsel(account, callerOf(c).actor, id, wish), 204);
  });

  const withdraw = securedRoute(LET_IN, {
    method: 'delete',
    path: '/api/cases/{id}/counsel/invitations/{invitationId}',
    operationId: 'withdrawCounselInvitation',
    request: { params: IdParam.extend({ invitationId: z.uuid() }) },
    responses: gone,
  });
  api.openapi(withdraw, async (c) => {
    const { id, invitationId } = c.req.valid('param');
    return answer(c, await withdrawCounselInvitation(account, callerOf(c).actor, id, invitationId), 204);
  });
}
