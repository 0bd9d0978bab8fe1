import {
  type Api,
  answersWith,
  byteResponse,
  DECIDERS,
  IdParam,
  problemResponse,
  securedRoute,
  stream,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { plainFolder } from './plain-folder.actions.ts';

const { refusal } = answersWith({ 'party-unknown': 404 }, { 'party-unknown': 'There is no such client.' });

/** All that is filed under a client as plain files, for ourselves. */
export function plainFolderRoutes(api: Api, ledger: Ledger): void {
  const route = securedRoute(
    { action: 'take all files of a client', roles: DECIDERS, scope: 'workspace', custody: 'export' },
    {
      method: 'get',
      path: '/api/parties/{id}/folder.zip',
      operationId: 'getPlainFolder',
      request: { params: IdParam },
      responses: {
        200: byteResponse('application/zip', 'A folder of plain files, in order, with a table of them'),
        404: problemResponse('There is no such client'),
      },
    },
  );
  api.openapi(route, async (c) => {
    const made = await plainFolder(ledger, c.req.valid('param').id);
    if (!made.ok) return refusal(c, made);
    const name = encodeURIComponent(made.value.fileName);
    return stream(c, 'application/zip', made.value.bytes, {
      'content-disposition': `attachment; filename="client.zip"; filename*=UTF-8''${name}`,
    });
  });
}
