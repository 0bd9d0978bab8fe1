import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  type Api,
  type ApiEnv,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import { PageQuery, readTimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { applyChanges, previewChanges } from './changes.actions.ts';
import type { Reader } from './reader.ts';
import { answer, refusal } from './refusals.ts';
import {
  BandSchema,
  ChangesSchema,
  NewSignalsSchema,
  SignalKindSchema,
  SignalListSchema,
  SignalPageSchema,
} from './schemas.ts';
import { markSeen, newSignalsFor, signalsOf, signalsPage } from './signal.actions.ts';
import { judge, unjudge } from './working.actions.ts';

const READ = { action: 'see marked words', roles: ROLES, scope: 'workspace' } as const;
const JUDGE = { action: 'confirm or dismiss marked words', roles: WORKERS, scope: 'workspace' } as const;
const RENEW = { action: 'read everything again', roles: ['owner', 'manager'], scope: 'workspace' } as const;
const UNKNOWN = problemResponse('There is none');
const ASKED_AT_ONCE = 200;

/** A list in one parameter, `a,b,c`. */
const listed = <S extends z.ZodType<string, string>>(one: S, most: number) =>
  z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(one).max(most));

/** Marked words: of a client, of messages, what is new, and what people say of them. */
export function signalRoutes(api: Api, ledger: Ledger, reader: Reader): void {
  partyRoute(api, ledger, reader);
  marksRoute(api, ledger);
  newRoutes(api, ledger);
  verdictRoutes(api, ledger);
  changesRoutes(api, ledger, reader);
}

/** Working notes are for those who work here, not for whoever may read the record. */
function withoutNotes<S extends { readonly verdicts: readonly unknown[] }>(
  c: Context<ApiEnv>,
  items: readonly S[],
): readonly S[] {
  const isWorker = (WORKERS as readonly string[]).includes(callerOf(c).role);
  return isWorker ? items : items.map((item) => ({ ...item, verdicts: [] }));
}

function partyRoute(api: Api, ledger: Ledger, reader: Reader): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: '/api/parties/{id}/signals',
    operationId: 'listSignals',
    request: {
      params: IdParam,
      query: PageQuery.extend({
        kinds: listed(SignalKindSchema, 50).optional(),
        least: BandSchema.default('possible'),
        dismissed: z.enum(['hidden', 'shown']).default('hidden'),
      }),
    },
    responses: {
      200: jsonResponse(
        SignalPageSchema,
        'Marked words of a client, newest first, and how many of each kind',
      ),
      404: UNKNOWN,
    },
  });
  api.openapi(route, async (c) => {
    const { after, limit, kinds = [], least, dismissed } = c.req.valid('query');
    const filter = { kinds, least, isDismissedShown: dismissed === 'shown' };
    const page = await signalsPage(
      ledger,
      reader,
      c.req.valid('param').id,
      filter,
      readTimeKey(after),
      limit,
    );
    if (!page.ok) return refusal(c, page);
    return reply(c, { ...page.value, items: withoutNotes(c, page.value.items) });
  });
}

function marksRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: '/api/signals',
    operationId: 'getSignals',
    request: {
      query: z.object({
        interactions: listed(z.uuid(), ASKED_AT_ONCE),
        party: z.uuid().optional(),
        least: BandSchema.default('possible'),
      }),
    },
    responses: {
      200: jsonResponse(SignalListSchema, 'Marked words of these messages, in the order of each text'),
    },
  });
  api.openapi(route, async (c) => {
    const { interactions, party = null, least } = c.req.valid('query');
    const { items } = await signalsOf(ledger, interactions, party, least);
    return reply(c, { items: withoutNotes(c, items) });
  });
}

function newRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(
    { ...READ, roles: WORKERS },
    {
      method: 'get',
      path: '/api/signals/new',
      operationId: 'getNewSignals',
      request: { query: z.object({ least: BandSchema.default('possible') }) },
      responses: {
        200: jsonResponse(NewSignalsSchema, 'What came since you last looked, of the last thirty days'),
      },
    },
  );
  api.openapi(list, async (c) =>
    reply(c, await newSignalsFor(ledger, callerOf(c).actor, c.req.valid('query').least)),
  );

  const seen = securedRoute(
    { ...READ, roles: WORKERS },
    {
      method: 'post',
      path: '/api/signals/seen',
      operationId: 'markSignalsSeen',
      request: { body: jsonBody(z.strictObject({ upTo: z.number().int().min(0) })) },
      responses: { 204: { description: 'What came until then is not new any more' } },
    },
  );
  api.openapi(seen, async (c) => {
    await markSeen(ledger, callerOf(c).actor, c.req.valid('json').upTo);
    return c.body(null, 204) as never;
  });
}

function verdictRoutes(api: Api, ledger: Ledger): void {
  const put = securedRoute(JUDGE, {
    method: 'put',
    path: '/api/signals/{id}/verdict',
    operationId: 'judgeSignal',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          verdict: z.enum(['confirmed', 'dismissed']),
          note: z.string().max(2000).nullable().default(null),
        }),
      ),
    },
    responses: { 204: { description: 'Kept as your working note; it is in no record' }, 404: UNKNOWN },
  });
  api.openapi(put, async (c) => {
    const done = await judge(ledger, callerOf(c), c.req.valid('param').id, c.req.valid('json'));
    return answer(c, done, 204);
  });

  const remove = securedRoute(JUDGE, {
    method: 'delete',
    path: '/api/signals/{id}/verdict',
    operationId: 'unjudgeSignal',
    request: { params: IdParam },
    responses: { 204: { description: 'Your word on it is taken back' } },
  });
  api.openapi(remove, async (c) => {
    await unjudge(ledger, callerOf(c), c.req.valid('param').id);
    return c.body(null, 204) as never;
  });
}

function changesRoutes(api: Api, ledger: Ledger, reader: Reader): void {
  const preview = securedRoute(RENEW, {
    method: 'get',
    path: '/api/signals/changes',
    operationId: 'previewSignalChanges',
    responses: {
      200: jsonResponse(ChangesSchema, 'What reading everything again would change; nothing is changed'),
    },
  });
  api.openapi(preview, async (c) => reply(c, await previewChanges(ledger, reader)));

  const apply = securedRoute(RENEW, {
    method: 'post',
    path: '/api/signals/changes',
    operationId: 'applySignalChanges',
    responses: {
      200: jsonResponse(z.object({ read: z.number().int() }), 'How many messages were read again'),
    },
  });
  api.openapi(apply, async (c) => reply(c, await applyChanges(ledger, reader)));
}
