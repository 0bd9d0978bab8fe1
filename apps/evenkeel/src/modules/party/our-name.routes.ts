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
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { addOurName, letKnow, nameFor, ourNames, retireOurName } from './our-name.actions.ts';
import { NAME_KINDS, type OurNameRefusal } from './our-name.ts';

const statusOf = {
  'party-unknown': 404,
  'our-name-unknown': 404,
  'our-name-unusable': 422,
  'our-name-taken': 409,
  'our-name-in-use': 409,
  'legal-name-there': 409,
} as const satisfies Record<OurNameRefusal, 404 | 409 | 422>;

const titles: Record<OurNameRefusal, string> = {
  'party-unknown': 'There is no such client.',
  'our-name-unknown': 'We have no such name.',
  'our-name-unusable':
    'This cannot be a name: it is too short, too long, or holds characters that cannot be shown.',
  'our-name-taken': 'We have this name already.',
  'our-name-in-use': 'Somebody knows us by this name. Choose another for them first.',
  'legal-name-there': 'There is a legal name already. Take it off first.',
};

const { answer, refusal } = answersWith(statusOf, titles);

const Kind = z.enum(NAME_KINDS);
const NamesSchema = z
  .object({
    workspace: z
      .string()
      .nullable()
      .openapi({ description: 'What everybody knows us by unless another is chosen' }),
    names: z.array(z.object({ id: z.string(), kind: Kind, name: z.string(), isRetired: z.boolean() })),
  })
  .openapi('OurNames');
const KnownSchema = z
  .object({
    known: z
      .object({
        id: z.string().nullable(),
        name: z.string(),
        kind: Kind.nullable(),
        isChosen: z.boolean(),
      })
      .nullable(),
    isGuarded: z.boolean().openapi({ description: 'Whether another name than this one is kept from them' }),
    shown: z.array(z.object({ name: z.string(), shownIn: z.string(), of: z.string(), at: z.string() })),
  })
  .openapi('KnownName');

const READ = { action: 'see by which names we are known', roles: ROLES, scope: 'workspace' } as const;
const DECIDE = {
  action: 'say by which names we are known',
  roles: ['owner', 'manager'],
  scope: 'workspace',
} as const;
const UNKNOWN = problemResponse('There is none');
const NOT_SO = problemResponse('It cannot be so now');
const UNUSABLE = problemResponse('It cannot be a name');

/** Our names, and the one that each client knows. */
export function ourNameRoutes(api: Api, ledger: Ledger): void {
  nameRoutes(api, ledger);
  knownRoutes(api, ledger);
}

function nameRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(READ, {
    method: 'get',
    path: '/api/our-names',
    operationId: 'listOurNames',
    responses: { 200: jsonResponse(NamesSchema, 'Every name we go by') },
  });
  api.openapi(list, async (c) => {
    const { workspace, names } = await ourNames(ledger);
    return reply(c, { workspace, names });
  });

  const add = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/our-names',
    operationId: 'addOurName',
    request: { body: jsonBody(z.strictObject({ kind: Kind, name: z.string().max(1000) })) },
    responses: {
      201: jsonResponse(z.object({ id: z.string() }), 'The name'),
      409: NOT_SO,
      422: UNUSABLE,
    },
  });
  api.openapi(add, async (c) =>
    answer(c, await addOurName(ledger, callerOf(c).actor, c.req.valid('json')), 201),
  );

  const retire = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/our-names/{id}/retire',
    operationId: 'retireOurName',
    request: { params: IdParam },
    responses: { 204: { description: 'It is used no more' }, 404: UNKNOWN, 409: NOT_SO },
  });
  api.openapi(retire, async (c) =>
    answer(c, await retireOurName(ledger, callerOf(c).actor, c.req.valid('param').id), 204),
  );
}

function knownRoutes(api: Api, ledger: Ledger): void {
  const path = '/api/parties/{id}/our-name';
  const get = securedRoute(READ, {
    method: 'get',
    path,
    operationId: 'getKnownName',
    request: { params: IdParam },
    responses: { 200: jsonResponse(KnownSchema, 'The name this client knows'), 404: UNKNOWN },
  });
  api.openapi(get, async (c) => {
    const found = await nameFor(ledger, c.req.valid('param').id);
    return found.ok ? reply(c, found.value) : refusal(c, found);
  });

  const put = securedRoute(DECIDE, {
    method: 'put',
    path,
    operationId: 'letPartyKnowName',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          nameId: z.uuid().nullable().openapi({ description: 'Null for the name of the workspace' }),
        }),
      ),
    },
    responses: { 200: jsonResponse(KnownSchema, 'The name this client knows now'), 404: UNKNOWN },
  });
  api.openapi(put, async (c) => {
    const { id } = c.req.valid('param');
    const done = await letKnow(ledger, callerOf(c).actor, id, c.req.valid('json').nameId);
    return answer(c, done.ok ? await nameFor(ledger, id) : done);
  });
}
