import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
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
} from '../../kernel/http.ts';
import type { Account, Entered } from './account.actions.ts';
import { SessionSchema } from './account.schemas.ts';
import { INVITED_AS } from './invitation.ts';
import { changeRole, endMembership, invite, join, peopleOf, withdrawInvitation } from './people.actions.ts';
import { answer, refusal } from './people-refusals.ts';

const KEEP = {
  action: 'invite people, give roles, end memberships',
  roles: ['owner'],
  scope: 'workspace',
} as const;
const JOIN = {
  action: 'begin to work here, with the code of an invitation',
  roles: 'anyone',
  scope: 'self',
} as const;

const RoleSchema = z.enum(INVITED_AS);
const SeesSchema = z
  .object({ caseId: z.string(), until: z.string() })
  .nullable()
  .openapi({ description: 'The one case that counsel sees, and until when' });
const PeopleSchema = z
  .object({
    members: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        role: z.enum(ROLES),
        leftAt: z.string().nullable(),
        sees: SeesSchema,
      }),
    ),
    invitations: z.array(
      z.object({
        id: z.string(),
        role: z.enum(ROLES),
        sees: SeesSchema,
        name: z.string(),
        until: z.string(),
        invitedAt: z.string(),
        invitedBy: z.string(),
      }),
    ),
  })
  .openapi('People');

export const InvitedSchema = z
  .object({
    id: z.string(),
    code: z.string().openapi({ description: 'Works once; shown only now' }),
    until: z.string(),
  })
  .openapi('Invited');

const gone = (description: string) => ({
  204: { description },
  404: problemResponse('member-unknown, invitation-unknown'),
  409: problemResponse('last-owner, role-same, counsel-stays'),
  422: problemResponse('reason-missing'),
});

/**
 * Who works here. An owner hands a code over by a road of their own; whoever has it chooses a name and a password.
 *
 * @param entered sets the cookies of whoever came in, and answers as signing in does
 */
export function registerPeople(
  api: Api,
  account: Account,
  entered: (c: Context, entered: Entered) => Promise<unknown>,
): void {
  const list = securedRoute(KEEP, {
    method: 'get',
    path: '/api/people',
    operationId: 'listPeople',
    responses: { 200: jsonResponse(PeopleSchema, 'Members, those who left too, and invitations that wait') },
  });
  api.openapi(list, async (c) => reply(c, await peopleOf(account)));

  const ask = securedRoute(KEEP, {
    method: 'post',
    path: '/api/people/invitations',
    operationId: 'invitePerson',
    request: {
      body: jsonBody(z.strictObject({ role: RoleSchema, name: z.string().max(200).default('') })),
    },
    responses: {
      201: jsonResponse(InvitedSchema, 'A code to hand over'),
      409: problemResponse('too-many-invitations'),
    },
  });
  api.openapi(ask, async (c) =>
    answer(c, await invite(account, callerOf(c).actor, { ...c.req.valid('json'), sees: null }), 201),
  );

  const withdraw = securedRoute(KEEP, {
    method: 'delete',
    path: '/api/people/invitations/{id}',
    operationId: 'withdrawInvitation',
    request: { params: IdParam },
    responses: gone('The code opens nothing any more'),
  });
  api.openapi(withdraw, async (c) =>
    answer(c, await withdrawInvitation(account, callerOf(c).actor, c.req.valid('param').id), 204),
  );
  memberRoutes(api, account);

  const come = securedRoute(JOIN, {
    method: 'post',
    path: '/api/join',
    operationId: 'joinHere',
    request: {
      body: jsonBody(
        z
          .strictObject({
            code: z.string().max(100),
            name: z.string().max(1000),
            password: z.string().max(10_000),
          })
          .openapi('Joining'),
      ),
    },
    responses: {
      201: jsonResponse(SessionSchema, 'They are signed in'),
      401: problemResponse('invitation-refused'),
      409: problemResponse('name-taken'),
      422: problemResponse('name-unusable, password-too-short, password-too-long'),
      429: problemResponse('too-many-tries'),
    },
  });
  api.openapi(come, async (c) => {
    const done = await join(account, c.req.valid('json'));
    return done.ok ? reply(c, await entered(c, done.value), 201) : refusal(c, done);
  });
}

function memberRoutes(api: Api, account: Account): void {
  const give = securedRoute(KEEP, {
    method: 'put',
    path: '/api/people/{id}/role',
    operationId: 'giveRole',
    request: { params: IdParam, body: jsonBody(z.strictObject({ role: RoleSchema })) },
    responses: gone('They have it from now on'),
  });
  api.openapi(give, async (c) => {
    const { role } = c.req.valid('json');
    return answer(c, await changeRole(account, callerOf(c).actor, c.req.valid('param').id, role), 204);
  });

  const end = securedRoute(KEEP, {
    method: 'post',
    path: '/api/people/{id}/left',
    operationId: 'endMembership',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ reason: z.string().max(2000).default('') })),
    },
    responses: gone('They sign in no more'),
  });
  api.openapi(end, async (c) => {
    const { reason } = c.req.valid('json');
    return answer(c, await endMembership(account, callerOf(c).actor, c.req.valid('param').id, reason), 204);
  });
}
