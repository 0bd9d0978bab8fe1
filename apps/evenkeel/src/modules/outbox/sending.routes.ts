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
import type { ProcedurePorts } from '../procedure/loading.actions.ts';
import type { GatePorts } from './gate.actions.ts';
import { waitsView } from './gatekeeper.actions.ts';
import { answer } from './refusals.ts';
import { sendingsView, sendsMail, settleSending } from './sending.actions.ts';
import { SENT, WaitSchema } from './wait.schemas.ts';
import { bringToGate } from './waits.actions.ts';

const SEND = { action: 'send letters', roles: WORKERS, scope: 'workspace' } as const;
const SEE = { action: 'see what was sent and what came back', roles: ROLES, scope: 'workspace' } as const;

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

const Settled = jsonResponse(z.object({ id: z.string() }), 'What became of it is written down');
const NOT_NOW = problemResponse('It cannot be sent now');

/** Letters that leave by a mailbox of ours. */
export function sendingRoutes(api: Api, ports: GatePorts): void {
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
        z.object({ canSend: z.boolean(), waits: z.array(WaitSchema), items: z.array(SendingSchema) }),
        'What waits and waited of a procedure or before a message, what was sent and what came back, newest first',
      ),
    },
  });
  api.openapi(route, async (c) => {
    const { procedure, interaction } = c.req.valid('query');
    const which = { ...(procedure ? { procedure } : {}), ...(interaction ? { interaction } : {}) };
    const items = await sendingsView(ledger, which);
    // A letter that leaves keeps the id under which it waited: of one message, those that became it.
    const asked = procedure ?? (interaction ? items[0]?.procedureId : undefined);
    const all = asked ? await waitsView(ledger, callerOf(c).actor, asked) : [];
    const waits = procedure ? all : all.filter((wait) => items.some(({ id }) => id === wait.id));
    return reply(c, { canSend: await sendsMail(ledger), waits, items });
  });
}

function sendRoute(api: Api, ports: GatePorts): void {
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
          atOpening: z
            .boolean()
            .default(false)
            .openapi({ description: 'Whether it leaves when our hours begin' }),
        }),
      ),
    },
    responses: { 200: SENT, 403: NOT_NOW, 404: NOT_NOW, 409: NOT_NOW, 422: NOT_NOW },
  });
  api.openapi(route, async (c) => {
    const { id, letter } = c.req.valid('param');
    return answer(c, await bringToGate(ports, callerOf(c), id, { letter, ...c.req.valid('json') }));
  });
}

function settleRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(SEND, {
    method: 'post',
    path: '/api/sendings/{id}/settled',
    operationId: 'settleSending',
    request: { params: IdParam, body: jsonBody(z.strictObject({ wasSent: z.boolean() })) },
    responses: { 200: Settled, 404: NOT_NOW, 409: NOT_NOW, 422: NOT_NOW },
  });
  api.openapi(route, async (c) => {
    const { wasSent } = c.req.valid('json');
    return answer(c, await settleSending(ports, callerOf(c), c.req.valid('param').id, wasSent));
  });
}
