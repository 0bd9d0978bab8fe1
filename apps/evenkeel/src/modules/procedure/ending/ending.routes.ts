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
} from '../../../kernel/http.ts';
import { TERM_UNITS } from '../../agreement/clause.ts';
import { CiteSchema } from '../../interaction/schemas.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { DateWish, Words } from '../restriction/schemas.ts';
import {
  answerAfterEnd,
  closeRelation,
  earliestFor,
  endingsWith,
  planEnding,
  tellEnding,
  withdrawEnding,
} from './ending.actions.ts';
import { ENDED_BY, type EndingRefusal } from './ending.ts';
import { EndingSchema, SheetSchema } from './schemas.ts';
import { stayOrLeave } from './sheet.actions.ts';

const SEE = { action: 'see what staying or leaving means', roles: ROLES, scope: 'workspace' } as const;
const DECIDE = { action: 'end the work with a client', roles: DECIDERS, scope: 'workspace' } as const;
const ANSWER = { action: 'record the answer after an end', roles: DECIDERS, scope: 'workspace' } as const;

const { answer } = answersWith<EndingRefusal>(
  {
    'party-unknown': 404,
    'ending-unknown': 404,
    'message-unknown': 404,
    'answer-unknown': 404,
    'clause-unknown': 404,
    'ending-running': 409,
    'told-already': 409,
    'not-told': 409,
    'too-early': 409,
    'over-already': 409,
    'not-over': 409,
    'answered-already': 409,
    'filing-refused': 409,
    'end-date-missing': 422,
    'date-unusable': 422,
    'date-past': 422,
    'notice-too-short': 422,
    'letter-needed': 422,
    'letter-unusable': 422,
    'reason-missing': 422,
  },
  {
    'party-unknown': 'There is no such client.',
    'ending-unknown': 'There is no such ending.',
    'message-unknown': 'There is no such message of theirs.',
    'answer-unknown': 'There is no such letter or message of ours to this client.',
    'clause-unknown': 'There is no such clause that was agreed with this client.',
    'ending-running': 'An end is planned already. Withdraw it first.',
    'told-already': 'They were told already.',
    'not-told': 'They have to be told first, by a letter that names the day.',
    'too-early': 'The day has not come yet.',
    'over-already': 'This has ended or was withdrawn. Nothing was changed.',
    'not-over': 'It has not ended yet.',
    'answered-already': 'The one answer after the end was given.',
    'filing-refused': 'The rest cannot be filed without reply: the reason is named. Nothing was changed.',
    'end-date-missing': 'Name the day on which it ends.',
    'date-unusable': 'There is no such day.',
    'date-past': 'This day has passed.',
    'notice-too-short':
      'The clause asks for more time. Name a later day, or say why it cannot be waited for.',
    'letter-needed': 'Name the letter that told them.',
    'letter-unusable': 'It has to be a letter or message of ours to this client.',
    'reason-missing': 'Say why.',
  },
);

const MADE = jsonResponse(z.object({ id: z.string() }), 'Done');
const responses = {
  404: problemResponse('party-unknown, ending-unknown, clause-unknown, message-unknown, answer-unknown'),
  409: problemResponse('ending-running, told-already, not-told, too-early, over-already, not-over'),
  422: problemResponse('end-date-missing, notice-too-short, letter-needed, and what else is named'),
};
const Within = z.strictObject({ count: z.number().int().min(1).max(1000), unit: z.enum(TERM_UNITS) });
const NoticeBody = z.strictObject({ clause: z.uuid(), within: Within });

/** Whether to stay or to leave, on one sheet, and the way out. */
export function endingRoutes(api: Api, ledger: Ledger): void {
  const sheet = securedRoute(SEE, {
    method: 'get',
    path: '/api/parties/{id}/stay-or-leave',
    operationId: 'stayOrLeave',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(SheetSchema, 'What is owed, open, recorded and agreed; no recommendation'),
      404: problemResponse('party-unknown'),
    },
  });
  api.openapi(sheet, async (c) => answer(c, await stayOrLeave(ledger, c.req.valid('param').id)));
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/parties/{id}/endings',
    operationId: 'listEndings',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(
        z.object({ items: z.array(EndingSchema) }).openapi('EndingList'),
        'Ends that were planned with this client, the newest first',
      ),
    },
  });
  api.openapi(list, async (c) => reply(c, { items: await endingsWith(ledger, c.req.valid('param').id) }));
  planRoutes(api, ledger);
  courseRoutes(api, ledger);
}

function planRoutes(api: Api, ledger: Ledger): void {
  const plan = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/parties/{id}/endings',
    operationId: 'planEnding',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          on: DateWish,
          byWhom: z.enum(ENDED_BY).default('us'),
          notice: NoticeBody.nullable().default(null),
          shortWhy: Words.default(''),
        }),
      ),
    },
    responses: { 201: MADE, ...responses },
  });
  api.openapi(plan, async (c) => {
    const { id } = c.req.valid('param');
    return answer(c, await planEnding(ledger, callerOf(c).actor, id, c.req.valid('json')), 201);
  });
  const earliest = securedRoute(SEE, {
    method: 'post',
    path: '/api/parties/{id}/endings/earliest',
    operationId: 'earliestEnding',
    request: { params: IdParam, body: jsonBody(NoticeBody) },
    responses: {
      200: jsonResponse(z.object({ earliest: z.string().nullable() }), 'The first day a clause allows'),
      404: problemResponse('clause-unknown'),
    },
  });
  api.openapi(earliest, async (c) =>
    answer(c, await earliestFor(ledger, c.req.valid('param').id, c.req.valid('json'))),
  );
}

function courseRoutes(api: Api, ledger: Ledger): void {
  const tell = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/endings/{id}/told',
    operationId: 'tellEnding',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ letter: z.uuid().nullable().default(null) })),
    },
    responses: { 200: MADE, ...responses },
  });
  api.openapi(tell, async (c) => {
    const { letter } = c.req.valid('json');
    return answer(c, await tellEnding(ledger, callerOf(c).actor, c.req.valid('param').id, letter));
  });
  const over = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/endings/{id}/over',
    operationId: 'closeRelation',
    request: { params: IdParam, body: jsonBody(z.strictObject({ leftOpen: Words.default('') })) },
    responses: { 200: MADE, ...responses },
  });
  api.openapi(over, async (c) => {
    const { leftOpen } = c.req.valid('json');
    return answer(c, await closeRelation(ledger, callerOf(c).actor, c.req.valid('param').id, leftOpen));
  });
  const answered = securedRoute(ANSWER, {
    method: 'post',
    path: '/api/endings/{id}/answered',
    operationId: 'answerAfterEnd',
    request: {
      params: IdParam,
      body: jsonBody(
        z.strictObject({
          message: CiteSchema,
          answer: CiteSchema,
          fileUntilOn: DateWish,
          reason: Words.default(''),
        }),
      ),
    },
    responses: { 200: MADE, ...responses },
  });
  api.openapi(answered, async (c) => {
    const { id } = c.req.valid('param');
    return answer(c, await answerAfterEnd(ledger, callerOf(c).actor, id, c.req.valid('json')));
  });
  const withdraw = securedRoute(DECIDE, {
    method: 'post',
    path: '/api/endings/{id}/withdrawal',
    operationId: 'withdrawEnding',
    request: { params: IdParam, body: jsonBody(z.strictObject({ reason: Words.default('') })) },
    responses: { 200: MADE, ...responses },
  });
  api.openapi(withdraw, async (c) => {
    const { reason } = c.req.valid('json');
    return answer(c, await withdrawEnding(ledger, callerOf(c).actor, c.req.valid('param').id, reason));
  });
}
