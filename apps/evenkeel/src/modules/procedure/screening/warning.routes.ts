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
  WORKERS,
} from '../../../kernel/http.ts';
import { MadeSchema } from '../../agreement/schemas.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { answer } from './refusals.ts';
import { LogWishSchema, WarningsSchema, WarningWishSchema } from './screening.schemas.ts';
import { enterWarning, listWarnings, logWarning, removeWarning } from './warning.actions.ts';

const SEE = { action: 'see entries that warn', roles: WORKERS, scope: 'workspace' } as const;
const LOG = { action: 'write what was said about an entry', roles: WORKERS, scope: 'workspace' } as const;
const DECIDE = { action: 'enter and remove warnings', roles: DECIDERS, scope: 'workspace' } as const;
const DONE = {
  200: jsonResponse(MadeSchema, 'It is recorded'),
  404: problemResponse('There is none'),
  409: problemResponse('It is not so any more, or not yet'),
  422: problemResponse('Something in it is missing or cannot be used, each with its own word'),
};

/** Entries about what somebody did, for this workspace alone: there is no way to share them. */
export function warningRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/warnings',
    operationId: 'listWarnings',
    request: { query: z.object({ party: z.uuid().optional() }) },
    responses: { 200: jsonResponse(WarningsSchema, 'Entries in force, and those to be deleted') },
  });
  api.openapi(list, async (c) =>
    reply(c, await listWarnings(ledger, dataDir, c.req.valid('query').party ?? null)),
  );

  const enter = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/parties/{id}/warnings',
    operationId: 'enterWarning',
    request: { params: IdParam, body: jsonBody(WarningWishSchema) },
    responses: { ...DONE, 201: jsonResponse(MadeSchema, 'The entry') },
  });
  api.openapi(enter, async (c) => {
    const { id } = c.req.valid('param');
    return answer(c, await enterWarning(ledger, dataDir, callerOf(c).actor, id, c.req.valid('json')), 201);
  });

  const log = securedRoute(LOG, {
    method: 'post',
    path: '/api/warnings/{id}/log',
    operationId: 'logWarning',
    request: { params: IdParam, body: jsonBody(LogWishSchema) },
    responses: DONE,
  });
  api.openapi(log, async (c) =>
    answer(c, await logWarning(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );

  const remove = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/warnings/{id}/removal',
    operationId: 'removeWarning',
    request: { params: IdParam },
    responses: DONE,
  });
  api.openapi(remove, async (c) =>
    answer(c, await removeWarning(ledger, callerOf(c).actor, c.req.valid('param').id)),
  );
}
