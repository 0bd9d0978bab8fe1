import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
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
import { identifiersOf, keepPartiesApart, moveIdentifierTo } from '../interaction/joining.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadCountry } from '../signal/days-off.actions.ts';

const READ = { action: 'see by what a client is reached', roles: ROLES, scope: 'workspace' } as const;
const WRITE = { action: 'say whose an address is', roles: WORKERS, scope: 'workspace' } as const;
const Named = { kind: z.string().max(20), value: z.string().min(1).max(320) };

const IdentifiersSchema = z
  .object({
    items: z.array(z.object({ ...Named, label: z.string().nullable(), number: z.string().nullable() })),
    /** What of others may be theirs too; nothing is joined by it. */
    proposals: z.array(
      z.object({
        identifier: z.object({ ...Named, label: z.string().nullable() }),
        /** Whose it is so far; null when it is nobody's. */
        party: z.object({ id: z.string(), name: z.string() }).nullable(),
        why: z.enum(['number', 'address', 'card', 'name']),
        confidence: z.enum(['high', 'low']),
      }),
    ),
  })
  .openapi('Identifiers');

const { answer } = answersWith(
  { 'party-unknown': 404, 'identifier-unknown': 404, 'identifier-theirs-already': 409 } as const,
  {
    'party-unknown': 'There is no such client.',
    'identifier-unknown': 'Nobody is known by this address.',
    'identifier-theirs-already': 'This address is theirs already.',
  },
);

/** By what clients are reached; joined and split by a person, and undone at any time. */
export function identifierRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(READ, {
    method: 'get',
    path: '/api/parties/{id}/identifiers',
    operationId: 'listIdentifiers',
    request: { params: IdParam },
    responses: { 200: jsonResponse(IdentifiersSchema, 'Theirs, and what may be theirs') },
  });
  api.openapi(list, async (c) => {
    const country = await loadCountry(ledger.db, ledger.workspaceId);
    return reply(c, await identifiersOf(ledger, c.req.valid('param').id, country));
  });

  const move = securedRoute(WRITE, {
    method: 'post',
    path: '/api/identifiers/move',
    operationId: 'moveIdentifier',
    request: { body: jsonBody(z.strictObject({ ...Named, to: z.uuid().nullable() })) },
    responses: {
      200: jsonResponse(
        z.object({ from: z.string().nullable(), to: z.string(), moved: z.number().int() }),
        'It is theirs, with what was filed because of it',
      ),
      404: problemResponse('There is none'),
      409: problemResponse('It is theirs already'),
    },
  });
  api.openapi(move, async (c) => {
    const { to, ...identifier } = c.req.valid('json');
    const named = { ...identifier, kind: identifier.kind === 'address' ? 'address' : 'handle' } as const;
    return answer(c, await moveIdentifierTo(ledger, callerOf(c).actor, named, to));
  });

  const apart = securedRoute(WRITE, {
    method: 'post',
    path: '/api/parties/{id}/kept-apart',
    operationId: 'keepApart',
    request: { params: IdParam, body: jsonBody(z.strictObject({ other: z.uuid() })) },
    responses: { 204: { description: 'They are two' }, 404: problemResponse('There is none') },
  });
  api.openapi(apart, async (c) => {
    const { id } = c.req.valid('param');
    const { other } = c.req.valid('json');
    return answer(c, await keepPartiesApart(ledger, callerOf(c).actor, id, other), 204);
  });
}
