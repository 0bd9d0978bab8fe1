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
import { plainWordsFor, sayPlainly } from './plain-words.actions.ts';
import { answer, refusal } from './refusals.ts';
import { LangSchema } from './schemas.ts';

const KEEP = { action: 'say a term in plain words', roles: WORKERS, scope: 'workspace' } as const;
const PATH = '/api/parties/{id}/plain-words';
const UNKNOWN = problemResponse('There is none');

/** Terms that a client may not know, and what is said to them instead. */
export function plainWordsRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(KEEP, {
    method: 'get',
    path: PATH,
    operationId: 'listPlainWords',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(
        z.object({ items: z.array(z.object({ lang: LangSchema, term: z.string(), plain: z.string() })) }),
        'Each with its plain words',
      ),
      404: UNKNOWN,
    },
  });
  api.openapi(list, async (c) => {
    const kept = await plainWordsFor(ledger, c.req.valid('param').id);
    return kept.ok ? reply(c, { items: [...kept.value] }) : refusal(c, kept);
  });

  const put = securedRoute(KEEP, {
    method: 'put',
    path: PATH,
    operationId: 'sayPlainly',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          term: z.string().min(1).max(80),
          plain: z
            .string()
            .max(200)
            .nullable()
            .openapi({ description: 'What is said instead; null: it is kept no more' }),
          lang: LangSchema.nullable().default(null),
        }),
      ),
    },
    responses: {
      204: { description: 'So it is said from now on' },
      404: UNKNOWN,
      422: problemResponse('Nothing was said, or there are too many'),
    },
  });
  api.openapi(put, async (c) =>
    answer(c, await sayPlainly(ledger, callerOf(c), c.req.valid('param').id, c.req.valid('json')), 204),
  );
}
