import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  DECIDERS,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { changePrivilege, markPrivileged, privilegeOf } from './privilege.actions.ts';
import { PrivilegeMarkSchema, PrivilegeSchema } from './privilege.schemas.ts';
import { PRIVILEGE_CHANGES, type PrivilegeRefusal } from './privilege.ts';

const statusOf = {
  'interaction-unknown': 404,
  'reason-missing': 422,
  'not-privileged': 409,
  'too-many-at-once': 422,
} as const satisfies Record<PrivilegeRefusal, 404 | 409 | 422>;
const titles: Record<PrivilegeRefusal, string> = {
  'interaction-unknown': 'There is no such message. Nothing was marked.',
  'reason-missing': 'Say why. Nothing was changed.',
  'not-privileged':
    'The mark of this record is not as it was thought to be. Nothing was changed. Look at it again.',
  'too-many-at-once': 'These are too many records at once. Nothing was marked. Take fewer.',
};
const { answer } = answersWith(statusOf, titles);

/** Marks of what stays with us: words with counsel, what was made ready for a dispute, what was without prejudice. */
export function privilegeRoutes(api: Api, ledger: Ledger): void {
  const see = securedRoute(
    { action: 'read the record', roles: ROLES, scope: 'workspace' },
    {
      method: 'get',
      path: '/api/interactions/{id}/privilege',
      operationId: 'getPrivilege',
      request: { params: IdParam },
      responses: {
        200: jsonResponse(
          z.object({ privilege: PrivilegeMarkSchema.nullable() }).openapi('PrivilegeOfOne'),
          'Whether it stays with us, and why',
        ),
        404: problemResponse('interaction-unknown'),
      },
    },
  );
  api.openapi(see, async (c) => answer(c, await privilegeOf(ledger, c.req.valid('param').id)));

  const mark = securedRoute(
    { action: 'mark what stays with us', roles: WORKERS, scope: 'workspace' },
    {
      method: 'post',
      path: '/api/privileges',
      operationId: 'markPrivileged',
      request: {
        body: jsonBody(
          z.strictObject({
            interactions: z.array(z.uuid()).min(1).max(100_000),
            privilege: PrivilegeSchema,
          }),
        ),
      },
      responses: {
        200: jsonResponse(z.object({ marked: z.number().int() }), 'How many were not marked so before'),
        404: problemResponse('interaction-unknown'),
        422: problemResponse('too-many-at-once'),
      },
    },
  );
  api.openapi(mark, async (c) => {
    const { interactions, privilege } = c.req.valid('json');
    return answer(c, await markPrivileged(ledger, callerOf(c).actor, interactions, privilege));
  });
  changeRoute(api, ledger);
}

function changeRoute(api: Api, ledger: Ledger): void {
  const change = securedRoute(
    { action: 'lift or waive a mark', roles: DECIDERS, scope: 'workspace' },
    {
      method: 'post',
      path: '/api/interactions/{id}/privilege',
      operationId: 'changePrivilege',
      request: {
        params: IdParam,
        body: jsonBody(z.strictObject({ change: z.enum(PRIVILEGE_CHANGES), reason: z.string().max(2000) })),
      },
      responses: {
        200: jsonResponse(z.object({ id: z.string() }), 'It is changed'),
        409: problemResponse('not-privileged'),
        422: problemResponse('reason-missing'),
      },
    },
  );
  api.openapi(change, async (c) =>
    answer(c, await changePrivilege(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );
}
