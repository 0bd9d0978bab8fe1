import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  DECIDERS,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { copiesOfRecord, previewRedaction, redact, withdrawRedaction } from './redaction.actions.ts';
import { REDACTION_USES, type RedactionRefusal } from './redaction.ts';

const statusOf = {
  'party-unknown': 404,
  'interaction-unknown': 404,
  'redaction-unknown': 404,
  'reason-missing': 422,
  'nothing-taken': 422,
  'span-outside': 422,
  'text-too-long': 422,
  'file-unknown': 422,
  'words-in-file': 409,
  'words-in-reason': 422,
} as const satisfies Record<RedactionRefusal, 404 | 409 | 422>;
const titles: Record<RedactionRefusal, string> = {
  'party-unknown': 'There is no such client. Nothing was made.',
  'interaction-unknown': 'This record is not filed under this client. No copy was made.',
  'redaction-unknown': 'There is no such copy any more. Nothing was changed.',
  'reason-missing': 'Say why. No copy was made.',
  'nothing-taken':
    'Nothing was marked to be taken out. No copy was made. Select words, people or attachments.',
  'span-outside': 'The marked words are not in this text any more. No copy was made. Mark them again.',
  'text-too-long':
    'This text is too long to take words out of it here. No copy was made. Keep the whole record back.',
  'file-unknown': 'One of the attachments that were left in is not there. No copy was made.',
  'words-in-file':
    'An attachment that was left in says the words that are taken out. No copy was made. Take it out too.',
  'words-in-reason': 'The reason says the words that are taken out. No copy was made. Write it without them.',
};
const { answer } = answersWith(statusOf, titles);

const TAKE_OUT = { action: 'take words out of a copy', roles: DECIDERS, scope: 'workspace' } as const;
/** The preview shows the record; only what is made or withdrawn changes what later bundles hold. */
const LOOK = { ...TAKE_OUT, custody: 'opening' } as const;
const MAKE = { ...TAKE_OUT, custody: 'redaction' } as const;
const SpanBody = z.strictObject({ start: z.number().int().min(0), end: z.number().int().min(0) });
const Spans = z.array(SpanBody).max(1000).default([]);
const Body = z.strictObject({
  party: z.uuid(),
  use: z.enum(REDACTION_USES).default('everyone'),
  reason: z.string().max(1000),
  text: Spans,
  subject: Spans,
  people: z.array(z.string().max(320)).max(200).default([]),
  files: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(1000)
    .default([])
    .openapi({ description: 'SHA-256 of the attachments that are left in; every other one is taken out' }),
});

const RedactionSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    use: z.enum(REDACTION_USES),
    reason: z.string(),
    subject: z.string().nullable(),
    words: z.string(),
    filesTaken: z.number().int(),
    files: z.array(z.object({ name: z.string(), sizeBytes: z.number().int(), sha256: z.string() })),
    madeAt: z.string(),
    madeBy: z.string(),
  })
  .openapi('Redaction');

/** Copies of records with words taken out; the record itself stays as it came. */
export function redactionRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  const list = securedRoute(
    { action: 'read the record', roles: ROLES, scope: 'workspace' },
    {
      method: 'get',
      path: '/api/interactions/{id}/redactions',
      operationId: 'listRedactions',
      request: { params: IdParam },
      responses: {
        200: jsonResponse(
          z.object({ items: z.array(RedactionSchema) }).openapi('RedactionList'),
          'The copies of a record that stand, oldest first',
        ),
      },
    },
  );
  api.openapi(list, async (c) => reply(c, { items: await copiesOfRecord(ledger, c.req.valid('param').id) }));
  makingRoutes(api, ledger, sealer);
}

function makingRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  const refusals = {
    404: problemResponse('party-unknown, interaction-unknown'),
    409: problemResponse('words-in-file'),
    422: problemResponse(
      'reason-missing, nothing-taken, span-outside, text-too-long, file-unknown, words-in-reason',
    ),
  };
  const preview = securedRoute(LOOK, {
    method: 'post',
    path: '/api/interactions/{id}/redactions/preview',
    operationId: 'previewRedaction',
    request: { params: IdParam, body: jsonBody(Body) },
    responses: {
      200: jsonResponse(
        z.object({ text: z.string(), places: z.number().int() }).openapi('RedactionPreview'),
        'The copy as it would read',
      ),
      ...refusals,
    },
  });
  api.openapi(preview, async (c) => {
    const wish = { ...c.req.valid('json'), interaction: c.req.valid('param').id };
    return answer(c, await previewRedaction(ledger, wish));
  });

  const make = securedRoute(MAKE, {
    method: 'post',
    path: '/api/interactions/{id}/redactions',
    operationId: 'redact',
    request: { params: IdParam, body: jsonBody(Body) },
    responses: {
      201: jsonResponse(z.object({ id: z.string(), places: z.number().int() }), 'The copy is in the record'),
      ...refusals,
    },
  });
  api.openapi(make, async (c) => {
    const wish = { ...c.req.valid('json'), interaction: c.req.valid('param').id };
    return answer(c, await redact(ledger, sealer, callerOf(c).actor, wish), 201);
  });

  const withdraw = securedRoute(MAKE, {
    method: 'post',
    path: '/api/redactions/{id}/withdraw',
    operationId: 'withdrawRedaction',
    request: { params: IdParam, body: jsonBody(z.strictObject({ reason: z.string().max(1000) })) },
    responses: {
      200: jsonResponse(z.object({ id: z.string() }), 'Bundles hold the record itself again'),
      404: problemResponse('redaction-unknown'),
      422: problemResponse('reason-missing'),
    },
  });
  api.openapi(withdraw, async (c) => {
    const { reason } = c.req.valid('json');
    return answer(c, await withdrawRedaction(ledger, callerOf(c).actor, c.req.valid('param').id, reason));
  });
}
