import { z } from '@hono/zod-openapi';
import {
  type Api,
  byteResponse,
  jsonBody,
  jsonResponse,
  ROLES,
  reply,
  securedRoute,
  stream,
} from '../../kernel/http.ts';
import type { Runner } from './follower.actions.ts';
import type { Ledger } from './ledger.actions.ts';
import { leavesUpTo, parkedCount } from './read.actions.ts';
import type { Sealer } from './sealer.actions.ts';
import { verifyLog } from './verify.actions.ts';

const READ = { action: 'check the record', roles: ROLES, scope: 'workspace' } as const;
const CHECK = { ...READ, custody: 'verification' } as const;
const TAKE = { ...READ, custody: 'export' } as const;

/** The signed head, the audit of the ledger, and whether everything keeps up. */
export function ledgerRoutes(
  api: Api,
  ledger: Ledger,
  sealer: Sealer,
  runner: Runner,
  dataDir: string,
): void {
  const checkpoint = securedRoute(READ, {
    method: 'get',
    path: '/api/log/checkpoint',
    operationId: 'getCheckpoint',
    responses: {
      200: jsonResponse(
        z.object({ note: z.string(), vkey: z.string(), size: z.number().int() }).openapi('SignedHead'),
        'The signed head of the ledger',
      ),
    },
  });
  api.openapi(checkpoint, async (c) => {
    const { note, size } = await sealer.seal();
    return reply(c, { note, vkey: sealer.key.vkey, size });
  });

  const leaves = securedRoute(TAKE, {
    method: 'get',
    path: '/api/log/leaves',
    operationId: 'getLeaves',
    request: { query: z.object({ size: z.coerce.number().int().min(0) }) },
    responses: {
      200: byteResponse('application/octet-stream', 'The first leaves of the ledger, 69 bytes each'),
    },
  });
  api.openapi(leaves, (c) =>
    stream(c, 'application/octet-stream', leavesUpTo(ledger, c.req.valid('query').size)),
  );

  const VerdictSchema = z
    .object({
      ok: z.boolean(),
      size: z.number().int(),
      isDeep: z.boolean(),
      failures: z.array(z.object({ where: z.string(), code: z.string(), message: z.string() })),
    })
    .openapi('LogVerdict');
  const verify = securedRoute(CHECK, {
    method: 'post',
    path: '/api/log/verify',
    operationId: 'verifyLog',
    request: { body: jsonBody(z.strictObject({ deep: z.boolean().default(false) })) },
    responses: { 200: jsonResponse(VerdictSchema, 'What an audit of the whole ledger found') },
  });
  api.openapi(verify, async (c) =>
    reply(c, await verifyLog(ledger, sealer, dataDir, c.req.valid('json').deep)),
  );

  const health = securedRoute(READ, {
    method: 'get',
    path: '/api/health',
    operationId: 'getHealth',
    responses: {
      200: jsonResponse(
        z.object({ lag: z.record(z.string(), z.number().int()), parked: z.number().int() }).openapi('Health'),
        'Whether everything keeps up',
      ),
    },
  });
  api.openapi(health, async (c) =>
    reply(c, { lag: await runner.lag(), parked: await parkedCount(ledger.db, ledger.workspaceId) }),
  );
}
