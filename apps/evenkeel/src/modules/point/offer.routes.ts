import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { answerOffer, extendOffer, makeOffer, tellOffer, withdrawOffer } from './offer.actions.ts';
import { lookAtOffer } from './offer-look.actions.ts';
import { listAllowances, listPrivateLimits, setAllowance, setPrivateLimit } from './offer-private.actions.ts';
import { answer } from './promise-refusals.ts';
import {
  AllowanceListSchema,
  BecauseSchema,
  DueWishSchema,
  OfferWishSchema,
  PrivateLimitListSchema,
  ReasonSchema,
  SumWishSchema,
  WrittenSchema,
} from './promise-schemas.ts';

const OFFER = { action: 'write down offers', roles: WORKERS, scope: 'workspace' } as const;
const PRIVATE = { action: 'see and set how far we would go', roles: WORKERS, scope: 'workspace' } as const;
const ALLOW = {
  action: 'say what each member may offer alone',
  roles: ['owner', 'manager'],
  scope: 'workspace',
} as const;
const UNKNOWN = problemResponse('There is none');
const CONFLICT = problemResponse('It is too late, or too early, for this');
const UNUSABLE = problemResponse('Something is missing, or the words do not stand so in the record');
const WRITTEN = jsonResponse(WrittenSchema, 'Written down; what is to be said about the day is beside it');

/** Offers of both sides, and what is private about them. */
export function offerRoutes(api: Api, ledger: Ledger): void {
  makeRoute(api, ledger);
  courseRoutes(api, ledger);
  lookRoute(api, ledger);
  allowanceRoutes(api, ledger);
  limitRoutes(api, ledger);
}

function makeRoute(api: Api, ledger: Ledger): void {
  const make = securedRoute(OFFER, {
    method: 'post',
    path: '/api/parties/{id}/offers',
    operationId: 'makeOffer',
    request: { params: IdParam, body: jsonBody(OfferWishSchema) },
    responses: { 201: WRITTEN, 404: UNKNOWN, 409: CONFLICT, 422: UNUSABLE },
  });
  api.openapi(make, async (c) => {
    const made = await makeOffer(ledger, callerOf(c), c.req.valid('param').id, c.req.valid('json'));
    return answer(c, made, 201);
  });
}

function courseRoutes(api: Api, ledger: Ledger): void {
  const step = <P extends string, S extends z.ZodType>(path: P, operationId: string, body: S) =>
    securedRoute(OFFER, {
      method: 'post',
      path,
      operationId,
      request: { params: IdParam, body: jsonBody(body) },
      responses: { 200: WRITTEN, 404: UNKNOWN, 409: CONFLICT, 422: UNUSABLE },
    });

  api.openapi(step('/api/offers/{id}/told', 'tellOffer', BecauseSchema), async (c) => {
    const actor = callerOf(c).actor;
    const done = await tellOffer(ledger, actor, c.req.valid('param').id, c.req.valid('json'));
    return answer(c, done);
  });

  const AnswerSchema = BecauseSchema.extend({
    is: z.enum(['accepted', 'refused']),
    option: z.number().int().min(1).nullable().default(null),
  });
  api.openapi(step('/api/offers/{id}/answer', 'answerOffer', AnswerSchema), async (c) => {
    const actor = callerOf(c).actor;
    const done = await answerOffer(ledger, actor, c.req.valid('param').id, c.req.valid('json'));
    return answer(c, done);
  });

  api.openapi(step('/api/offers/{id}/withdraw', 'withdrawOffer', BecauseSchema), async (c) => {
    const actor = callerOf(c).actor;
    const done = await withdrawOffer(ledger, actor, c.req.valid('param').id, c.req.valid('json'));
    return answer(c, done);
  });

  const ExtendSchema = BecauseSchema.extend({ decideBy: DueWishSchema });
  api.openapi(step('/api/offers/{id}/move', 'extendOffer', ExtendSchema), async (c) => {
    const actor = callerOf(c).actor;
    const done = await extendOffer(ledger, actor, c.req.valid('param').id, c.req.valid('json'));
    return answer(c, done);
  });
}

function lookRoute(api: Api, ledger: Ledger): void {
  const look = securedRoute(
    { ...OFFER, action: 'look at an offer as a second person' },
    {
      method: 'post',
      path: '/api/offers/{id}/look',
      operationId: 'lookAtOffer',
      request: {
        params: IdParam,
        body: jsonBody(
          z.strictObject({
            reason: ReasonSchema,
            outsider: z
              .strictObject({ name: z.string().min(1).max(200), proof: z.uuid() })
              .nullable()
              .default(null),
          }),
        ),
      },
      responses: {
        200: jsonResponse(
          z.object({ id: z.string(), isLookedAt: z.boolean() }),
          'Looked at, or the day to wait has begun',
        ),
        404: UNKNOWN,
        409: CONFLICT,
        422: UNUSABLE,
      },
    },
  );
  api.openapi(look, async (c) => {
    const actor = callerOf(c).actor;
    const done = await lookAtOffer(ledger, actor, c.req.valid('param').id, c.req.valid('json'));
    return answer(c, done);
  });
}

function allowanceRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(ALLOW, {
    method: 'get',
    path: '/api/allowances',
    operationId: 'listAllowances',
    responses: {
      200: jsonResponse(AllowanceListSchema, 'What each member may offer alone, where it was said'),
    },
  });
  api.openapi(list, async (c) => reply(c, { items: await listAllowances(ledger) }));

  const put = securedRoute(ALLOW, {
    method: 'put',
    path: '/api/allowances/{actor}',
    operationId: 'setAllowance',
    request: {
      params: z.object({ actor: z.string().min(1).max(80) }),
      body: jsonBody(z.strictObject({ sum: SumWishSchema.nullable() })),
    },
    responses: { 204: { description: 'Kept as a setting; it is in no record' }, 422: UNUSABLE },
  });
  api.openapi(put, async (c) => {
    const { actor } = c.req.valid('param');
    const done = await setAllowance(ledger, callerOf(c).name, actor, c.req.valid('json').sum);
    return answer(c, done, 204);
  });
}

function limitRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(PRIVATE, {
    method: 'get',
    path: '/api/parties/{id}/private-limits',
    operationId: 'listPrivateLimits',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(PrivateLimitListSchema, 'How far we would go; in no record and no bundle'),
    },
  });
  api.openapi(list, async (c) =>
    reply(c, { items: await listPrivateLimits(ledger, c.req.valid('param').id) }),
  );

  const put = securedRoute(PRIVATE, {
    method: 'put',
    path: '/api/offers/{id}/private-limit',
    operationId: 'setPrivateLimit',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          sum: SumWishSchema.nullable().default(null),
          words: z.string().max(4000).default(''),
        }),
      ),
    },
    responses: { 204: { description: 'Kept as a note of our own' }, 404: UNKNOWN, 422: UNUSABLE },
  });
  api.openapi(put, async (c) => {
    const done = await setPrivateLimit(
      ledger,
      callerOf(c).name,
      c.req.valid('param').id,
      c.req.valid('json'),
    );
    return answer(c, done, 204);
  });
}
