import { type Api, IdParam, jsonResponse, reply, securedRoute } from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { BRING_IN } from './bringing.ts';
import { UploadSchema } from './import.schemas.ts';
import type { Uploads } from './uploads.store.ts';

/** Files that are dropped on the page, kept until the import that reads them has ended. */
export function uploadRoutes(api: Api, ledger: Ledger, uploads: Uploads): void {
  const keep = securedRoute(BRING_IN, {
    method: 'post',
    path: '/api/uploads',
    operationId: 'upload',
    responses: { 201: jsonResponse(UploadSchema, 'Kept until its import has ended') },
  });
  api.openapi(keep, async (c) => {
    const folder = c.req.header('x-folder');
    const file = decoded(c.req.header('x-file-name') ?? 'file');
    const name = folder ? `${decoded(folder)}/${file}` : file;
    const modifiedMs = Number(c.req.header('x-file-modified') ?? Number.NaN);
    const known = Number.isFinite(modifiedMs) && modifiedMs > 0 ? modifiedMs : null;
    return reply(c, await uploads.keep(ledger.newId(), name, known, c.req.raw.body), 201);
  });

  const drop = securedRoute(BRING_IN, {
    method: 'delete',
    path: '/api/uploads/{id}',
    operationId: 'dropUpload',
    request: { params: IdParam },
    responses: { 204: { description: 'Gone' } },
  });
  api.openapi(drop, async (c) => {
    await uploads.drop([c.req.valid('param').id]);
    return c.body(null, 204);
  });
}

/** Names travel percent-encoded; one that is not is taken as it stands. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
