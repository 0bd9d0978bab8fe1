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
  WORKERS,
} from '../../../kernel/http.ts';
import { CiteSchema } from '../../interaction/schemas.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { DateWish, Words } from '../restriction/schemas.ts';
import { beginSilence, endSilence, settleLook, silencesWith } from './silence.actions.ts';
import { NEW_KINDS, type SilenceRefusal } from './silence.ts';

const SEE = { action: 'see what is filed without reply', roles: ROLES, scope: 'workspace' } as const;
const DECIDE = { action: 'file without reply', roles: DECIDERS, scope: 'workspace' } as const;
const LOOK = { action: 'look at what was filed without reply', roles: WORKERS, scope: 'workspace' } as const;

const { answer } = answersWith<SilenceRefusal>(
  {
    'party-unknown': 404,
    'silence-unknown': 404,
    'message-unknown': 404,
    'silence-running': 409,
    'silence-over': 409,
    'settled-already': 409,
    'reason-missing': 422,
    'repeat-missing': 422,
    'answer-missing': 422,
    'repeat-not-theirs': 422,
    'answer-not-ours': 422,
    'quote-not-found': 422,
    'end-date-missing': 422,
    'date-unusable': 422,
    'date-past': 422,
  },
  {
    'party-unknown': 'There is no such client.',
    'silence-unknown': 'There is no such decision.',
    'message-unknown': 'This message was not read under this decision.',
    'silence-running': 'Messages of this client are filed without reply already.',
    'silence-over': 'This has ended. Nothing was changed.',
    'settled-already': 'Somebody has seen to this message already.',
    'reason-missing': 'Say why.',
    'repeat-missing': 'Quote their words that say the same once more.',
    'answer-missing': 'Quote our words that answered it. What was never answered is no repeat.',
    'repeat-not-theirs': 'The repeat has to be in their words.',
    'answer-not-ours': 'The answer has to be in our words.',
    'quote-not-found': 'These words do not stand so in the record of this client.',
    'end-date-missing': 'Name the last day.',
    'date-unusable': 'There is no such day.',
    'date-past': 'This day is not ahead.',
  },
);

const At = z.string();
const LookSchema = z.object({
  silenceId: z.string(),
  interactionId: z.string(),
  at: At,
  lookedAt: At,
  lookedBy: z.string(),
  found: z.array(z.object({ kind: z.enum(NEW_KINDS), says: z.string(), cite: CiteSchema.nullable() })),
  compared: z.number().int(),
  isNew: z.boolean(),
  settled: z.enum(['filed', 'answered']).nullable(),
  settledAt: At.nullable(),
  settledBy: z.string().nullable(),
  note: z.string().nullable(),
});
const SilenceSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    number: z.number().int(),
    reason: z.string(),
    repeat: CiteSchema,
    answer: CiteSchema,
    until: z.object({ on: z.string(), at: At }),
    beganAt: At,
    beganBy: z.string(),
    ended: z.object({ at: At, by: z.string(), reason: z.string() }).nullable(),
    isQuiet: z.boolean(),
    looks: z.array(LookSchema),
  })
  .openapi('Silence');
const MADE = jsonResponse(z.object({ id: z.string() }), 'Done');
const responses = {
  404: problemResponse('party-unknown, silence-unknown, message-unknown'),
  409: problemResponse('silence-running, silence-over, settled-already'),
  422: problemResponse('repeat-missing, answer-missing, end-date-missing, and what else is named'),
};

/** Messages that bring nothing new are filed and not answered; every one of them is read. */
export function silenceRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/parties/{id}/silences',
    operationId: 'listSilences',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(
        z.object({ items: z.array(SilenceSchema) }).openapi('SilenceList'),
        'What is filed without reply, the newest first',
      ),
    },
  });
  api.openapi(list, async (c) => reply(c, { items: await silencesWith(ledger, c.req.valid('param').id) }));
  const begin = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/parties/{id}/silences',
    operationId: 'beginSilence',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          reason: Words.default(''),
          repeat: CiteSchema.nullable().default(null),
          answer: CiteSchema.nullable().default(null),
          untilOn: DateWish,
        }),
      ),
    },
    responses: { 201: MADE, ...responses },
  });
  api.openapi(begin, async (c) => {
    const { id } = c.req.valid('param');
    return answer(c, await beginSilence(ledger, callerOf(c).actor, id, c.req.valid('json')), 201);
  });
  const settle = securedRoute(LOOK, {
    method: 'post',
    path: '/api/silences/{id}/looks',
    operationId: 'settleLook',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          interaction: z.uuid(),
          outcome: z.enum(['filed', 'answered']),
          note: Words.default(''),
        }),
      ),
    },
    responses: { 200: MADE, ...responses },
  });
  api.openapi(settle, async (c) => {
    const { id } = c.req.valid('param');
    return answer(c, await settleLook(ledger, callerOf(c).actor, id, c.req.valid('json')));
  });
  const end = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/silences/{id}/end',
    operationId: 'endSilence',
    request: { params: IdParam, body: jsonBody(z.strictObject({ reason: Words.default('') })) },
    responses: { 200: MADE, ...responses },
  });
  api.openapi(end, async (c) => {
    const { reason } = c.req.valid('json');
    return answer(c, await endSilence(ledger, callerOf(c).actor, c.req.valid('param').id, reason));
  });
}
