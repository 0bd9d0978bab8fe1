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
import { PageQuery, readTimeKey } from '../../kernel/paging.ts';
import { partyOfCase } from '../casefile/case-reading.actions.ts';
import { refusal } from '../casefile/refusals.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { BUNDLE_HOLDINGS } from './bundle.ts';
import { bundlesPage } from './made.actions.ts';

const BundleSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    by: z.object({
      actor: z.string(),
      name: z.string().nullable().openapi({ description: 'Null where it was made on this machine' }),
    }),
    partyId: z.string(),
    partyName: z.string(),
    exhibits: z.number().int(),
    bates: z
      .object({ first: z.string(), last: z.string() })
      .nullable()
      .openapi({ description: 'The lowest and the highest number of its exhibits' }),
    isPicked: z.boolean().nullable(),
    holds: z.array(z.enum(BUNDLE_HOLDINGS)),
    manifestSha256: z.string(),
    carries: z.string().nullable(),
    disclosed: z.number().int(),
    keptApart: z.number().int(),
    isForSubject: z.boolean(),
  })
  .openapi('BundleMade');

const Page = z.object({ items: z.array(BundleSchema), next: z.string().nullable() }).openapi('BundlePage');

/** The list of the bundles that were made. Their bytes are kept nowhere. */
export function madeRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(
    { action: 'see which bundles were made', roles: ROLES, scope: 'workspace' },
    {
      method: 'get',
      path: '/api/bundles',
      operationId: 'listBundles',
      request: {
        query: PageQuery.extend({
          party: z.uuid().optional(),
          manifest: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .optional()
            .openapi({ description: 'SHA-256 of manifest.json, to find the one that a file is' }),
        }),
      },
      responses: {
        200: jsonResponse(Page, 'Bundles, newest first'),
      },
    },
  );
  api.openapi(list, async (c) => {
    const { party, manifest, after, limit } = c.req.valid('query');
    const filter = { party: party ?? null, manifest: manifest ?? null };
    return reply(c, await bundlesPage(ledger, filter, readTimeKey(after), limit));
  });
  ofCaseRoute(api, ledger);
}

/** What counsel compares the file with that they were handed: the bundles of the case's client, none of them made by reading. */
function ofCaseRoute(api: Api, ledger: Ledger): void {
  const list = securedRoute(
    { action: 'see which bundles were made of a case', roles: ROLES, scope: 'case' },
    {
      method: 'get',
      path: '/api/cases/{id}/bundles',
      operationId: 'listCaseBundles',
      request: { params: IdParam, query: PageQuery },
      responses: { 200: jsonResponse(Page, 'Bundles, newest first'), 404: problemResponse('case-unknown') },
    },
  );
  api.openapi(list, async (c) => {
    const { after, limit } = c.req.valid('query');
    const party = await partyOfCase(ledger, c.req.valid('param').id);
    if (party === null) return refusal(c, { reason: 'case-unknown' });
    const filter = { party, manifest: null };
    return reply(c, await bundlesPage(ledger, filter, readTimeKey(after), limit));
  });
}
