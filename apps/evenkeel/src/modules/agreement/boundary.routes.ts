import {
  type Api,
  callerOf,
  DECIDERS,
  IdParam,
  jsonResponse,
  problemResponse,
  ROLES,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Reader } from '../signal/reader.ts';
import { doing } from './agreement.routes.ts';
import {
  liftBoundary,
  proveStep,
  recordBreach,
  reviewBoundary,
  setBoundary,
  takeStep,
  withdrawBreach,
} from './boundary.actions.ts';
import {
  BoundariesSchema,
  BoundaryWishSchema,
  BreachWishSchema,
  DecisionWishSchema,
  KeepingSchema,
  ProvingSchema,
  ReviewSchema,
  StepWishSchema,
} from './boundary.schemas.ts';
import { answer } from './refusals.ts';
import { ReasonSchema } from './schemas.ts';
import { boundariesWith, ourKeeping } from './told.actions.ts';

const READ = { action: 'see boundaries', roles: ROLES, scope: 'workspace' } as const;
const WRITE = { action: 'set boundaries and record crossings', roles: WORKERS, scope: 'workspace' } as const;
const DECIDE = {
  action: 'warn, restrict, end, pass over a step',
  roles: DECIDERS,
  scope: 'workspace',
} as const;
const LIFT = { action: 'review and lift boundaries', roles: DECIDERS, scope: 'workspace' } as const;

/** Rules of contact: their ladders, crossings with quotes, what comes next, and how we keep them ourselves. */
export function boundaryRoutes(api: Api, ledger: Ledger, reader: Reader, dataDir: string): void {
  readingRoutes(api, ledger, reader, dataDir);
  crossingRoutes(api, ledger);
  stepRoutes(api, ledger);
}

function readingRoutes(api: Api, ledger: Ledger, reader: Reader, dataDir: string): void {
  const list = securedRoute(READ, {
    method: 'get',
    path: '/api/parties/{id}/boundaries',
    operationId: 'getBoundaries',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(
        BoundariesSchema,
        'The boundaries of a client, each with the exact text that comes next',
      ),
      404: problemResponse('There is none'),
    },
  });
  api.openapi(list, async (c) => {
    const found = await boundariesWith(ledger, dataDir, c.req.valid('param').id, callerOf(c).name);
    return answer(c, found);
  });

  const keeping = securedRoute(READ, {
    method: 'get',
    path: '/api/boundaries/{id}/keeping',
    operationId: 'getOurKeeping',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(KeepingSchema, 'How we keep the same rule; worked out now, and kept nowhere'),
      404: problemResponse('There is none'),
    },
  });
  api.openapi(keeping, async (c) => {
    const kept = await ourKeeping(ledger, reader, c.req.valid('param').id);
    return answer(c, kept);
  });
}

function crossingRoutes(api: Api, ledger: Ledger): void {
  doing(
    api,
    WRITE,
    '/api/parties/{id}/boundaries',
    'setBoundary',
    'A boundary with its ladder',
    BoundaryWishSchema,
    (actor, id, wish) => setBoundary(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/boundaries/{id}/breaches',
    'recordBreach',
    'One crossing, counted',
    BreachWishSchema,
    (actor, id, wish) => recordBreach(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/breaches/{id}/withdrawal',
    'withdrawBreach',
    'It does not count',
    ReasonSchema,
    (actor, id, { reason }) => withdrawBreach(ledger, actor, id, reason),
  );
  doing(
    api,
    WRITE,
    '/api/boundary-steps/{id}/proof',
    'proveBoundaryStep',
    'The record that shows it',
    ProvingSchema,
    (actor, id, { proofId }) => proveStep(ledger, actor, id, proofId),
  );
  doing(
    api,
    LIFT,
    '/api/boundaries/{id}/review',
    'reviewBoundary',
    'Looked at; when again',
    ReviewSchema,
    (actor, id, wish) => reviewBoundary(ledger, actor, id, wish),
  );
  doing(
    api,
    LIFT,
    '/api/boundaries/{id}/lifting',
    'liftBoundary',
    'It does not hold any more',
    ReasonSchema,
    (actor, id, { reason }) => liftBoundary(ledger, actor, id, reason),
  );
}

function stepRoutes(api: Api, ledger: Ledger): void {
  doing(
    api,
    WRITE,
    '/api/boundaries/{id}/steps',
    'takeBoundaryStep',
    'A reminder or a pause that was said or sent',
    StepWishSchema,
    (actor, id, wish) =>
      takeStep(ledger, { actor, maySenior: false }, id, { ...wish, safety: null, answers: null }),
  );

  doing(
    api,
    DECIDE,
    '/api/boundaries/{id}/decisions',
    'decideBoundaryStep',
    'Any step, also a warning, a restriction or an end',
    DecisionWishSchema,
    (actor, id, wish) => takeStep(ledger, { actor, maySenior: true }, id, wish),
  );
}
