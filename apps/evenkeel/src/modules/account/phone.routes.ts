import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  type Api,
  answersWith,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Account } from './account.actions.ts';
import { pairPhone, phonesOf, removePhone, startPairing } from './phone.actions.ts';

const OWN = { action: 'add, list and remove own phones', roles: WORKERS, scope: 'self' } as const;
const PAIR = {
  action: 'become a phone, with the code a member was shown',
  roles: 'anyone',
  scope: 'self',
} as const;

const { answer, refusal } = answersWith(
  { 'phone-code-refused': 401, 'phone-unknown': 404, 'too-many-tries': 429 } as const,
  {
    'phone-code-refused':
      'This code does not work: it is wrong, was used already, or is older than ten minutes. Nothing was changed. Ask for a new one.',
    'phone-unknown': 'There is no such phone. Nothing was changed.',
    'too-many-tries': 'Too many tries. Wait a little.',
  },
);

const PhonesSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        pairedAt: z.string().nullable(),
        seenAt: z.string().nullable(),
      }),
    ),
    address: z
      .string()
      .nullable()
      .openapi({ description: 'Where a phone reaches this Evenkeel by TLS, when it was started with one' }),
  })
  .openapi('Phones');

const PairingSchema = z
  .object({
    id: z.string(),
    code: z.string().openapi({ description: 'Works once; shown only now' }),
    until: z.string(),
  })
  .openapi('PhonePairing');

/**
 * Phones for live sessions: a member is shown a code, the phone trades it for a session of its own.
 *
 * @param address where this Evenkeel is reached from outside, `https://…`; null when nobody said
 */
export function registerPhones(api: Api, account: Account, address: string | null): void {
  const list = securedRoute(OWN, {
    method: 'get',
    path: '/api/phones',
    operationId: 'listPhones',
    responses: { 200: jsonResponse(PhonesSchema, 'The caller’s own phones') },
  });
  api.openapi(list, async (c) => {
    const phones = await phonesOf(account, callerOf(c));
    const items = phones.map(({ id, name, pairedAt, seenAt }) => ({ id, name, pairedAt, seenAt }));
    return reply(c, { items, address });
  });

  const start = securedRoute(OWN, {
    method: 'post',
    path: '/api/phones',
    operationId: 'addPhone',
    request: { body: jsonBody(z.strictObject({ name: z.string().max(200).default('') })) },
    responses: {
      201: jsonResponse(PairingSchema, 'A code for the phone'),
      404: problemResponse('phone-unknown: the caller is no member'),
    },
  });
  api.openapi(start, async (c) =>
    answer(c, await startPairing(account, callerOf(c), c.req.valid('json').name), 201),
  );

  const remove = securedRoute(OWN, {
    method: 'delete',
    path: '/api/phones/{id}',
    operationId: 'removePhone',
    request: { params: IdParam },
    responses: {
      204: { description: 'It may write nothing any more' },
      404: problemResponse('phone-unknown'),
    },
  });
  api.openapi(remove, async (c) =>
    answer(c, await removePhone(account, callerOf(c), c.req.valid('param').id), 204),
  );

  const pair = securedRoute(PAIR, {
    method: 'post',
    path: '/api/live/pairing',
    operationId: 'pairPhone',
    request: { body: jsonBody(z.strictObject({ code: z.string().max(100) })) },
    responses: {
      204: { description: 'The phone may write notes' },
      401: problemResponse('phone-code-refused'),
      429: problemResponse('too-many-tries'),
    },
  });
  api.openapi(pair, async (c) => {
    const paired = await pairPhone(account, c.req.valid('json').code, cameByTls(c));
    if (!paired.ok) return refusal(c, paired);
    c.header('set-cookie', paired.value, { append: true });
    return c.body(null, 204);
  });
}

/** The browser says so of itself; who lies about it harms only their own cookie. */
function cameByTls(c: Context): boolean {
  return c.req.header('origin')?.startsWith('https://') === true;
}
