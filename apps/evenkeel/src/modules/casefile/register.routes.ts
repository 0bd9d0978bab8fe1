import { z } from '@hono/zod-openapi';
import {
  type Api,
  IdParam,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import { PageQuery, pageOf, readTimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { ComplaintStage } from './complaint.ts';
import { refusal } from './refusals.ts';
import { type ComplaintClocks, complaintDetail, registerCsv, registerPage } from './register.actions.ts';
import { ComplaintSchema, RegisterPageSchema } from './schemas.ts';

const SEE = { action: 'see the complaint register', roles: ROLES, scope: 'workspace' } as const;
const TAKE = { ...SEE, custody: 'export' } as const;

const Filter = z.object({
  state: z.enum(['open', 'decided', 'closed']).optional(),
  stage: z.coerce.number().int().min(1).max(2).optional(),
  party: z.uuid().optional(),
  case: z.uuid().optional(),
  overdue: z.enum(['any', 'only']).default('any'),
});

/** The complaint register: read, filtered, and taken along as a table. */
export function registerRoutes(api: Api, ledger: Ledger, clocksOf: ComplaintClocks): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/complaints',
    operationId: 'listComplaints',
    request: { query: PageQuery.extend(Filter.shape) },
    responses: { 200: jsonResponse(RegisterPageSchema, 'Complaints, the newest receipt first') },
  });
  api.openapi(list, async (c) => {
    const { after, limit, ...filter } = c.req.valid('query');
    const lines = await registerPage(ledger, clocksOf, wishOf(filter), readTimeKey(after), limit);
    return reply(c, pageOf(lines, limit));
  });

  csvRoute(api, ledger, clocksOf);

  const one = securedRoute(SEE, {
    method: 'get',
    path: '/api/complaints/{id}',
    operationId: 'getComplaint',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(ComplaintSchema, 'A complaint, what its decision lacks, and its history'),
      404: problemResponse('complaint-unknown'),
    },
  });
  api.openapi(one, async (c) => {
    const found = await complaintDetail(ledger, clocksOf, c.req.valid('param').id);
    return found ? reply(c, found) : refusal(c, { reason: 'complaint-unknown' });
  });
}

function wishOf({ overdue, stage, ...filter }: z.infer<typeof Filter>) {
  return { ...filter, stage: stage as ComplaintStage | undefined, isOverdue: overdue === 'only' };
}

function csvRoute(api: Api, ledger: Ledger, clocksOf: ComplaintClocks): void {
  const route = securedRoute(TAKE, {
    method: 'get',
    path: '/api/complaints.csv',
    operationId: 'exportComplaints',
    request: { query: Filter },
    responses: {
      200: {
        description: 'The same as a table, in which no value is run as a formula',
        content: { 'text/csv': { schema: z.string() } },
      },
    },
  });
  api.openapi(route, async (c) => {
    const csv = await registerCsv(ledger, clocksOf, wishOf(c.req.valid('query')));
    return c.body(csv, 200, {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="complaints.csv"',
    }) as never;
  });
}
