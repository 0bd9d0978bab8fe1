import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  DECIDERS,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import { stated } from '../../kernel/instant.ts';
import { CiteSchema } from '../interaction/schemas.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import {
  addComplaintPoint,
  assessComplaint,
  closeComplaint,
  decideComplaint,
  decideComplaintPoint,
  giveComplaint,
  nextStage,
  planAnswer,
  registerComplaint,
  reopenComplaint,
} from './complaint.actions.ts';
import { COMPLAINT_WAYS, SEVERITIES } from './complaint.ts';
import { answer } from './refusals.ts';
import { Closing, Day, Outsider, PointDecisionBody, Reason, Words } from './schemas.ts';

const WORK = { action: 'work on complaints', roles: WORKERS, scope: 'workspace' } as const;
const DECIDE = { action: 'decide and close complaints', roles: DECIDERS, scope: 'workspace' } as const;

const Made = z.object({ id: z.string() });
const DONE = { 200: jsonResponse(Made, 'It is recorded') };
const ENDED = {
  404: problemResponse('complaint-unknown'),
  409: problemResponse('complaint-closed'),
  422: problemResponse('reason-missing'),
};

/** What is done with complaints; the register itself is read elsewhere. */
export function complaintRoutes(api: Api, ledger: Ledger): void {
  registerRoute(api, ledger);
  handlingRoutes(api, ledger);
  pointRoutes(api, ledger);
  decisionRoutes(api, ledger);
  endRoutes(api, ledger);
}

function registerRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(WORK, {
    method: 'post',
    path: '/api/parties/{id}/complaints',
    operationId: 'registerComplaint',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          case: z.uuid().nullable().default(null),
          receivedAt: z.iso.datetime({ offset: true }),
          way: z.enum(COMPLAINT_WAYS),
          cite: CiteSchema,
          remedy: Words,
          remedyCite: CiteSchema.nullable().default(null),
          points: z.array(z.uuid()).max(200),
          owner: z.string().max(80).nullable().default(null),
        }),
      ),
    },
    responses: {
      201: jsonResponse(z.object({ id: z.string(), number: z.string() }), 'Its number, to be said aloud'),
      404: problemResponse('party-unknown, case-unknown, point-unknown, member-unknown'),
      409: problemResponse('case-elsewhere, point-elsewhere'),
      422: problemResponse('remedy-missing, points-missing, quote-not-found, time-ahead'),
    },
  });
  api.openapi(route, async (c) => {
    const { case: caseId, receivedAt, points, ...wish } = c.req.valid('json');
    const received = stated(receivedAt, 'stated')!;
    const given = { ...wish, caseId, received, pointIds: [...new Set(points)] };
    return answer(c, await registerComplaint(ledger, callerOf(c).actor, c.req.valid('param').id, given), 201);
  });
}

function handlingRoutes(api: Api, ledger: Ledger): void {
  const assess = securedRoute(WORK, {
    method: 'put',
    path: '/api/complaints/{id}/assessment',
    operationId: 'assessComplaint',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          severity: z.enum(SEVERITIES),
          isSafety: z.boolean(),
          isUrgent: z.boolean(),
          reason: Words,
        }),
      ),
    },
    responses: { ...DONE, ...ENDED },
  });
  api.openapi(assess, async (c) =>
    answer(c, await assessComplaint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );

  const give = securedRoute(WORK, {
    method: 'put',
    path: '/api/complaints/{id}/owner',
    operationId: 'giveComplaint',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ owner: z.string().max(80), reason: Words })),
    },
    responses: { ...DONE, ...ENDED },
  });
  api.openapi(give, async (c) => {
    const { owner, reason } = c.req.valid('json');
    return answer(c, await giveComplaint(ledger, callerOf(c).actor, c.req.valid('param').id, owner, reason));
  });

  const plan = securedRoute(WORK, {
    method: 'put',
    path: '/api/complaints/{id}/answer-by',
    operationId: 'planComplaintAnswer',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ answerOn: Day.nullable(), reason: Words })),
    },
    responses: { ...DONE, ...ENDED },
  });
  api.openapi(plan, async (c) => {
    const { answerOn, reason } = c.req.valid('json');
    return answer(c, await planAnswer(ledger, callerOf(c).actor, c.req.valid('param').id, answerOn, reason));
  });
}

function pointRoutes(api: Api, ledger: Ledger): void {
  const add = securedRoute(WORK, {
    method: 'post',
    path: '/api/complaints/{id}/points',
    operationId: 'addComplaintPoint',
    request: { params: IdParam, body: jsonBody(z.strictObject({ point: z.uuid(), reason: Words })) },
    responses: {
      ...DONE,
      ...ENDED,
      404: problemResponse('complaint-unknown, point-unknown'),
      409: problemResponse('complaint-closed, stage-decided, point-elsewhere, point-there'),
    },
  });
  api.openapi(add, async (c) => {
    const { point, reason } = c.req.valid('json');
    return answer(
      c,
      await addComplaintPoint(ledger, callerOf(c).actor, c.req.valid('param').id, point, reason),
    );
  });

  const decide = securedRoute(WORK, {
    method: 'put',
    path: '/api/complaints/{id}/points/{pointId}/outcome',
    operationId: 'decideComplaintPoint',
    request: { params: IdParam.extend({ pointId: z.uuid() }), body: jsonBody(PointDecisionBody) },
    responses: {
      ...DONE,
      404: problemResponse('complaint-unknown, point-unknown, clause-unknown'),
      409: problemResponse('complaint-closed, stage-decided'),
      422: problemResponse('reason-missing, source-empty, quote-not-found'),
    },
  });
  api.openapi(decide, async (c) => {
    const { id, pointId } = c.req.valid('param');
    return answer(c, await decideComplaintPoint(ledger, callerOf(c).actor, id, pointId, c.req.valid('json')));
  });
}

function decisionRoutes(api: Api, ledger: Ledger): void {
  const decide = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/complaints/{id}/decision',
    operationId: 'decideComplaint',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({ says: Words, reason: Words.default(''), outsider: Outsider.default(null) }),
      ),
    },
    responses: {
      200: jsonResponse(
        z
          .object({ state: z.enum(['decided', 'waiting']), until: z.string().nullable() })
          .openapi('ComplaintDeciding'),
        'It is decided, or who works alone waits for a day',
      ),
      404: problemResponse('complaint-unknown, interaction-unknown'),
      409: problemResponse(
        'decision-incomplete, stage-decided, complaint-closed, second-person-needed, wait-needed',
      ),
      422: problemResponse('decision-empty, reason-missing, proof-unusable'),
    },
  });
  api.openapi(decide, async (c) =>
    answer(c, await decideComplaint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );

  const move = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/complaints/{id}/stage',
    operationId: 'moveComplaint',
    request: { params: IdParam, body: jsonBody(z.strictObject({ stage: z.literal(2), reason: Words })) },
    responses: {
      ...DONE,
      ...ENDED,
      409: problemResponse('stage-passed, stage-undecided, complaint-closed'),
    },
  });
  api.openapi(move, async (c) => {
    const { stage, reason } = c.req.valid('json');
    return answer(c, await nextStage(ledger, callerOf(c).actor, c.req.valid('param').id, stage, reason));
  });
}

function endRoutes(api: Api, ledger: Ledger): void {
  const close = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/complaints/{id}/closing',
    operationId: 'closeComplaint',
    request: { params: IdParam, body: jsonBody(Closing) },
    responses: { ...DONE, ...ENDED, 409: problemResponse('complaint-closed, points-open') },
  });
  api.openapi(close, async (c) =>
    answer(c, await closeComplaint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );

  const reopen = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/complaints/{id}/reopening',
    operationId: 'reopenComplaint',
    request: { params: IdParam, body: jsonBody(Reason) },
    responses: { ...DONE, ...ENDED, 409: problemResponse('complaint-open') },
  });
  api.openapi(reopen, async (c) =>
    answer(
      c,
      await reopenComplaint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json').reason),
    ),
  );
}
