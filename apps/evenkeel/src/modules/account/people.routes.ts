import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
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
import type { Account, Entered } from './account.actions.ts';
import { SessionSchema } from './account.schemas.ts';
import type { NewcomerRefusal, TriesRefusal } from './account.ts';
import { INVITED_AS, type PeopleRefusal } from './invitation.ts';
import { changeRole, endMembership, invite, join, peopleOf, withdrawInvitation } from './people.actions.ts';

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

const { answer, refusal } = answersWith<PeopleRefusal | NewcomerRefusal | TriesRefusal>(
  {
    'member-unknown': 404,
    'invitation-unknown': 404,
    'invitation-refused': 401,
    'name-taken': 409,
    'role-same': 409,
    'last-owner': 409,
    'too-many-invitations': 409,
    'reason-missing': 422,
    'name-unusable': 422,
    'password-too-short': 422,
    'password-too-long': 422,
    'too-many-tries': 429,
  },
  {
    'member-unknown': 'There is no such member. Nothing was changed.',
    'invitation-unknown': 'There is no such invitation that waits. Nothing was changed.',
    'invitation-refused':
      'This code does not work: it is wrong, was used already, withdrawn, or is older than a week. Nothing was changed. Ask for a new one.',
    'name-taken': 'Somebody here has this name, or had it. Take another.',
    'role-same': 'They have this role already.',
    'last-owner': 'This is the only owner. Make somebody else an owner first.',
    'too-many-invitations': 'Too many invitations wait. Withdraw some first.',
    'reason-missing': 'Say why.',
    'name-unusable':
      'This cannot be a name: it is empty, too long, or holds characters that cannot be shown.',
    'password-too-short': 'The password is too short.',
    'password-too-long': 'The password is too long.',
    'too-many-tries': 'Too many tries. Wait a little.',
  },
);

const RoleSchema = z.enum(INVITED_AS);
const PeopleSchema = z
  .object({
    members: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        role: z.enum(ROLES),
        leftAt: z.string().nullable(),
      }),
    ),
    invitations: z.array(
      z.object({
        id: z.string(),
        role: RoleSchema,
        name: z.string(),
        until: z.string(),
        invitedAt: z.string(),
        invitedBy: z.string(),
      }),
    ),
  })
  .openapi('People');

const InvitedSchema = z
  .object({
    id: z.string(),
    code: z.string().openapi({ description: 'Works once; shown only now' }),
    until: z.string(),
  })
  .openapi('Invited');

const gone = (description: string) => ({
  204: { description },
  404: problemResponse('member-unknown, invitation-unknown'),
  409: problemResponse('last-owner, role-same'),
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
    answer(c, await invite(account, callerOf(c).actor, c.req.valid('json')), 201),
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
