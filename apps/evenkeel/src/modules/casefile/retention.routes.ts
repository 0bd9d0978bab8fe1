import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  DECIDERS,
  jsonBody,
  jsonResponse,
  problem,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { PARTY_STATES } from '../party/party.ts';
import { lookAtRetention, setRetention } from './retention.actions.ts';
import { Day, Line } from './schemas.ts';

const SEE = { action: 'see how long records are kept', roles: ROLES, scope: 'workspace' } as const;
const SET = { action: 'say how long records are kept', roles: DECIDERS, scope: 'workspace' } as const;

const Period = z.strictObject({
  kind: z.enum(PARTY_STATES),
  months: z.number().int().min(1).max(1200),
  since: Day,
  reason: Line,
});

/** How long records are kept, and whose time is over. Nothing is ever erased by itself. */
export function retentionRoutes(api: Api, ledger: Ledger): void {
  const get = securedRoute(SEE, {
    method: 'get',
    path: '/api/retention',
    operationId: 'getRetention',
    responses: {
      200: jsonResponse(
        z
          .object({
            periods: z.array(Period),
            over: z.array(
              z.object({
                partyId: z.string(),
                partyName: z.string(),
                kind: z.enum(PARTY_STATES),
                months: z.number().int(),
                lastAt: z.string(),
                at: z.string(),
              }),
            ),
          })
          .openapi('Retention'),
        'Periods, and clients that may be erased by them',
      ),
    },
  });
  api.openapi(get, async (c) => reply(c, await lookAtRetention(ledger)));

  const put = securedRoute(SET, {
    method: 'put',
    path: '/api/retention',
    operationId: 'setRetention',
    request: { body: jsonBody(z.strictObject({ periods: z.array(Period).max(PARTY_STATES.length) })) },
    responses: {
      204: { description: 'Kept so' },
      422: problemResponse('retention-twice'),
    },
  });
  api.openapi(put, async (c) => {
    const set = await setRetention(ledger, callerOf(c).actor, c.req.valid('json').periods);
    if (!set.ok) return problem(c, 422, set.reason, 'Each kind has one period. Nothing was changed.');
    return c.body(null, 204);
  });
}
