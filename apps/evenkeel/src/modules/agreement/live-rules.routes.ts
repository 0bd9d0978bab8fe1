import { z } from '@hono/zod-openapi';
import { type Api, jsonResponse, LIVE, reply, securedRoute } from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { LANGS, RUNG_ACTIONS } from './ladder.ts';
import { LIVE_TOPICS, liveRules } from './live-rules.actions.ts';

const READ = { action: 'read what can be said in a live session', roles: LIVE, scope: 'workspace' } as const;

const Texts = z.strictObject({ en: z.string(), ru: z.string(), fi: z.string() }).partial();
const LiveRulesSchema = z
  .object({
    lang: z.enum(LANGS).nullable(),
    rules: z.array(
      z.object({
        topic: z.enum(LIVE_TOPICS),
        basis: z.enum(['boundary', 'suggested']),
        count: z.number().int(),
        steps: z.array(z.object({ action: z.enum(RUNG_ACTIONS), says: Texts, texts: Texts })),
      }),
    ),
  })
  .openapi('LiveRules');

/** The texts of a live session: a phone may read them, and nothing else that belongs to a client. */
export function liveRulesRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: '/api/live/rules',
    operationId: 'getLiveRules',
    request: { query: z.object({ handle: z.string().max(120).optional() }) },
    responses: {
      200: jsonResponse(
        LiveRulesSchema,
        'What can be said to this viewer, in each language; it names nobody on our side',
      ),
    },
  });
  api.openapi(route, async (c) =>
    reply(c, await liveRules(ledger, dataDir, c.req.valid('query').handle ?? null)),
  );
}
