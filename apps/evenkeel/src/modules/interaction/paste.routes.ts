import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  jsonBody,
  jsonResponse,
  problem,
  problemResponse,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import { stated } from '../../kernel/instant.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { BRING_IN } from './bringing.ts';
import { keepPasted, type PasteRefusal } from './paste.actions.ts';
import { PrivilegeSchema } from './privilege.schemas.ts';

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

const { refusal } = answersWith(statusOf, titles);

/** Keeping pasted words asks who, when and by what way; looking at them is done without the record. */
export function pasteRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
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
    privilege: PrivilegeSchema.nullable().default(null),
  });
  const keep = securedRoute(BRING_IN, {
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
    const { text, party, at, way, direction, from, privilege } = c.req.valid('json');
    const time = stated(at, 'stated-by-person');
    if (!time)
      return problem(c, 422, 'time-not-understood', 'Say when it was, with its offset from UTC.', { at });
    const kept = await keepPasted(ledger, sealer, {
      text,
      party,
      direction,
      pasted: { way, at: time, from },
      privilege,
      actor: callerOf(c).actor,
    });
    return kept.ok ? reply(c, { id: kept.value }, 201) : refusal(c, kept);
  });
}
