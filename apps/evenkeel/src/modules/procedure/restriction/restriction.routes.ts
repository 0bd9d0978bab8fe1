import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  DECIDERS,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
  WORKERS,
} from '../../../kernel/http.ts';
import { WAYS } from '../../agreement/clause.ts';
import { CiteSchema } from '../../interaction/schemas.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { answer } from './refusals.ts';
import {
  allowedNow,
  appealRestriction,
  decideRestriction,
  decideRestrictionAppeal,
  endRestriction,
  planRestriction,
  restrictionsWith,
  reviewRestriction,
  setRestriction,
} from './restriction.actions.ts';
import {
  AllowedSchema,
  AppealBody,
  LookBody,
  PlanBody,
  RestrictionSchema,
  ReviewBody,
  SettledSchema,
  Words,
} from './schemas.ts';

const SEE = { action: 'see how contact is restricted', roles: ROLES, scope: 'workspace' } as const;
const PLAN = { action: 'plan to restrict contact', roles: WORKERS, scope: 'workspace' } as const;
const DECIDE = { action: 'restrict contact', roles: DECIDERS, scope: 'workspace' } as const;

const MADE = jsonResponse(z.object({ id: z.string() }), 'Done');
const SETTLED = jsonResponse(SettledSchema, 'Done, or somebody who works alone waits for a day');
const UNKNOWN = problemResponse('restriction-unknown, party-unknown, member-unknown, interaction-unknown');
const NOT_SO = problemResponse(
  'decided-already, not-decided, set-already, not-in-force, ended-already, wait-needed, appealed-already, no-appeal',
);
const UNUSABLE = problemResponse(
  'review-date-missing, end-date-missing, open-route-missing, open-route-closed, warning-missing, notice-missing, and what else is named',
);
const responses = {
  403: problemResponse('second-person-needed'),
  404: UNKNOWN,
  409: NOT_SO,
  422: UNUSABLE,
};

/** Who may be answered by whom, about what, when, where and how; and the way there and back. */
export function restrictionRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/parties/{id}/restrictions',
    operationId: 'listRestrictions',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(
        z.object({ items: z.array(RestrictionSchema) }).openapi('RestrictionList'),
        'Restrictions of this client, the newest first',
      ),
    },
  });
  api.openapi(list, async (c) =>
    reply(c, { items: await restrictionsWith(ledger, c.req.valid('param').id) }),
  );
  const allowed = securedRoute(SEE, {
    method: 'get',
    path: '/api/parties/{id}/allowed',
    operationId: 'seeAllowed',
    request: { params: IdParam, query: z.object({ channel: z.enum(WAYS).default('mail') }) },
    responses: { 200: jsonResponse(AllowedSchema, 'What the restrictions in force allow now, and why not') },
  });
  api.openapi(allowed, async (c) => {
    const { channel } = c.req.valid('query');
    const member = callerOf(c).actor;
    return reply(c, await allowedNow(ledger, c.req.valid('param').id, { channel, member }));
  });
  planRoute(api, ledger);
  forceRoutes(api, ledger);
  laterRoutes(api, ledger);
}

function planRoute(api: Api, ledger: Ledger): void {
  const plan = securedRoute(PLAN, {
    method: 'post',
    path: '/api/parties/{id}/restrictions',
    operationId: 'planRestriction',
    request: { params: IdParam, body: jsonBody(PlanBody) },
    responses: { 201: MADE, ...responses },
  });
  api.openapi(plan, async (c) => {
    const { id } = c.req.valid('param');
    return answer(c, await planRestriction(ledger, callerOf(c).actor, id, c.req.valid('json')), 201);
  });
}

function forceRoutes(api: Api, ledger: Ledger): void {
  const decide = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/restrictions/{id}/decision',
    operationId: 'decideRestriction',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ ...LookBody, warning: z.uuid().nullable().default(null) })),
    },
    responses: { 200: SETTLED, ...responses },
  });
  api.openapi(decide, async (c) => {
    const { id } = c.req.valid('param');
    return answer(c, await decideRestriction(ledger, callerOf(c).actor, id, c.req.valid('json')));
  });
  const set = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/restrictions/{id}/force',
    operationId: 'setRestriction',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ notice: z.uuid().nullable().default(null) })),
    },
    responses: { 200: MADE, ...responses },
  });
  api.openapi(set, async (c) => {
    const { notice } = c.req.valid('json');
    return answer(c, await setRestriction(ledger, callerOf(c).actor, c.req.valid('param').id, notice));
  });
}

function laterRoutes(api: Api, ledger: Ledger): void {
  const review = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/restrictions/{id}/review',
    operationId: 'reviewRestriction',
    request: { params: IdParam, body: jsonBody(ReviewBody) },
    responses: { 200: MADE, ...responses },
  });
  api.openapi(review, async (c) => {
    const { id } = c.req.valid('param');
    return answer(c, await reviewRestriction(ledger, callerOf(c).actor, id, c.req.valid('json')));
  });
  const appeal = securedRoute(PLAN, {
    method: 'post',
    path: '/api/restrictions/{id}/appeal',
    operationId: 'appealRestriction',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ cite: CiteSchema.nullable().default(null) })),
    },
    responses: { 200: MADE, ...responses },
  });
  api.openapi(appeal, async (c) => {
    const { cite } = c.req.valid('json');
    return answer(c, await appealRestriction(ledger, callerOf(c).actor, c.req.valid('param').id, cite));
  });
  const decideAppeal = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/restrictions/{id}/appeal/decision',
    operationId: 'decideRestrictionAppeal',
    request: { params: IdParam, body: jsonBody(AppealBody) },
    responses: { 200: SETTLED, ...responses },
  });
  api.openapi(decideAppeal, async (c) => {
    const { id } = c.req.valid('param');
    return answer(c, await decideRestrictionAppeal(ledger, callerOf(c).actor, id, c.req.valid('json')));
  });
  const end = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/restrictions/{id}/end',
    operationId: 'endRestriction',
    request: { params: IdParam, body: jsonBody(z.strictObject({ reason: Words.default('') })) },
    responses: { 200: MADE, ...responses },
  });
  api.openapi(end, async (c) => {
    const { reason } = c.req.valid('json');
    return answer(c, await endRestriction(ledger, callerOf(c).actor, c.req.valid('param').id, reason));
  });
}
