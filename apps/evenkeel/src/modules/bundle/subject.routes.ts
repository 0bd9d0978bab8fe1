import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  DECIDERS,
  IdParam,
  jsonResponse,
  problemResponse,
  securedRoute,
} from '../../kernel/http.ts';
import { BesideShape } from '../interaction/schemas.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { readAsClient } from './subject.actions.ts';
import { SUBJECT_REASONS } from './subject.ts';

const { answer } = answersWith({ 'party-unknown': 404 }, { 'party-unknown': 'There is no such client.' });
const Count = z.number().int();

const AsClientSchema = z
  .object({
    name: z.string(),
    counts: z.object({ whole: Count, copy: Count, withheld: Count }),
    own: z.object({ told: Count, kept: Count }).openapi({
      description: 'Entries of our own record about them: opened in their copy, and counted only',
    }),
    items: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        kind: z.string(),
        direction: z.enum(['inbound', 'outbound', 'internal']).nullable(),
        subject: z.string().nullable(),
        text: z.string(),
        attachments: z.array(z.string()),
        beside: z.object(BesideShape).nullable(),
        treatment: z.enum(['whole', 'copy', 'withheld']),
        reason: z.enum(SUBJECT_REASONS).nullable(),
        basis: z.string().nullable(),
        others: z.array(z.string()).openapi({ description: 'Whom else it names; for our own eyes' }),
      }),
    ),
    next: Count.nullable(),
  })
  .openapi('AsClient');

/** The record as its client would read it: before a restriction, before something leaves the house. */
export function subjectRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  const read = securedRoute(
    { action: 'read as the client', roles: DECIDERS, scope: 'workspace', custody: 'opening' },
    {
      method: 'get',
      path: '/api/parties/{id}/as-client',
      operationId: 'readAsClient',
      request: {
        params: IdParam,
        query: z.object({
          after: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
      },
      responses: {
        200: jsonResponse(AsClientSchema, 'What they would get if they asked today, oldest first'),
        404: problemResponse('party-unknown'),
      },
    },
  );
  api.openapi(read, async (c) =>
    answer(c, await readAsClient(ledger, sealer, c.req.valid('param').id, c.req.valid('query'))),
  );
}
