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
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Reader } from '../signal/reader.ts';
import { makeCommitment, moveCommitment, reopenCommitment, settleCommitment } from './commitment.actions.ts';
import { SETTLED } from './commitment.ts';
import { dismissProposal, proposalsInMessage, proposalsWith } from './commitment-proposals.actions.ts';
import { answer, refusal } from './promise-refusals.ts';
import {
  BecauseSchema,
  CommitmentWishSchema,
  DueSaidSchema,
  MoveWishSchema,
  PromisesSchema,
  ProposalListSchema,
  WarningSchema,
  WrittenSchema,
} from './promise-schemas.ts';
import { lookAtDue, promisesWith } from './promise-views.actions.ts';

const SEE = { action: 'see promises and offers', roles: ROLES, scope: 'workspace' } as const;
const KEEP = { action: 'write down promises', roles: WORKERS, scope: 'workspace' } as const;
const UNKNOWN = problemResponse('There is none');
const UNUSABLE = problemResponse('Something is missing, or the words do not stand so in the record');
const SETTLED_ALREADY = problemResponse('It has ended already');
const WRITTEN = jsonResponse(WrittenSchema, 'Written down; what is to be said about the day is beside it');

/** Promises of both sides: what is promised, how it ended, and what looks like one. */
export function commitmentRoutes(api: Api, ledger: Ledger, reader: Reader): void {
  viewRoutes(api, ledger);
  makeRoute(api, ledger);
  changeRoutes(api, ledger);
  proposalRoutes(api, ledger, reader);
}

function viewRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/parties/{id}/promises',
    operationId: 'getPromises',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(PromisesSchema, 'What both sides promised and offered, with the history of each'),
      404: UNKNOWN,
    },
  });
  api.openapi(list, async (c) => {
    const found = await promisesWith(ledger, c.req.valid('param').id);
    return answer(c, found);
  });

  const due = securedRoute(SEE, {
    method: 'get',
    path: '/api/promises/due',
    operationId: 'lookAtDue',
    request: {
      query: z.object({
        date: z.string().max(10),
        time: z.string().max(5).optional(),
        zone: z.string().max(64).optional(),
      }),
    },
    responses: {
      200: jsonResponse(
        z.object({ due: DueSaidSchema, warning: WarningSchema, isPast: z.boolean() }).openapi('DueLook'),
        'Where this day stands on the calendar; it is never moved',
      ),
      422: UNUSABLE,
    },
  });
  api.openapi(due, async (c) => {
    const { date, time = null, zone = null } = c.req.valid('query');
    const looked = await lookAtDue(ledger, { date, time, zone });
    return answer(c, looked);
  });
}

function makeRoute(api: Api, ledger: Ledger): void {
  const make = securedRoute(KEEP, {
    method: 'post',
    path: '/api/parties/{id}/commitments',
    operationId: 'makeCommitment',
    request: { params: IdParam, body: jsonBody(CommitmentWishSchema) },
    responses: { 201: WRITTEN, 404: UNKNOWN, 422: UNUSABLE },
  });
  api.openapi(make, async (c) => {
    const actor = callerOf(c).actor;
    const made = await makeCommitment(ledger, actor, c.req.valid('param').id, c.req.valid('json'));
    return answer(c, made, 201);
  });
}

function changeRoutes(api: Api, ledger: Ledger): void {
  const change = <P extends string, S extends z.ZodType>(path: P, operationId: string, body: S) =>
    securedRoute(KEEP, {
      method: 'post',
      path,
      operationId,
      request: { params: IdParam, body: jsonBody(body) },
      responses: { 200: WRITTEN, 404: UNKNOWN, 409: SETTLED_ALREADY, 422: UNUSABLE },
    });

  const move = change('/api/commitments/{id}/move', 'moveCommitment', MoveWishSchema);
  api.openapi(move, async (c) => {
    const actor = callerOf(c).actor;
    const done = await moveCommitment(ledger, actor, c.req.valid('param').id, c.req.valid('json'));
    return answer(c, done);
  });

  const settle = change(
    '/api/commitments/{id}/settle',
    'settleCommitment',
    BecauseSchema.extend({ as: z.enum(SETTLED) }),
  );
  api.openapi(settle, async (c) => {
    const actor = callerOf(c).actor;
    const { as, ...because } = c.req.valid('json');
    const done = await settleCommitment(ledger, actor, c.req.valid('param').id, as, because);
    return answer(c, done);
  });

  const reopen = change(
    '/api/commitments/{id}/reopen',
    'reopenCommitment',
    z.strictObject({ reason: z.string().max(4000) }),
  );
  api.openapi(reopen, async (c) => {
    const actor = callerOf(c).actor;
    const done = await reopenCommitment(ledger, actor, c.req.valid('param').id, c.req.valid('json').reason);
    return answer(c, done);
  });
}

function proposalRoutes(api: Api, ledger: Ledger, reader: Reader): void {
  const LOOK = { action: 'see what looks like a promise', roles: WORKERS, scope: 'workspace' } as const;
  const found = jsonResponse(
    ProposalListSchema,
    'What looks like a promise and is not kept as one; nothing is stored',
  );

  const inMessage = securedRoute(LOOK, {
    method: 'get',
    path: '/api/interactions/{id}/promise-proposals',
    operationId: 'proposePromisesIn',
    request: { params: IdParam },
    responses: { 200: found },
  });
  api.openapi(inMessage, async (c) => {
    const items = await proposalsInMessage(ledger, reader, c.req.valid('param').id);
    return items.ok ? reply(c, { items: items.value }) : refusal(c, items);
  });

  const withParty = securedRoute(LOOK, {
    method: 'get',
    path: '/api/parties/{id}/promise-proposals',
    operationId: 'proposePromises',
    request: { params: IdParam },
    responses: { 200: found, 404: UNKNOWN },
  });
  api.openapi(withParty, async (c) => {
    const items = await proposalsWith(ledger, reader, c.req.valid('param').id);
    return items.ok ? reply(c, { items: items.value }) : refusal(c, items);
  });

  const dismiss = securedRoute(
    { ...LOOK, action: 'say that words are no promise' },
    {
      method: 'post',
      path: '/api/interactions/{id}/promise-dismissals',
      operationId: 'dismissPromise',
      request: {
        params: IdParam,
        body: jsonBody(z.strictObject({ start: z.number().int().min(0), end: z.number().int().min(1) })),
      },
      responses: {
        204: { description: 'Not proposed again; kept as a working note, in no record' },
        404: UNKNOWN,
      },
    },
  );
  api.openapi(dismiss, async (c) => {
    const place = { interactionId: c.req.valid('param').id, ...c.req.valid('json') };
    const done = await dismissProposal(ledger, callerOf(c).actor, place);
    return answer(c, done, 204);
  });
}
