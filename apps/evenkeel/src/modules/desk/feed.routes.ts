import { z } from '@hono/zod-openapi';
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
import type { Ledger } from '../ledger/ledger.actions.ts';
import {
  countTries,
  type FeedRefusal,
  feedsOf,
  makeFeed,
  readFeed,
  renewToken,
  revokeFeed,
} from './feed.actions.ts';
import { FEED_LANGS } from './feed.words.ts';

const OWN = {
  action: 'give a calendar program an address of what is due',
  roles: WORKERS,
  scope: 'self',
} as const;
const OPEN = {
  action: 'read what is due by the secret address of a feed',
  roles: 'anyone',
  scope: 'workspace',
} as const;

const statusOf = {
  'feed-unknown': 404,
  'too-many-feeds': 409,
  'too-many-tries': 429,
} as const satisfies Record<FeedRefusal, 404 | 409 | 429>;

const titles: Record<FeedRefusal, string> = {
  'feed-unknown': 'This address opens nothing: it was renewed or taken back. Make a new one in the calendar.',
  'too-many-feeds': 'There are many addresses already. Take one back first.',
  'too-many-tries': 'Too many addresses that open nothing were tried. Wait a minute.',
};

const { answer, refusal } = answersWith(statusOf, titles);

const FeedSchema = z
  .object({
    id: z.string(),
    hasNames: z.boolean(),
    lang: z.enum(FEED_LANGS),
    madeAt: z.string(),
    readAt: z.string().nullable(),
  })
  .openapi('Feed');
const ShownSchema = z
  .object({ id: z.string(), path: z.string().openapi({ description: 'Shown this once' }) })
  .openapi('FeedAddress');

/** Addresses at which a calendar program reads what is due; they read, and do nothing else. */
export function feedRoutes(api: Api, ledger: Ledger): void {
  listAndMake(api, ledger);
  renewAndRevoke(api, ledger);
  openRoute(api, ledger);
}

function listAndMake(api: Api, ledger: Ledger): void {
  const list = securedRoute(OWN, {
    method: 'get',
    path: '/api/calendar/feeds',
    operationId: 'listFeeds',
    responses: {
      200: jsonResponse(z.object({ items: z.array(FeedSchema) }), 'Your feeds, without their addresses'),
    },
  });
  api.openapi(list, async (c) => reply(c, { items: await feedsOf(ledger, callerOf(c).actor) }));

  const make = securedRoute(OWN, {
    method: 'post',
    path: '/api/calendar/feeds',
    operationId: 'makeFeed',
    request: {
      body: jsonBody(
        z.strictObject({ hasNames: z.boolean().default(false), lang: z.enum(FEED_LANGS).default('en') }),
      ),
    },
    responses: {
      201: jsonResponse(ShownSchema, 'Its address; it is shown this once'),
      409: problemResponse('There are too many'),
    },
  });
  api.openapi(make, async (c) => {
    const done = await makeFeed(ledger, callerOf(c).actor, c.req.valid('json'));
    return answer(c, done, 201);
  });
}

function renewAndRevoke(api: Api, ledger: Ledger): void {
  const renew = securedRoute(OWN, {
    method: 'post',
    path: '/api/calendar/feeds/{id}/renew',
    operationId: 'renewFeed',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(ShownSchema, 'Its new address; the old one opens nothing any more'),
      404: problemResponse('There is none'),
    },
  });
  api.openapi(renew, async (c) => {
    const done = await renewToken(ledger, callerOf(c).actor, c.req.valid('param').id);
    return answer(c, done);
  });

  const revoke = securedRoute(OWN, {
    method: 'delete',
    path: '/api/calendar/feeds/{id}',
    operationId: 'revokeFeed',
    request: { params: IdParam },
    responses: {
      204: { description: 'Its address opens nothing any more' },
      404: problemResponse('There is none'),
    },
  });
  api.openapi(revoke, async (c) => {
    const done = await revokeFeed(ledger, callerOf(c).actor, c.req.valid('param').id);
    return answer(c, done, 204);
  });
}

function openRoute(api: Api, ledger: Ledger): void {
  const tries = countTries();
  const route = securedRoute(OPEN, {
    method: 'get',
    path: '/api/calendar/feed/{token}',
    operationId: 'readFeed',
    request: { params: z.object({ token: z.string().max(200) }) },
    responses: {
      200: { description: 'iCalendar', content: { 'text/calendar': { schema: z.string() } } },
      404: problemResponse('It opens nothing'),
      429: problemResponse('Too many tries'),
    },
  });
  api.openapi(route, async (c) => {
    const token = c.req.valid('param').token.replace(/\.ics$/, '');
    const read = await readFeed(ledger, tries, token, new URL(c.req.url).origin);
    if (!read.ok) return refusal(c, read);
    return c.body(read.value, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="evenkeel.ics"',
      'x-robots-tag': 'noindex',
    }) as never;
  });
}
