import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  jsonBody,
  jsonResponse,
  problemResponse,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { applyReader, previewReader } from './read-anew.actions.ts';
import { FIELDS } from './read-anew.ts';

const WRITE = { action: 'have mail and chats read anew', roles: WORKERS, scope: 'workspace' } as const;
const MOST = 200;

const PreviewSchema = z
  .object({
    reader: z.number().int(),
    /** Mails and entries of chats that an older reader read, in all. */
    older: z.number().int(),
    /** Those that were looked at for this page. */
    looked: z.array(z.string()),
    changes: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        subject: z.string().nullable(),
        differences: z.array(
          z.object({
            field: z.enum(FIELDS),
            before: z.string(),
            after: z.string(),
          }),
        ),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('ReaderPreview');

const { answer } = answersWith({ 'nothing-older': 409 } as const, {
  'nothing-older': 'Today’s reader has read these already. Nothing was changed.',
});

/** What today's reader makes otherwise of what an older one read, and having it read by it. */
export function readAnewRoutes(api: Api, ledger: Ledger): void {
  const preview = securedRoute(WRITE, {
    method: 'get',
    path: '/api/reader',
    operationId: 'previewReader',
    request: {
      query: z.object({
        after: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(MOST).default(MOST),
      }),
    },
    responses: { 200: jsonResponse(PreviewSchema, 'What would read differently') },
  });
  api.openapi(preview, async (c) => {
    const { after = null, limit } = c.req.valid('query');
    return reply(c, await previewReader(ledger, { after, limit }));
  });

  const apply = securedRoute(WRITE, {
    method: 'post',
    path: '/api/reader',
    operationId: 'applyReader',
    request: { body: jsonBody(z.strictObject({ interactions: z.array(z.uuid()).min(1).max(MOST) })) },
    responses: {
      200: jsonResponse(
        z.object({ changed: z.number().int(), same: z.number().int() }),
        'They are read by it from now on',
      ),
      409: problemResponse('They were read by it before'),
    },
  });
  api.openapi(apply, async (c) =>
    answer(c, await applyReader(ledger, callerOf(c).actor, c.req.valid('json').interactions)),
  );
}
