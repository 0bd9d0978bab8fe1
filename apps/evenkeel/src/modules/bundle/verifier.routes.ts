import { type Api, byteResponse, ROLES, securedRoute } from '../../kernel/http.ts';
import { verifierPage } from './verifier.actions.ts';

/** The page that checks a bundle, to be handed over apart from any bundle. It is saved, and never opened from here. It says nothing of anybody. */
export function verifierRoutes(api: Api): void {
  const route = securedRoute(
    { action: 'take the page that checks a bundle', roles: ROLES, scope: 'self' },
    {
      method: 'get',
      path: '/api/bundles/verifier',
      operationId: 'getVerifier',
      responses: { 200: byteResponse('text/html', 'verify.html') },
    },
  );
  api.openapi(route, async (c) =>
    c.body(new Uint8Array(await verifierPage()), 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'attachment; filename="verify.html"',
    }),
  );
}
