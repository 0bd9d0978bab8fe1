import { z } from '@hono/zod-openapi';
import { type Api, callerOf, jsonBody, jsonResponse, ROLES, reply, securedRoute } from '../../kernel/http.ts';
import type { Account } from './account.actions.ts';
import { changeScreenSettings, screenSettings } from './lock.actions.ts';
import { COVER_KEYS, LOCK_AFTER, type ScreenSettings } from './lock.ts';

const SettingsSchema = z
  .object({
    lockAfterMin: z.number().int().min(LOCK_AFTER.least).max(LOCK_AFTER.most).nullable(),
    coverKey: z.enum(COVER_KEYS),
  })
  .openapi('ScreenSettings');

const SHOWN = jsonResponse(SettingsSchema, 'How your screen hides what is on it');
const OWN = { roles: ROLES, scope: 'self' } as const;

/** When a member's screen locks by itself, and what covers it. */
export function screenRoutes(api: Api, account: Account): void {
  const path = '/api/screen-settings';
  const get = securedRoute(
    { action: 'see when their screen locks', ...OWN },
    { method: 'get', path, operationId: 'getScreenSettings', responses: { 200: SHOWN } },
  );
  api.openapi(get, async (c) => reply(c, await screenSettings(account, callerOf(c).actor)));
  const put = securedRoute(
    { action: 'choose when their screen locks', ...OWN },
    {
      method: 'put',
      path,
      operationId: 'setScreenSettings',
      request: { body: jsonBody(SettingsSchema) },
      responses: { 200: SHOWN },
    },
  );
  api.openapi(put, async (c) => {
    const settings: ScreenSettings = c.req.valid('json');
    return reply(c, await changeScreenSettings(account, callerOf(c).actor, settings));
  });
}
