import { z } from '@hono/zod-openapi';
import {
  type Api,
  byteResponse,
  callerOf,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  refused,
  reply,
  securedRoute,
  stream,
} from '../../kernel/http.ts';
import { PageQuery, readTimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Actor } from '../ledger/ledger.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { type BundleRefusal, bundlesPage, makeBundle } from './bundle.actions.ts';

const statusOf = {
  'party-unknown': 404,
  'nothing-filed': 409,
  'exhibit-unknown': 422,
  'zone-unknown': 422,
} as const satisfies Record<BundleRefusal, 404 | 409 | 422>;
const titles: Record<BundleRefusal, string> = {
  'party-unknown': 'There is no such client.',
  'nothing-filed': 'Nothing is filed under this client yet, so there is nothing to bundle.',
  'exhibit-unknown': 'One of the messages that were picked is not filed under this client.',
  'zone-unknown': 'This time zone is not known; use a name such as Europe/Helsinki.',
};

export function bundleRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  const make = securedRoute(
    { action: 'make evidence bundles', roles: ['owner', 'manager'], scope: 'workspace' },
    {
      method: 'post',
      path: '/api/bundles',
      operationId: 'makeBundle',
      request: {
        body: jsonBody(
          z.strictObject({
            party: z.uuid(),
            exhibits: z.array(z.uuid()).max(100_000).nullable().default(null),
            zone: z.string().max(64).nullable().default(null),
          }),
        ),
      },
      responses: {
        200: byteResponse('application/zip', 'The bundle'),
        404: problemResponse('There is no such client'),
        409: problemResponse('There is nothing to bundle'),
        422: problemResponse('Something that was picked cannot be'),
      },
    },
  );
  api.openapi(make, async (c) => {
    const made = await makeBundle(ledger, sealer, {
      ...c.req.valid('json'),
      actor: callerOf(c).actor as Actor,
    });
    if (!made.ok) return refused(c, made, statusOf, titles);
    return stream(c, 'application/zip', made.value.bytes, {
      'content-disposition': `attachment; filename="${made.value.fileName}"`,
      'x-bundle-id': made.value.id,
    });
  });

  const BundlePage = z
    .object({
      items: z.array(
        z.object({
          id: z.string(),
          at: z.string(),
          partyId: z.string(),
          partyName: z.string(),
          exhibits: z.number().int(),
          manifestSha256: z.string(),
        }),
      ),
      next: z.string().nullable(),
    })
    .openapi('BundlePage');
  const list = securedRoute(
    { action: 'see which bundles were made', roles: ROLES, scope: 'workspace' },
    {
      method: 'get',
      path: '/api/bundles',
      operationId: 'listBundles',
      request: { query: PageQuery.extend({ party: z.uuid().optional() }) },
      responses: { 200: jsonResponse(BundlePage, 'Bundles, newest first') },
    },
  );
  api.openapi(list, async (c) => {
    const { party, after, limit } = c.req.valid('query');
    return reply(c, await bundlesPage(ledger, party ?? null, readTimeKey(after), limit));
  });
}
