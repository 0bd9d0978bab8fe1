import { z } from '@hono/zod-openapi';
import {
  type Api,
  IdParam,
  jsonResponse,
  problemResponse,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { comparedAsks } from './asks.actions.ts';
import type { PaceFor } from './hours.ts';
import type { Reader } from './reader.ts';
import { answer } from './refusals.ts';
import { courseWith, mirrorWith } from './relation.actions.ts';
import { AskPageSchema, CourseSchema, MirrorSchema } from './schemas.ts';

const LOOK = { action: 'look at a whole relationship', roles: WORKERS, scope: 'workspace' } as const;
const UNKNOWN = problemResponse('There is no such client');

/** Looks at a whole relationship: what they asked, both sides over time, and our own side. */
export function relationRoutes(api: Api, ledger: Ledger, reader: Reader, paceFor: PaceFor): void {
  const asks = securedRoute(LOOK, {
    method: 'get',
    path: '/api/parties/{id}/asks',
    operationId: 'listAsks',
    request: {
      params: IdParam,
      query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
    },
    responses: {
      200: jsonResponse(AskPageSchema, 'What they asked, newest first, each with where they asked it before'),
      404: UNKNOWN,
    },
  });
  api.openapi(asks, async (c) => {
    const found = await comparedAsks(ledger, reader, c.req.valid('param').id, c.req.valid('query').limit);
    return answer(c, found);
  });

  const course = securedRoute(LOOK, {
    method: 'get',
    path: '/api/parties/{id}/course',
    operationId: 'getCourse',
    request: { params: IdParam },
    responses: { 200: jsonResponse(CourseSchema, 'Both sides over time'), 404: UNKNOWN },
  });
  api.openapi(course, async (c) => {
    const found = await courseWith(ledger, reader, paceFor, c.req.valid('param').id);
    return answer(c, found);
  });

  const mirror = securedRoute(LOOK, {
    method: 'get',
    path: '/api/parties/{id}/mirror',
    operationId: 'getMirror',
    request: { params: IdParam },
    responses: { 200: jsonResponse(MirrorSchema, 'Our own side; computed now, kept nowhere'), 404: UNKNOWN },
  });
  api.openapi(mirror, async (c) => {
    const found = await mirrorWith(ledger, reader, paceFor, c.req.valid('param').id);
    return answer(c, found);
  });
}
