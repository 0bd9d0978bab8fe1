import { z } from '@hono/zod-openapi';
import {
  type Api,
  byteResponse,
  download,
  IdParam,
  jsonResponse,
  problem,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import { PageQuery, pageOf, readTimeKey } from '../../kernel/paging.ts';
import { PRIVILEGES } from '../interaction/privilege.ts';
import { DetailSchema, ProvenanceSchema } from '../interaction/schemas.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import {
  caseAttachment,
  caseOriginal,
  caseProvenance,
  caseRecord,
  caseRecordsPage,
} from './case-reading.actions.ts';
import { refusal } from './refusals.ts';

const READ = { action: 'read the record of a case', roles: ROLES, scope: 'case' } as const;
const UNKNOWN = { 404: problemResponse('case-unknown, interaction-unknown') };
const NONE = { reason: 'interaction-unknown' } as const;
const RecordParam = IdParam.extend({ recordId: z.uuid() });
const binary = byteResponse('application/octet-stream', 'The exact bytes');

const LineSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    kind: z.string(),
    direction: z.enum(['inbound', 'outbound', 'internal']).nullable(),
    from: z.string().nullable(),
    to: z.string(),
    subject: z.string().nullable(),
    lead: z.string(),
    attachments: z.number().int(),
    privilege: z.enum(PRIVILEGES).nullable().openapi({ description: 'Why it stays with us' }),
  })
  .openapi('CaseRecordLine');

/** The record of one case: what is filed under its client, and what was taken into it. Everything by the case it is of. */
export function caseReadingRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  const list = securedRoute(READ, {
    method: 'get',
    path: '/api/cases/{id}/records',
    operationId: 'listCaseRecords',
    request: { params: IdParam, query: PageQuery },
    responses: {
      200: jsonResponse(
        z.object({ items: z.array(LineSchema), next: z.string().nullable() }).openapi('CaseRecordPage'),
        'Its records, the newest first',
      ),
      ...UNKNOWN,
    },
  });
  api.openapi(list, async (c) => {
    const { after, limit } = c.req.valid('query');
    const rows = await caseRecordsPage(ledger, c.req.valid('param').id, readTimeKey(after), limit);
    return rows ? reply(c, pageOf(rows, limit)) : refusal(c, { reason: 'case-unknown' });
  });

  const one = securedRoute(READ, {
    method: 'get',
    path: '/api/cases/{id}/records/{recordId}',
    operationId: 'getCaseRecord',
    request: { params: RecordParam },
    responses: {
      200: jsonResponse(
        z.object({ row: LineSchema, detail: DetailSchema }).openapi('CaseRecord'),
        'What it says',
      ),
      ...UNKNOWN,
    },
  });
  api.openapi(one, async (c) => {
    const { id: caseId, recordId: id } = c.req.valid('param');
    c.set('subject', id);
    const found = await caseRecord(ledger, { caseId, id });
    return found ? reply(c, found) : refusal(c, NONE);
  });
  byteRoutes(api, ledger);

  const provenance = securedRoute(READ, {
    method: 'get',
    path: '/api/cases/{id}/records/{recordId}/provenance',
    operationId: 'getCaseProvenance',
    request: { params: RecordParam },
    responses: { 200: jsonResponse(ProvenanceSchema, 'Where it came from, and how to check it'), ...UNKNOWN },
  });
  api.openapi(provenance, async (c) => {
    const { id: caseId, recordId: id } = c.req.valid('param');
    c.set('subject', id);
    const found = await caseProvenance(ledger, sealer, { caseId, id });
    return found ? reply(c, found) : refusal(c, NONE);
  });
}

function byteRoutes(api: Api, ledger: Ledger): void {
  const original = securedRoute(READ, {
    method: 'get',
    path: '/api/cases/{id}/records/{recordId}/original',
    operationId: 'getCaseOriginal',
    request: {
      params: RecordParam,
      query: z.object({ form: z.coerce.number().int().min(0).max(99).default(0) }),
    },
    responses: { 200: binary, ...UNKNOWN, 410: problemResponse('It was erased') },
  });
  api.openapi(original, async (c) => {
    const { id: caseId, recordId: id } = c.req.valid('param');
    c.set('subject', id);
    const found = await caseOriginal(ledger, { caseId, id }, c.req.valid('query').form);
    if (found === 'erased') return problem(c, 410, 'erased', 'These bytes were erased.');
    return found ? download(c, found.bytes, found.name) : refusal(c, NONE);
  });

  const attachment = securedRoute(READ, {
    method: 'get',
    path: '/api/cases/{id}/records/{recordId}/attachments/{sha256}',
    operationId: 'getCaseAttachment',
    request: { params: RecordParam.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) },
    responses: { 200: binary, ...UNKNOWN },
  });
  api.openapi(attachment, async (c) => {
    const { id: caseId, recordId: id, sha256 } = c.req.valid('param');
    c.set('subject', id);
    const found = await caseAttachment(ledger, { caseId, id }, sha256);
    return found ? download(c, found.bytes, found.name) : refusal(c, NONE);
  });
}
