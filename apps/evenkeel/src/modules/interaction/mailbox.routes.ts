import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  DECIDERS,
  IdParam,
  jsonBody,
  jsonResponse,
  problem,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { mailProblemStatus, mailProblemTitles } from '../source/mail-problems.ts';
import { forgetMailbox, keepMailbox, loadMailbox, tryMailbox } from '../source/mailbox.actions.ts';
import type { ImapSettings, MailboxRefusal, MailboxWish } from '../source/mailbox.ts';
import type { Mailboxes } from './mailbox.actions.ts';
import {
  ImapSchema,
  MailboxBody,
  MailboxListSchema,
  SecretsSchema,
  SenderSchema,
} from './mailbox.schemas.ts';
import { mailboxReport } from './mailbox-report.actions.ts';
import { senderOf } from './sender-check.actions.ts';

const SET = { action: 'say which mailboxes are read', roles: DECIDERS, scope: 'workspace' } as const;
const SEE = { action: 'see how reading mailboxes goes', roles: ROLES, scope: 'workspace' } as const;
const SENDER = { action: 'see whether senders are verified', roles: ROLES, scope: 'workspace' } as const;
const READ = { action: 'have a mailbox read now', roles: WORKERS, scope: 'workspace' } as const;

const statusOf = {
  'mailbox-unknown': 404,
  'mailbox-receives': 422,
  'mailbox-address-unusable': 422,
  'host-unusable': 422,
  'port-unusable': 422,
  'plain-not-local': 422,
  'token-endpoint-unusable': 422,
  'secret-needed': 422,
  'parties-needed': 422,
  ...mailProblemStatus,
} as const satisfies Record<MailboxRefusal, 404 | 422>;

const titles: Record<MailboxRefusal, string> = {
  'mailbox-unknown': 'There is no such mailbox.',
  'mailbox-receives': 'This one waits for mail that is brought to it. There is nothing to fetch.',
  'mailbox-address-unusable': 'This is not a mail address. Nothing was kept.',
  'host-unusable': 'A server has a name such as imap.example.org, without https:// before it.',
  'port-unusable': 'A port is a number from 1 to 65535.',
  'plain-not-local':
    'Without encryption the password would be readable on the way. Choose TLS or STARTTLS; only a server on this machine may do without.',
  'token-endpoint-unusable':
    'The address for tokens begins with https://. The provider’s help says which it is.',
  'secret-needed': 'The password, or the refresh token, is missing. A new server or user needs it again.',
  'parties-needed': 'Choose at least one client whose mail is taken, or everybody you know.',
  ...mailProblemTitles,
};

const { answer, refusal } = answersWith(statusOf, titles);

/** Mailboxes that are read as mail arrives. */
export function mailboxRoutes(api: Api, ledger: Ledger, following: Mailboxes): void {
  listRoute(api, ledger, following);
  tryRoute(api, ledger);
  keepRoutes(api, ledger, following);
  readRoute(api, ledger, following);
  senderRoute(api, ledger);
}

function listRoute(api: Api, ledger: Ledger, following: Mailboxes): void {
  const route = securedRoute(SEE, {
    method: 'get',
    path: '/api/mailboxes',
    operationId: 'listMailboxes',
    responses: { 200: jsonResponse(MailboxListSchema, 'Mailboxes, and how reading them goes') },
  });
  api.openapi(route, async (c) => reply(c, { items: await mailboxReport(ledger, following) }));
}

function tryRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(SET, {
    method: 'post',
    path: '/api/mailboxes/try',
    operationId: 'tryMailbox',
    request: {
      body: jsonBody(
        z.strictObject({
          id: z.uuid().nullable().default(null),
          settings: ImapSchema,
          secrets: SecretsSchema.nullable().default(null),
        }),
      ),
    },
    responses: {
      200: jsonResponse(
        z.object({ inbox: z.string(), sent: z.string().nullable() }),
        'Signed in; these folders would be read. Nothing was kept',
      ),
      404: problemResponse('There is none'),
      422: problemResponse('It cannot be reached like this'),
    },
  });
  api.openapi(route, async (c) => {
    const { id, settings, secrets } = c.req.valid('json');
    return answer(c, await tryMailbox(ledger, id, settings as ImapSettings, secrets));
  });
}

function keepRoutes(api: Api, ledger: Ledger, following: Mailboxes): void {
  const responses = {
    404: problemResponse('There is none'),
    422: problemResponse('It cannot be reached like this, or says nothing about whose mail is taken'),
  };
  const kept = jsonResponse(z.object({ id: z.string() }), 'Kept; the password is under seal');
  const add = securedRoute(SET, {
    method: 'post',
    path: '/api/mailboxes',
    operationId: 'addMailbox',
    request: { body: jsonBody(MailboxBody) },
    responses: { 201: kept, ...responses },
  });
  api.openapi(add, async (c) => {
    const done = await keepMailbox(ledger, callerOf(c).actor, null, c.req.valid('json') as MailboxWish);
    if (done.ok) await following.changed(done.value.id);
    return answer(c, done, 201);
  });

  const change = securedRoute(SET, {
    method: 'put',
    path: '/api/mailboxes/{id}',
    operationId: 'changeMailbox',
    request: { params: IdParam, body: jsonBody(MailboxBody) },
    responses: { 200: kept, ...responses },
  });
  api.openapi(change, async (c) => {
    const { id } = c.req.valid('param');
    const done = await keepMailbox(ledger, callerOf(c).actor, id, c.req.valid('json') as MailboxWish);
    if (done.ok) await following.changed(id);
    return answer(c, done);
  });

  const forget = securedRoute(SET, {
    method: 'delete',
    path: '/api/mailboxes/{id}',
    operationId: 'forgetMailbox',
    request: { params: IdParam },
    responses: { 204: { description: 'Its settings are gone; what it brought stays' }, ...responses },
  });
  api.openapi(forget, async (c) => {
    const { id } = c.req.valid('param');
    const done = await forgetMailbox(ledger, id);
    await following.changed(id);
    return answer(c, done, 204);
  });
}

function readRoute(api: Api, ledger: Ledger, following: Mailboxes): void {
  const route = securedRoute(READ, {
    method: 'post',
    path: '/api/mailboxes/{id}/read',
    operationId: 'readMailbox',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(MailboxListSchema, 'It was read'),
      404: problemResponse('There is none'),
      422: problemResponse('It cannot be reached'),
    },
  });
  api.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const mailbox = await loadMailbox(ledger.db, ledger.workspaceId, id);
    if (mailbox?.settings.kind === 'receiving') return refusal(c, { reason: 'mailbox-receives' });
    const done = await following.read(id);
    if (!done.ok) return refusal(c, done);
    return reply(c, { items: await mailboxReport(ledger, following) });
  });
}

function senderRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(SENDER, {
    method: 'get',
    path: '/api/interactions/{id}/sender',
    operationId: 'getSender',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(SenderSchema, 'What the domain of its sender said when it came'),
      404: problemResponse('There is no such mail'),
    },
  });
  api.openapi(route, async (c) => {
    const found = await senderOf(ledger, c.req.valid('param').id);
    return found.ok
      ? reply(c, found.value)
      : problem(c, 404, 'sender-unknown', 'There is no such mail, or its bytes are erased.');
  });
}
