import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  byteResponse,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { type MailFactsRefusal, mailFactsFor, signedBytesOf } from './mail-facts.actions.ts';
import { MailFactsSchema } from './mail-facts.schemas.ts';
import { readAs } from './read-as.actions.ts';
import type { ReadAsRefusal } from './read-as.ts';

const READ = { action: 'read the record', roles: ROLES, scope: 'workspace' } as const;
const CORRECT = { action: 'say how a mail is to be read', roles: WORKERS, scope: 'workspace' } as const;

type Refusal = MailFactsRefusal | ReadAsRefusal | 'nothing-signed';
const statusOf = {
  'interaction-unknown': 404,
  'not-read-as-mail': 404,
  'mail-erased': 410,
  'nothing-signed': 404,
  'no-such-charset': 422,
  'reads-the-same': 409,
} as const satisfies Record<Refusal, 404 | 409 | 410 | 422>;
const titles: Record<Refusal, string> = {
  'interaction-unknown': 'There is no such message.',
  'not-read-as-mail': 'This came in another form than mail, so there is nothing to read otherwise.',
  'mail-erased': 'These bytes were erased.',
  'nothing-signed': 'No bytes are signed there that can be read without a key.',
  'no-such-charset': 'No charset of this name is known. Nothing was changed.',
  'reads-the-same': 'It reads the same in this charset. Nothing was changed.',
};
const { answer, refusal } = answersWith(statusOf, titles);

/** What mails say beside their words and files, and in which charset they are read. */
export function mailFactsRoutes(api: Api, ledger: Ledger): void {
  const missing = { 404: problemResponse('There is none'), 410: problemResponse('It was erased') };
  const show = securedRoute(READ, {
    method: 'get',
    path: '/api/interactions/{id}/mail',
    operationId: 'getMailFacts',
    request: { params: IdParam },
    responses: { 200: jsonResponse(MailFactsSchema, 'What it says beside its words'), ...missing },
  });
  api.openapi(show, async (c) => answer(c, await mailFactsFor(ledger, c.req.valid('param').id)));

  const signed = securedRoute(READ, {
    method: 'get',
    path: '/api/interactions/{id}/signed/{at}',
    operationId: 'getSignedBytes',
    request: { params: IdParam.extend({ at: z.coerce.number().int().min(0).max(999) }) },
    responses: { 200: byteResponse('application/octet-stream', 'The signed bytes, bit for bit'), ...missing },
  });
  api.openapi(signed, async (c) => {
    const { id, at } = c.req.valid('param');
    const found = await signedBytesOf(ledger, id, at);
    if (!found.ok) return refusal(c, found);
    return c.body(found.value as Uint8Array<ArrayBuffer>, 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="signed.bin"',
      'x-content-type-options': 'nosniff',
    }) as never;
  });

  const correct = securedRoute(CORRECT, {
    method: 'post',
    path: '/api/interactions/{id}/charset',
    operationId: 'readAs',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ charset: z.string().min(1).max(100).nullable() })),
    },
    responses: {
      200: jsonResponse(
        z.object({ charset: z.string().nullable(), copies: z.number().int() }),
        'It is read so from now on, and so are the copies of it',
      ),
      404: problemResponse('There is none'),
      409: problemResponse('It reads the same'),
      422: problemResponse('There is no such charset'),
    },
  });
  api.openapi(correct, async (c) => {
    const { charset } = c.req.valid('json');
    return answer(c, await readAs(ledger, callerOf(c).actor, c.req.valid('param').id, charset));
  });
}
