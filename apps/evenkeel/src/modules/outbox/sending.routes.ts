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
  WORKERS,
} from '../../kernel/http.ts';
import type { ProcedurePorts } from '../procedure/loading.actions.ts';
import { refusalStatus, refusalTitles } from '../procedure/refusals.ts';
import { mailProblemStatus, notSentTitles } from '../source/mail-problems.ts';
import { sendingsView, sendLetter, sendsMail, settleSending } from './sending.actions.ts';
import type { SendingRefusal } from './sending.ts';

const SEND = { action: 'send letters', roles: WORKERS, scope: 'workspace' } as const;
const SEE = { action: 'see what was sent and what came back', roles: ROLES, scope: 'workspace' } as const;

const statusOf = {
  'no-mailbox-sends': 409,
  'address-sends-nowhere': 409,
  'already-leaving': 409,
  'already-left': 409,
  'maybe-left': 409,
  'sending-unknown': 404,
  'sending-settled': 409,
  'mail-refused': 422,
  'letter-left-otherwise': 409,
  ...mailProblemStatus,
} as const satisfies Record<SendingRefusal, 404 | 409 | 422>;

const titles: Record<SendingRefusal, string> = {
  'no-mailbox-sends':
    'No mailbox is set up to send. Set one under Settings, or hand the letter over as before.',
  'address-sends-nowhere':
    'They know another address of ours than those that can send. Nothing was sent: another address would tell them more of us than they know.',
  'already-leaving': 'This letter is on its way at this moment.',
  'already-left': 'This letter was sent already.',
  'maybe-left':
    'Nobody knows whether this letter left: the server had it and did not answer. Look into its folder of sent mail, then say here what you found. It is not sent again by itself.',
  'sending-unknown': 'There is no such mail.',
  'sending-settled': 'What became of this mail is known already.',
  'mail-refused': 'The server did not take the letter. Nothing was sent; its words are shown beside.',
  'letter-left-otherwise':
    'The letter was sent, but its procedure went another way meanwhile. Say here that it was sent, when the procedure can take it.',
  ...notSentTitles,
};

const { answer } = answersWith({ ...refusalStatus, ...statusOf }, { ...refusalTitles, ...titles });

const Said = z.string().nullable();
const SendingSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    procedureId: z.string(),
    letter: z.string(),
    finishedId: z.string(),
    state: z.enum(['sending', 'accepted', 'refused', 'unclear', 'not-sent']),
    messageId: z.string(),
    from: z.string(),
    to: z.string(),
    begunAt: z.string(),
    endedAt: Said,
    interactionId: Said,
    reply: Said,
    asksDelivery: z.boolean(),
    transcript: z.array(z.object({ by: z.enum(['us', 'server']), text: z.string() })),
    reports: z.array(
      z.object({
        interactionId: z.string(),
        became: z.enum(['delivered', 'relayed', 'delayed', 'failed', 'opened', 'deleted-unopened']),
        recipient: Said,
        status: Said,
        diagnostic: Said,
        at: z.string(),
      }),
    ),
  })
  .openapi('Sending');

const Sent = jsonResponse(z.object({ id: z.string() }), 'The server took it; that says nothing of delivery');
const NOT_NOW = problemResponse('It cannot be sent now');

/** Letters that leave by a mailbox of ours. */
export function sendingRoutes(api: Api, ports: ProcedurePorts): void {
  listRoute(api, ports);
  sendRoute(api, ports);
  settleRoute(api, ports);
}

function listRoute(api: Api, { ledger }: ProcedurePorts): void {
  const route = securedRoute(SEE, {
    method: 'get',
    path: '/api/sendings',
    operationId: 'listSendings',
    request: {
      query: z.object({ procedure: z.uuid().optional(), interaction: z.uuid().optional() }),
    },
    responses: {
      200: jsonResponse(
        z.object({ canSend: z.boolean(), items: z.array(SendingSchema) }),
        'What was sent and what came back, newest first',
      ),
    },
  });
  api.openapi(route, async (c) => {
    const { procedure, interaction } = c.req.valid('query');
    const which = { ...(procedure ? { procedure } : {}), ...(interaction ? { interaction } : {}) };
    return reply(c, { canSend: await sendsMail(ledger), items: await sendingsView(ledger, which) });
  });
}

function sendRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(SEND, {
    method: 'post',
    path: '/api/procedures/{id}/letters/{letter}/send',
    operationId: 'sendProcedureLetter',
    request: {
      params: IdParam.extend({ letter: z.string().max(200) }),
      body: jsonBody(
        z.strictObject({
          confirmedNames: z.array(z.string().max(200)).max(50).default([]),
          asksOpened: z.boolean().default(false),
        }),
      ),
    },
    responses: { 200: Sent, 403: NOT_NOW, 404: NOT_NOW, 409: NOT_NOW, 422: NOT_NOW },
  });
  api.openapi(route, async (c) => {
    const { id, letter } = c.req.valid('param');
    return answer(c, await sendLetter(ports, callerOf(c), id, { letter, ...c.req.valid('json') }));
  });
}

function settleRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(SEND, {
    method: 'post',
    path: '/api/sendings/{id}/settled',
    operationId: 'settleSending',
    request: { params: IdParam, body: jsonBody(z.strictObject({ wasSent: z.boolean() })) },
    responses: { 200: Sent, 404: NOT_NOW, 409: NOT_NOW, 422: NOT_NOW },
  });
  api.openapi(route, async (c) => {
    const { wasSent } = c.req.valid('json');
    return answer(c, await settleSending(ports, callerOf(c), c.req.valid('param').id, wasSent));
  });
}
