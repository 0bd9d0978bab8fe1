import { z } from '@hono/zod-openapi';
import {
  type Api,
  CUSTODY_ACTS,
  callerOf,
  jsonBody,
  jsonResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { type Custody, checkCustody, custodyCsv, custodyPage } from './custody.actions.ts';

const SEE = {
  action: 'see who opened and exported what',
  roles: ['owner', 'manager', 'auditor'],
  scope: 'workspace',
} as const;
const TAKE = { ...SEE, custody: 'export' } as const;
const CHECK = { ...SEE, custody: 'verification' } as const;
/** Whoever may be noted may know that they are. */
const KNOW = { action: 'know whether reading is noted', roles: ROLES, scope: 'self' } as const;
const CHOOSE = {
  action: 'say whether reading is noted',
  roles: ['owner'],
  scope: 'workspace',
  custody: 'setting',
} as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Has every call noted that is to be: exports, bundles, checks, erasures, and each opening by somebody from outside. */
export function noteAccesses(api: Api, custody: Custody): void {
  api.use('/api/*', async (c, next) => {
    c.set('access', {
      before: (rights) => custody.before(rights),
      after: async (rights, operation) => {
        const caller = c.get('caller');
        if (!caller || c.res.status >= 400) return;
        // The first id in the path is what it is about, unless the call says so itself.
        const subject = c.get('subject') ?? c.req.path.split('/').find((part) => UUID.test(part)) ?? null;
        await custody.note({ caller, rights, operation, subject, method: c.req.method });
      },
    });
    await next();
  });
}

const LineSchema = z
  .object({
    number: z.number().int(),
    at: z.string(),
    actor: z.string(),
    name: z.string().nullable(),
    role: z.string(),
    act: z.enum(CUSTODY_ACTS),
    operation: z.string(),
    subject: z.string().nullable(),
    party: z.string().nullable(),
    record: z.string().nullable(),
  })
  .openapi('CustodyLine');
const SettingsSchema = z
  .object({ notesReading: z.boolean(), setAt: z.string().nullable() })
  .openapi('CustodySettings');

/** The list of accesses, its table, its check, and whether ordinary reading is noted. */
export function custodyRoutes(api: Api, ledger: Ledger, custody: Custody): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/custody',
    operationId: 'listCustody',
    request: {
      query: z.object({
        actor: z.string().max(60).optional(),
        act: z.enum(CUSTODY_ACTS).optional(),
        subject: z.uuid().optional(),
        before: z.coerce.number().int().min(1).optional(),
      }),
    },
    responses: {
      200: jsonResponse(
        z.object({ items: z.array(LineSchema), next: z.number().int().nullable() }).openapi('CustodyPage'),
        'Lines, the newest first',
      ),
    },
  });
  api.openapi(list, async (c) => {
    const { actor = null, act = null, subject = null, before = null } = c.req.valid('query');
    const filter = { actor, act, subject };
    return reply(c, await custodyPage(ledger, filter, before));
  });

  const csv = securedRoute(TAKE, {
    method: 'get',
    path: '/api/custody.csv',
    operationId: 'getCustodyCsv',
    responses: {
      200: { description: 'All lines as a table', content: { 'text/csv': { schema: z.string() } } },
    },
  });
  api.openapi(csv, async (c) =>
    c.body(await custodyCsv(ledger), 200, {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="custody.csv"',
    }),
  );

  const check = securedRoute(CHECK, {
    method: 'post',
    path: '/api/custody/check',
    operationId: 'checkCustody',
    responses: {
      200: jsonResponse(
        z
          .object({
            ok: z.boolean(),
            lines: z.number().int(),
            sealed: z.number().int(),
            changed: z.array(z.object({ from: z.number().int(), until: z.number().int() })),
          })
          .openapi('CustodyCheck'),
        'Whether the lines are those that the ledger sealed',
      ),
    },
  });
  api.openapi(check, async (c) => reply(c, await checkCustody(ledger)));
  settingsRoutes(api, custody);
}

function settingsRoutes(api: Api, custody: Custody): void {
  const get = securedRoute(KNOW, {
    method: 'get',
    path: '/api/custody/settings',
    operationId: 'getCustodySettings',
    responses: { 200: jsonResponse(SettingsSchema, 'Whether ordinary reading is noted') },
  });
  api.openapi(get, async (c) => {
    const { notesReading, setAt } = await custody.settings();
    return reply(c, { notesReading, setAt });
  });

  const put = securedRoute(CHOOSE, {
    method: 'put',
    path: '/api/custody/settings',
    operationId: 'setCustodySettings',
    request: { body: jsonBody(z.strictObject({ notesReading: z.boolean() })) },
    responses: { 204: { description: 'Chosen; every member is told' } },
  });
  api.openapi(put, async (c) => {
    await custody.choose(callerOf(c), c.req.valid('json').notesReading);
    return c.body(null, 204);
  });
}
