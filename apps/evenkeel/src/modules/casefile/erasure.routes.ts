import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  DECIDERS,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { type Eraser, listErasures } from './erasure.actions.ts';
import { ERASURE_GROUNDS, ERASURE_SCOPES, type ErasureRefusal } from './erasure.ts';
import { type CancelRefusal, ERASURE_PHASES } from './erasure-turn.ts';
import { Outsider, Second, Words } from './schemas.ts';

const SEE = { action: 'see what was erased', roles: ROLES, scope: 'workspace' } as const;
const LOOK = { action: 'see what erasing would take', roles: DECIDERS, scope: 'workspace' } as const;
const ERASE = { action: 'erase', roles: DECIDERS, scope: 'workspace', custody: 'erasure' } as const;

const { answer } = answersWith(
  {
    'party-unknown': 404,
    'interaction-unknown': 404,
    'erasing-now': 409,
    'erasing-cancelled': 409,
    'erasing-none': 409,
    'erasing-past': 409,
    'second-person-needed': 409,
    'wait-needed': 409,
    'reason-missing': 422,
    'reason-names-them': 422,
    'proof-unusable': 422,
  } as const satisfies Record<ErasureRefusal | CancelRefusal, 404 | 409 | 422>,
  {
    'party-unknown': 'There is no such client.',
    'interaction-unknown': 'There is no such record.',
    'erasing-now': 'Something else is being erased. Nothing was begun; try again when it is done.',
    'erasing-cancelled': 'It was called off before anything had gone. Nothing was erased.',
    'erasing-none': 'Nothing is being erased, so there is nothing to call off.',
    'erasing-past':
      'The keys are being destroyed, and from there on nothing brings back what goes. It goes on to its end.',
    'second-person-needed':
      'This needs somebody who did not ask for it. Nothing was erased; ask another member, or name somebody outside whose mail shows it.',
    'wait-needed': 'A reason is written down, and the day of waiting is not over. Nothing was erased.',
    'reason-missing': 'Write down why. Nothing was erased.',
    'reason-names-them':
      'The reason stays when they are gone, so it may not name them. Nothing was erased; say it without the name.',
    'proof-unusable': 'This record came from us, so it does not show that somebody else has looked.',
  },
);

const at = z.string();
const What = {
  scope: z.enum(ERASURE_SCOPES),
  /** Id of the party, or of the record. */
  subject: z.uuid(),
  /** Records that others are in too and that go all the same. */
  also: z.array(z.uuid()).max(10_000).default([]),
};
const Line = z
  .object({
    id: z.string(),
    at,
    kind: z.string(),
    from: z.string().nullable(),
    subject: z.string().nullable(),
    lead: z.string(),
    parties: z.array(z.string()),
  })
  .openapi('ErasedLine');
const ErasureSchema = z
  .object({
    id: z.string(),
    scope: z.enum(ERASURE_SCOPES),
    subject: z.string(),
    also: z.array(z.string()),
    ground: z.enum(ERASURE_GROUNDS),
    reason: z.string(),
    state: z.enum(['waiting', 'refused', 'erased']),
    askedAt: at,
    askedBy: z.string(),
    until: at.nullable(),
    holds: z.array(z.string()),
    reviewAt: at.nullable(),
    erasedAt: at.nullable(),
    erasedBy: z.string().nullable(),
    second: Second.nullable(),
    entries: z.number().int().nullable(),
    objects: z.number().int().nullable(),
    reach: z.enum(['files', 'tables']).nullable(),
    keysCopiedAt: at.nullable(),
  })
  .openapi('Erasure');
const PreviewSchema = z
  .object({
    name: z.string(),
    record: Line.nullable(),
    records: z.number().int(),
    entries: z.number().int(),
    objects: z.number().int(),
    first: at.nullable(),
    last: at.nullable(),
    beside: z.array(z.object({ room: z.string(), count: z.number().int() })),
    shared: z.array(Line),
    sharedCount: z.number().int(),
    runsThatStay: z.number().int(),
    holds: z.array(z.object({ id: z.string(), reason: z.string(), reviewAt: at.nullable() })),
    asked: ErasureSchema.nullable(),
  })
  .openapi('ErasurePreview');
const ErasingSchema = z
  .object({
    state: z.enum(['erased', 'waiting', 'refused']),
    id: z.string(),
    entries: z.number().int().optional(),
    objects: z.number().int().optional(),
    until: at.nullable().optional(),
    holds: z.array(z.string()).optional(),
    reviewAt: at.nullable().optional(),
  })
  .openapi('Erasing');

const ProgressSchema = z
  .object({
    scope: z.enum(ERASURE_SCOPES),
    subject: z.string(),
    phase: z.enum(ERASURE_PHASES),
    done: z.number().int(),
    of: z.number().int().openapi({ description: '0 while it is not known' }),
    mayCancel: z.boolean().openapi({ description: 'Nothing has gone yet' }),
  })
  .openapi('ErasureProgress');

/** Erasing one record or one client: a look at what would go, and the act itself. */
export function erasureRoutes(api: Api, ledger: Ledger, eraser: Eraser): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/erasures',
    operationId: 'listErasures',
    responses: {
      200: jsonResponse(
        z.object({ items: z.array(ErasureSchema) }).openapi('ErasureList'),
        'What was erased, refused and asked for, the newest first; ids and counts only',
      ),
    },
  });
  api.openapi(list, async (c) => {
    const items = await listErasures(ledger.db, ledger.workspaceId, 500);
    return reply(c, { items: items.map((one) => ({ ...one, also: [...one.also] })) });
  });

  const preview = securedRoute(LOOK, {
    method: 'post',
    path: '/api/erasures/preview',
    operationId: 'previewErasure',
    request: { body: jsonBody(z.strictObject(What)) },
    responses: {
      200: jsonResponse(PreviewSchema, 'What would go, and what would stay'),
      404: problemResponse('party-unknown, interaction-unknown'),
    },
  });
  api.openapi(preview, async (c) => answer(c, await eraser.preview(c.req.valid('json'))));
  eraseRoute(api, eraser);
  goingRoutes(api, eraser);
}

function eraseRoute(api: Api, eraser: Eraser): void {
  const route = securedRoute(ERASE, {
    method: 'post',
    path: '/api/erasures',
    operationId: 'erase',
    request: {
      body: jsonBody(
        z.strictObject({
          ...What,
          ground: z.enum(ERASURE_GROUNDS),
          reason: Words,
          outsider: Outsider.default(null),
        }),
      ),
    },
    responses: {
      200: jsonResponse(
        ErasingSchema,
        'It is gone; or a day or somebody is waited for; or a hold forbids it',
      ),
      404: problemResponse('party-unknown, interaction-unknown'),
      409: problemResponse('erasing-now, erasing-cancelled, second-person-needed, wait-needed'),
      422: problemResponse('reason-missing, reason-names-them, proof-unusable'),
    },
  });
  api.openapi(route, async (c) => {
    const { outsider, ...wish } = c.req.valid('json');
    c.set('subject', wish.subject);
    return answer(c, await eraser.erase(callerOf(c).actor, wish, outsider));
  });
}

/** How far the erasure is that goes on, and its end before anything has gone. */
function goingRoutes(api: Api, eraser: Eraser): void {
  const now = securedRoute(LOOK, {
    method: 'get',
    path: '/api/erasures/now',
    operationId: 'getErasureNow',
    responses: {
      200: jsonResponse(
        z.object({ now: ProgressSchema.nullable() }).openapi('ErasureNow'),
        'How far it is; null when nothing is being erased',
      ),
    },
  });
  api.openapi(now, (c) => reply(c, { now: eraser.now() }));

  const cancel = securedRoute(ERASE, {
    method: 'post',
    path: '/api/erasures/now/cancel',
    operationId: 'cancelErasure',
    responses: {
      204: { description: 'It is being called off: whoever asked for it is told that nothing was erased' },
      409: problemResponse('erasing-none, erasing-past'),
    },
  });
  api.openapi(cancel, (c) => answer(c, eraser.cancel(), 204));
}
