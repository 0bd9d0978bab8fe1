import { z } from '@hono/zod-openapi';
import { type Api, jsonResponse, ROLES, reply, securedRoute } from '../../kernel/http.ts';
import { PageQuery, readTimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { SearchPageSchema } from './schemas.ts';
import { countFound, search } from './search.actions.ts';

const READ = { action: 'read the record', roles: ROLES, scope: 'workspace' } as const;
const Words = z.object({ q: z.string().max(500), party: z.uuid().optional() });

/** Full text over the record, newest first. */
export function searchRoutes(api: Api, ledger: Ledger): void {
  const find = securedRoute(READ, {
    method: 'get',
    path: '/api/search',
    operationId: 'search',
    request: {
      query: PageQuery.extend(Words.shape).extend({ voice: z.enum(['theirs', 'ours']).optional() }),
    },
    responses: { 200: jsonResponse(SearchPageSchema, 'The newest hits') },
  });
  api.openapi(find, async (c) => {
    const { q, party, voice, after, limit } = c.req.valid('query');
    const asked = { q, party: party ?? null, voice: voice ?? null, after: readTimeKey(after), limit };
    return reply(c, await search(ledger, asked));
  });

  const count = securedRoute(READ, {
    method: 'get',
    path: '/api/search/count',
    operationId: 'countSearch',
    request: { query: Words },
    responses: { 200: jsonResponse(z.object({ count: z.number().int() }), 'How many there are') },
  });
  api.openapi(count, async (c) => {
    const { q, party } = c.req.valid('query');
    return reply(c, { count: await countFound(ledger, q, party ?? null) });
  });
}
