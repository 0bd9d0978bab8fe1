import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  type Api,
  IdParam,
  jsonResponse,
  problem,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import { PageQuery } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { coverageOf } from './coverage.actions.ts';
import { gapCounts, gapsPage, readGapKey } from './gaps.actions.ts';
import { CoverageSchema, GapCountsSchema, GapPageSchema } from './gaps.schemas.ts';
import { GAP_KINDS } from './gaps.ts';

const READ = { action: 'read the record', roles: ROLES, scope: 'workspace' } as const;
const UNKNOWN = problemResponse('There is no such client');

/** What is missing about a client, and how far what was brought in was read. */
export function gapRoutes(api: Api, ledger: Ledger): void {
  const isKnown = async (id: string) => (await loadParty(ledger.db, ledger.workspaceId, id)) !== null;

  const counts = securedRoute(READ, {
    method: 'get',
    path: '/api/parties/{id}/missing',
    operationId: 'countMissing',
    request: { params: IdParam },
    responses: { 200: jsonResponse(GapCountsSchema, 'How much is missing, by kind'), 404: UNKNOWN },
  });
  api.openapi(counts, async (c) => {
    const { id } = c.req.valid('param');
    if (!(await isKnown(id))) return unknown(c);
    const found = await gapCounts(ledger, id);
    return reply(c, { total: Object.values(found).reduce((sum, count) => sum + count, 0), counts: found });
  });

  const lines = securedRoute(READ, {
    method: 'get',
    path: '/api/parties/{id}/missing/lines',
    operationId: 'listMissing',
    request: { params: IdParam, query: PageQuery.extend({ kind: z.enum(GAP_KINDS) }) },
    responses: {
      200: jsonResponse(GapPageSchema, 'What is missing of one kind, newest first'),
      404: UNKNOWN,
    },
  });
  api.openapi(lines, async (c) => {
    const { id } = c.req.valid('param');
    const { kind, after, limit } = c.req.valid('query');
    if (!(await isKnown(id))) return unknown(c);
    return reply(c, await gapsPage(ledger, id, kind, readGapKey(after), limit));
  });

  const coverage = securedRoute(READ, {
    method: 'get',
    path: '/api/parties/{id}/coverage',
    operationId: 'getCoverage',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(
        CoverageSchema,
        'Where what is known of a client comes from, and what each source saw',
      ),
      404: UNKNOWN,
    },
  });
  api.openapi(coverage, async (c) => {
    const { id } = c.req.valid('param');
    return (await isKnown(id)) ? reply(c, await coverageOf(ledger, id)) : unknown(c);
  });
}

function unknown(c: Context) {
  return problem(c, 404, 'party-unknown', 'There is no such client.');
}
