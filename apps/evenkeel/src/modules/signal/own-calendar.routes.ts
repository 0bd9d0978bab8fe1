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
import { addOwnCalendar, ownCalendars, readOwnCalendar, removeOwnCalendar } from './own-calendar.actions.ts';
import type { Net } from './own-calendar.fetch.ts';
import type { OwnCalendarRefusal } from './own-calendar.ts';

const OWN = {
  action: 'have promises checked against a calendar of their own',
  roles: WORKERS,
  scope: 'self',
} as const;

const statusOf = {
  'address-unusable': 422,
  'address-private': 422,
  'calendar-unreachable': 422,
  'calendar-too-large': 422,
  'calendar-unreadable': 422,
  'nothing-to-read': 422,
  'calendar-unknown': 404,
  'read-lately': 429,
} as const satisfies Record<OwnCalendarRefusal, 404 | 422 | 429>;

const titles: Record<OwnCalendarRefusal, string> = {
  'address-unusable': 'A calendar needs an address that begins with https://. Nothing was fetched.',
  'address-private': 'This address leads into a private network. Nothing was fetched from there.',
  'calendar-unreachable': 'The calendar cannot be reached now. What was read before stays.',
  'calendar-too-large': 'The calendar is larger than 5 MB. Nothing of it was kept.',
  'calendar-unreadable':
    'This is not a calendar file. Nothing of it was kept; the line that shows it is named.',
  'nothing-to-read': 'This calendar was brought as a file. Bring the newer file instead.',
  'calendar-unknown': 'There is no such calendar of yours.',
  'read-lately': 'It was read less than an hour ago. What was read then stands.',
};

const { answer } = answersWith(statusOf, titles);

const OwnCalendarSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    address: z.string().nullable(),
    hasTitles: z.boolean(),
    addedAt: z.string(),
    triedAt: z.string(),
    readAt: z.string().nullable(),
    problem: z.string().nullable(),
    leftOut: z.number().int(),
    times: z.number().int(),
  })
  .openapi('OwnCalendar');

const MAX_UNITS = 5_000_000;

/** Calendars of a member's own, which are only read. */
export function ownCalendarRoutes(api: Api, ledger: Ledger, net: Net): void {
  listRoute(api, ledger);
  addRoute(api, ledger, net);
  oneRoutes(api, ledger, net);
}

function listRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(OWN, {
    method: 'get',
    path: '/api/calendar/own',
    operationId: 'listOwnCalendars',
    responses: { 200: jsonResponse(z.object({ items: z.array(OwnCalendarSchema) }), 'Your own calendars') },
  });
  api.openapi(route, async (c) => reply(c, { items: await ownCalendars(ledger, callerOf(c).actor) }));
}

function addRoute(api: Api, ledger: Ledger, net: Net): void {
  const common = { name: z.string().max(200).default(''), hasTitles: z.boolean().default(false) };
  const route = securedRoute(OWN, {
    method: 'post',
    path: '/api/calendar/own',
    operationId: 'addOwnCalendar',
    request: {
      body: jsonBody(
        z.union([
          z.strictObject({ ...common, address: z.string().min(1).max(2000) }),
          z.strictObject({ ...common, text: z.string().max(MAX_UNITS) }),
        ]),
      ),
    },
    responses: {
      201: jsonResponse(z.object({ id: z.string() }), 'It was read, and is checked against from now on'),
      422: problemResponse('It cannot be read'),
    },
  });
  api.openapi(route, async (c) => {
    const wish = { address: null, text: null, ...c.req.valid('json') };
    const done = await addOwnCalendar(ledger, net, callerOf(c).actor, wish);
    return answer(c, done, 201);
  });
}

function oneRoutes(api: Api, ledger: Ledger, net: Net): void {
  const read = securedRoute(OWN, {
    method: 'post',
    path: '/api/calendar/own/{id}/read',
    operationId: 'readOwnCalendar',
    request: { params: IdParam },
    responses: {
      204: { description: 'It was read again' },
      404: problemResponse('There is none'),
      422: problemResponse('It cannot be read; what was read before stays'),
      429: problemResponse('It was read within the hour'),
    },
  });
  api.openapi(read, async (c) => {
    const done = await readOwnCalendar(ledger, net, callerOf(c).actor, c.req.valid('param').id);
    return answer(c, done, 204);
  });

  const remove = securedRoute(OWN, {
    method: 'delete',
    path: '/api/calendar/own/{id}',
    operationId: 'removeOwnCalendar',
    request: { params: IdParam },
    responses: {
      204: { description: 'It and everything that was read of it is gone' },
      404: problemResponse('There is none'),
    },
  });
  api.openapi(remove, async (c) => {
    const done = await removeOwnCalendar(ledger, callerOf(c).actor, c.req.valid('param').id);
    return answer(c, done, 204);
  });
}
