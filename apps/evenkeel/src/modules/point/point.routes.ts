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
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Reader } from '../signal/reader.ts';
import { evidenceFor } from './evidence.actions.ts';
import { noveltyOf } from './novelty.actions.ts';
import {
  agreePoint,
  answerPoint,
  closePoint,
  expectOfPoint,
  groundPoint,
  mergePoint,
  namePoint,
  type Opened,
  openPoint,
  type PointWishRefusal,
  pricePoint,
  raisePoint,
  reopenPoint,
  splitPoint,
  weighForPoint,
  withdrawPoint,
} from './point.actions.ts';
import { answer } from './point-refusals.ts';
import {
  AgreeWishSchema,
  CiteOnlySchema,
  EvidenceSchema,
  GroundWishSchema,
  MergeWishSchema,
  NameWishSchema,
  NoveltySchema,
  OpenedSchema,
  OpenWishSchema,
  PointListSchema,
  PointSchema,
  PriceWishSchema,
  ReasonOnlySchema,
  ReopenWishSchema,
  SplitWishSchema,
  StateSchema,
  WeighWishSchema,
} from './point-schemas.ts';
import { pointDetail, pointsPage } from './point-views.actions.ts';

const SEE = { action: 'see points', roles: ROLES, scope: 'workspace' } as const;
const LOOK = { action: 'see what is new in a message', roles: WORKERS, scope: 'workspace' } as const;
const DECIDE = { action: 'make points and say how they stand', roles: WORKERS, scope: 'workspace' } as const;
const Numbered = z.object({ id: z.uuid(), number: z.coerce.number().int().min(1).max(1_000_000) });
const UNKNOWN = problemResponse('There is none');
const UNUSABLE = problemResponse('Something is missing, or the words do not stand so in the record');
const NOT_NOW = problemResponse('Not in the state it is in');
const WRITTEN = jsonResponse(OpenedSchema, 'Written down');

/** Points: what was asked, how it stands, what is new in a message, and what the record says beside it. */
export function pointRoutes(api: Api, ledger: Ledger, reader: Reader): void {
  listRoutes(api, ledger);
  lookRoutes(api, ledger, reader);
  openRoute(api, ledger);
  stateRoutes(api, ledger);
  sameRoutes(api, ledger);
  lookedAtRoutes(api, ledger);
}

function listRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/parties/{id}/points',
    operationId: 'listPoints',
    request: {
      params: IdParam,
      query: z.object({
        state: StateSchema.optional(),
        after: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(200).default(100),
      }),
    },
    responses: {
      200: jsonResponse(PointListSchema, 'Points of a client by number, and how many are in each state'),
      404: UNKNOWN,
    },
  });
  api.openapi(list, async (c) => {
    const { state = null, after, limit } = c.req.valid('query');
    const page = await pointsPage(ledger, c.req.valid('param').id, { state, after, limit });
    return answer(c, page);
  });

  const one = securedRoute(SEE, {
    method: 'get',
    path: '/api/parties/{id}/points/{number}',
    operationId: 'getPoint',
    request: { params: Numbered },
    responses: { 200: jsonResponse(PointSchema, 'One point with its history'), 404: UNKNOWN },
  });
  api.openapi(one, async (c) => {
    const { id: party, number } = c.req.valid('param');
    const found = await pointDetail(ledger, { party, number });
    return answer(c, found);
  });
}

function lookRoutes(api: Api, ledger: Ledger, reader: Reader): void {
  const evidence = securedRoute(LOOK, {
    method: 'get',
    path: '/api/parties/{id}/points/{number}/evidence',
    operationId: 'getEvidence',
    request: { params: Numbered },
    responses: {
      200: jsonResponse(EvidenceSchema, 'Lines of both sides that speak of it, in the order of time'),
      404: UNKNOWN,
    },
  });
  api.openapi(evidence, async (c) => {
    const { id: party, number } = c.req.valid('param');
    const found = await evidenceFor(ledger, { party, number });
    return answer(c, found);
  });

  const novelty = securedRoute(LOOK, {
    method: 'get',
    path: '/api/interactions/{id}/novelty',
    operationId: 'getNovelty',
    request: { params: IdParam, query: z.object({ party: z.uuid().optional() }) },
    responses: {
      200: jsonResponse(NoveltySchema, 'What is new in it and what it raises again; kept nowhere'),
      404: UNKNOWN,
      422: UNUSABLE,
    },
  });
  api.openapi(novelty, async (c) => {
    const { party = null } = c.req.valid('query');
    const found = await noveltyOf(ledger, reader, c.req.valid('param').id, party);
    return answer(c, found);
  });
}

function openRoute(api: Api, ledger: Ledger): void {
  const open = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/parties/{id}/points',
    operationId: 'openPoint',
    request: { params: IdParam, body: jsonBody(OpenWishSchema) },
    responses: { 201: WRITTEN, 404: UNKNOWN, 409: NOT_NOW, 422: UNUSABLE },
  });
  api.openapi(open, async (c) => {
    const opened = await openPoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'));
    return answer(c, opened, 201);
  });
}

function change<P extends string, S extends z.ZodType>(path: P, operationId: string, body: S) {
  return securedRoute(DECIDE, {
    method: 'post',
    path,
    operationId,
    request: { params: IdParam, body: jsonBody(body) },
    responses: { 200: WRITTEN, 404: UNKNOWN, 409: NOT_NOW, 422: UNUSABLE },
  });
}

function told(c: Context, done: Outcome<Opened, PointWishRefusal>): never {
  return answer(c, done);
}

/** What moves a point from one state to another. */
function stateRoutes(api: Api, ledger: Ledger): void {
  api.openapi(change('/api/points/{id}/answer', 'answerPoint', CiteOnlySchema), async (c) =>
    told(c, await answerPoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json').cite)),
  );
  api.openapi(change('/api/points/{id}/agree', 'agreePoint', AgreeWishSchema), async (c) => {
    const { cite, terms } = c.req.valid('json');
    return told(c, await agreePoint(ledger, callerOf(c).actor, c.req.valid('param').id, cite, terms));
  });
  api.openapi(change('/api/points/{id}/close', 'closePoint', ReasonOnlySchema), async (c) =>
    told(c, await closePoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json').reason)),
  );
  api.openapi(change('/api/points/{id}/reopen', 'reopenPoint', ReopenWishSchema), async (c) =>
    told(c, await reopenPoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );
  api.openapi(change('/api/points/{id}/raise', 'raisePoint', CiteOnlySchema), async (c) =>
    told(c, await raisePoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json').cite)),
  );
  api.openapi(change('/api/points/{id}/withdraw', 'withdrawPoint', ReasonOnlySchema), async (c) =>
    told(
      c,
      await withdrawPoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json').reason),
    ),
  );
}

/** Points that are one, and a point that is two. */
function sameRoutes(api: Api, ledger: Ledger): void {
  api.openapi(change('/api/points/{id}/merge', 'mergePoint', MergeWishSchema), async (c) =>
    told(c, await mergePoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );
  api.openapi(change('/api/points/{id}/split', 'splitPoint', SplitWishSchema), async (c) => {
    const { kind: pointKind, ...wish } = c.req.valid('json');
    return told(
      c,
      await splitPoint(ledger, callerOf(c).actor, c.req.valid('param').id, { pointKind, ...wish }),
    );
  });
}

/** What people say about a point; its state stays. */
function lookedAtRoutes(api: Api, ledger: Ledger): void {
  api.openapi(change('/api/points/{id}/name', 'namePoint', NameWishSchema), async (c) =>
    told(c, await namePoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );
  api.openapi(change('/api/points/{id}/ground', 'groundPoint', GroundWishSchema), async (c) => {
    const { ground, reason } = c.req.valid('json');
    return told(c, await groundPoint(ledger, callerOf(c).actor, c.req.valid('param').id, ground, reason));
  });
  api.openapi(change('/api/points/{id}/expect', 'expectOfPoint', CiteOnlySchema), async (c) =>
    told(
      c,
      await expectOfPoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json').cite),
    ),
  );
  api.openapi(change('/api/points/{id}/weigh', 'weighForPoint', WeighWishSchema), async (c) =>
    told(c, await weighForPoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );
  api.openapi(change('/api/points/{id}/price', 'pricePoint', PriceWishSchema), async (c) =>
    told(c, await pricePoint(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );
}
