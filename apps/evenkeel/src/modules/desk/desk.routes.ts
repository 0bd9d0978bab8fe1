import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problem,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import { PageQuery, readTimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { addParty, changeParty, partyMeant } from '../party/party.actions.ts';
import { identifierOf, PARTY_STATES, type PartyRefusal } from '../party/party.ts';
import { partiesPage, partyPage, partyRow, timelinePage } from './desk.actions.ts';
import { identifierRoutes } from './identifiers.routes.ts';
import { PartyPageSchema, PartyRowSchema, TimelineRowSchema } from './schemas.ts';
import { threadRoutes } from './thread.routes.ts';

const READERS = ROLES;

const statusOf = {
  'party-unnamed': 422,
  'identifier-taken': 409,
  'party-unknown': 404,
  'party-ambiguous': 409,
} as const satisfies Record<PartyRefusal, 404 | 409 | 422>;
const titles: Record<PartyRefusal, string> = {
  'party-unnamed': 'A client needs a name.',
  'identifier-taken': 'This address belongs to another client already.',
  'party-unknown': 'There is no such client.',
  'party-ambiguous': 'Several clients are meant by this.',
};

const { refusal } = answersWith(statusOf, titles);

/** The client pages. */
export function deskRoutes(api: Api, ledger: Ledger): void {
  partyRoutes(api, ledger);
  timelineRoute(api, ledger);
  threadRoutes(api, ledger);
  identifierRoutes(api, ledger);
}

function partyRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(
    { action: 'see clients', roles: READERS, scope: 'workspace' },
    {
      method: 'get',
      path: '/api/parties',
      operationId: 'listParties',
      request: { query: PageQuery.extend({ query: z.string().max(200).default('') }) },
      responses: { 200: jsonResponse(PartyPageSchema, 'Clients and contacts by name') },
    },
  );
  api.openapi(list, async (c) => {
    const { query, after, limit } = c.req.valid('query');
    return reply(c, await partiesPage(ledger, query, after, limit));
  });

  const meant = securedRoute(
    { action: 'see clients', roles: READERS, scope: 'workspace' },
    {
      method: 'get',
      path: '/api/parties/meant',
      operationId: 'findParty',
      request: { query: z.object({ word: z.string().min(1).max(320) }) },
      responses: {
        200: jsonResponse(z.object({ id: z.string(), name: z.string() }), 'The one that is meant'),
        404: problemResponse('Nobody is'),
        409: problemResponse('Several are'),
      },
    },
  );
  api.openapi(meant, async (c) => {
    const found = await partyMeant(ledger, c.req.valid('query').word);
    return found.ok ? reply(c, { id: found.value.id, name: found.value.name }) : refusal(c, found);
  });

  const one = securedRoute(
    { action: 'see clients', roles: READERS, scope: 'workspace' },
    {
      method: 'get',
      path: '/api/parties/{id}',
      operationId: 'getParty',
      request: { params: IdParam },
      responses: {
        200: jsonResponse(
          PartyRowSchema.extend({
            counts: z.object({
              inbound: z.number().int(),
              outbound: z.number().int(),
              unknown: z.number().int(),
            }),
          }).openapi('Party'),
          'One client',
        ),
        404: problemResponse('There is none'),
      },
    },
  );
  api.openapi(one, async (c) => {
    const page = await partyPage(ledger, c.req.valid('param').id);
    return page ? reply(c, page) : problem(c, 404, 'party-unknown', titles['party-unknown']);
  });

  const State = z.enum(PARTY_STATES);
  const add = securedRoute(
    { action: 'add clients', roles: WORKERS, scope: 'workspace' },
    {
      method: 'post',
      path: '/api/parties',
      operationId: 'addParty',
      request: {
        body: jsonBody(
          z.strictObject({
            name: z.string().max(200),
            state: State.default('client'),
            identifiers: z.array(z.string().min(1).max(320)).max(50).default([]),
          }),
        ),
      },
      responses: {
        201: jsonResponse(PartyRowSchema, 'The new client'),
        409: problemResponse('An address is taken'),
        422: problemResponse('It has no name'),
      },
    },
  );
  api.openapi(add, async (c) => {
    const { name, state, identifiers } = c.req.valid('json');
    const added = await addParty(ledger, callerOf(c).actor, {
      name,
      state,
      identifiers: identifiers.map((text) => identifierOf(text)),
    });
    if (!added.ok) return refusal(c, added);
    return reply(c, await partyRow(ledger, added.value), 201);
  });

  const change = securedRoute(
    { action: 'change clients', roles: WORKERS, scope: 'workspace' },
    {
      method: 'patch',
      path: '/api/parties/{id}',
      operationId: 'changeParty',
      request: {
        params: IdParam,
        body: jsonBody(z.strictObject({ name: z.string().max(200).optional(), state: State.optional() })),
      },
      responses: {
        200: jsonResponse(PartyRowSchema, 'The client as it is now'),
        404: problemResponse('There is none'),
        422: problemResponse('It has no name'),
      },
    },
  );
  api.openapi(change, async (c) => {
    const { id } = c.req.valid('param');
    const changed = await changeParty(ledger, callerOf(c).actor, id, c.req.valid('json'));
    if (!changed.ok) return refusal(c, changed);
    return reply(c, await partyRow(ledger, id));
  });
}

function timelineRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(
    { action: 'read the record', roles: READERS, scope: 'workspace' },
    {
      method: 'get',
      path: '/api/parties/{id}/timeline',
      operationId: 'getTimeline',
      request: {
        params: IdParam,
        query: PageQuery.extend({
          direction: z.enum(['inbound', 'outbound', 'internal']).optional(),
          kind: z.string().max(20).optional(),
          point: z.coerce.number().int().min(1).max(1_000_000).optional(),
          voice: z.enum(['theirs', 'ours']).optional(),
        }),
      },
      responses: {
        200: jsonResponse(
          z
            .object({
              items: z.array(TimelineRowSchema),
              next: z.string().nullable(),
              total: z.number().int().nullable().openapi({ description: 'Null after the first page' }),
            })
            .openapi('Timeline'),
          'What happened, newest first',
        ),
      },
    },
  );
  api.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const { after, limit, direction, kind, point, voice } = c.req.valid('query');
    const filter = {
      ...{ direction: direction ?? null, kind: kind ?? null },
      ...{ point: point ?? null, voice: voice ?? null },
    };
    return reply(c, await timelinePage(ledger, id, filter, readTimeKey(after), limit));
  });
}
