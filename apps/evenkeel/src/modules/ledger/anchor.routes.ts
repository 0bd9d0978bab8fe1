import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import { accept } from '../../kernel/outcome.ts';
import { type Anchorer, newestAnchors, setAuthorities, timeAuthorities } from './anchor.actions.ts';
import type { Ledger } from './ledger.actions.ts';

const READ = { action: 'check the record', roles: ROLES, scope: 'workspace' } as const;
const ASK = { ...READ, custody: 'anchor' } as const;
const OWNER = {
  action: 'say who stamps the time',
  roles: ['owner'],
  scope: 'workspace',
  custody: 'setting',
} as const;

const Authority = z
  .object({ name: z.string().max(100), url: z.string().max(500), roots: z.string().max(200_000) })
  .openapi('TimeAuthority');
const Authorities = z.object({ items: z.array(Authority).max(8) }).openapi('TimeAuthorities');
const Attempts = z
  .object({
    items: z.array(
      z.object({
        authority: z.string(),
        size: z.number().int(),
        stampedAt: z.string().nullable(),
        failure: z.string().nullable(),
      }),
    ),
  })
  .openapi('AnchorAttempts');
const Anchors = z
  .object({
    items: z.array(
      z.object({
        recordId: z.string(),
        kind: z.enum(['stamp', 'cosignature', 'block']),
        authority: z.string(),
        size: z.number().int(),
        stampedAt: z.string().nullable(),
        refusedAs: z.string().nullable(),
        recordedAt: z.string(),
      }),
    ),
  })
  .openapi('Anchors');

const { answer } = answersWith(
  { 'no-authority': 409, 'authority-unnamed': 422, 'authority-url': 422, 'authority-roots': 422 },
  {
    'no-authority': 'Nobody is named who could stamp the time. Name an authority first; nothing was sent.',
    'authority-unnamed': 'Each authority needs a name of its own, and there may be eight.',
    'authority-url': 'The address of an authority begins with https:// or http://.',
    'authority-roots':
      'This is no certificate in PEM form. Get the root certificate from the authority itself.',
  },
);

const SHOWN = 50;
type Row = Awaited<ReturnType<typeof newestAnchors>>[number];
const withoutSaid = ({ said: _, ...row }: Row) => row;

/** Outside time: whom we ask, having the head stamped, and what they said. */
export function anchorRoutes(api: Api, ledger: Ledger, anchorer: Anchorer): void {
  const { db, workspaceId } = ledger;
  const named = securedRoute(READ, {
    method: 'get',
    path: '/api/log/authorities',
    operationId: 'getTimeAuthorities',
    responses: { 200: jsonResponse(Authorities, 'Who stamps the time') },
  });
  api.openapi(named, async (c) => reply(c, { items: [...(await timeAuthorities(db, workspaceId))] }));

  const name = securedRoute(OWNER, {
    method: 'put',
    path: '/api/log/authorities',
    operationId: 'setTimeAuthorities',
    request: { body: jsonBody(Authorities) },
    responses: {
      200: jsonResponse(Authorities, 'Who stamps the time from now on'),
      422: problemResponse('authority-unnamed | authority-url | authority-roots'),
    },
  });
  api.openapi(name, async (c) => {
    const set = await setAuthorities(ledger, callerOf(c).actor, c.req.valid('json').items);
    return answer(c, set.ok ? accept({ items: set.value }) : set);
  });

  const anchor = securedRoute(ASK, {
    method: 'post',
    path: '/api/log/anchor',
    operationId: 'anchorLog',
    responses: {
      200: jsonResponse(Attempts, 'What each authority answered'),
      409: problemResponse('no-authority'),
    },
  });
  api.openapi(anchor, async (c) => {
    const tried = await anchorer.anchor();
    return answer(c, tried.ok ? accept({ items: tried.value }) : tried);
  });

  const anchors = securedRoute(READ, {
    method: 'get',
    path: '/api/log/anchors',
    operationId: 'listAnchors',
    responses: { 200: jsonResponse(Anchors, 'The newest time-stamps of the log') },
  });
  api.openapi(anchors, async (c) =>
    reply(c, { items: (await newestAnchors(db, workspaceId, SHOWN)).map(withoutSaid) }),
  );
}
