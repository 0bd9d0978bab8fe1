import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  jsonBody,
  jsonResponse,
  problem,
  problemResponse,
  refused,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import { stated } from '../../kernel/instant.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Actor } from '../ledger/ledger.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { keepPasted, lookAt, type PasteRefusal } from './paste.actions.ts';

const WRITE = {
  action: 'bring in correspondence',
  roles: ['owner', 'manager', 'agent'],
  scope: 'workspace',
} as const;
const TextSchema = z.string().max(2_000_000);

const statusOf = {
  'nothing-pasted': 422,
  'party-unknown': 404,
  'party-unnamed': 422,
} as const satisfies Record<PasteRefusal, 404 | 422>;
const titles: Record<PasteRefusal, string> = {
  'nothing-pasted': 'There is no text to keep.',
  'party-unknown': 'There is no such client.',
  'party-unnamed': 'Say whose words these are.',
};

/** Pasting: looking keeps nothing; keeping asks who, when and by what way. */
export function pasteRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  const look = securedRoute(WRITE, {
    method: 'post',
    path: '/api/paste/look',
    operationId: 'lookAtPasted',
    request: { body: jsonBody(z.strictObject({ text: TextSchema })) },
    responses: {
      200: jsonResponse(
        z.object({ lang: z.string(), characters: z.number().int() }).openapi('PastedLook'),
        'What it is; nothing is kept',
      ),
    },
  });
  api.openapi(look, (c) => reply(c, lookAt(c.req.valid('json').text)));

  const PasteSchema = z.strictObject({
    text: TextSchema,
    party: z.union([
      z.strictObject({ id: z.uuid() }),
      z.strictObject({ name: z.string().max(200), identifier: z.string().max(320).nullable().default(null) }),
    ]),
    /** ISO 8601 with the offset that is meant. */
    at: z.string().max(40),
    way: z.enum(['mail', 'chat', 'call', 'other']),
    direction: z.enum(['inbound', 'outbound']),
    from: z.string().max(200).nullable().default(null),
  });
  const keep = securedRoute(WRITE, {
    method: 'post',
    path: '/api/interactions',
    operationId: 'keepPasted',
    request: { body: jsonBody(PasteSchema) },
    responses: {
      201: jsonResponse(z.object({ id: z.string() }), 'Kept as pasted, not an original'),
      404: problemResponse('There is no such client'),
      422: problemResponse('Something is missing'),
    },
  });
  api.openapi(keep, async (c) => {
    const { text, party, at, way, direction, from } = c.req.valid('json');
    const time = stated(at, 'stated-by-person');
    if (!time)
      return problem(c, 422, 'time-not-understood', 'Say when it was, with its offset from UTC.', { at });
    const kept = await keepPasted(ledger, sealer, {
      text,
      party,
      direction,
      pasted: { way, at: time, from },
      actor: callerOf(c).actor as Actor,
    });
    return kept.ok ? reply(c, { id: kept.value }, 201) : refused(c, kept, statusOf, titles);
  });
}
