import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import {
  correctDay,
  keepHolidayFile,
  setCountry,
  setZone,
  specialDays,
  uncorrectDay,
} from './days-off.actions.ts';
import { countries, regionsOf } from './days-off.holidays.ts';
import type { DayOffRefusal } from './days-off.ts';

const SEE = { action: 'see which days are worked', roles: ROLES, scope: 'workspace' } as const;
const SET = { action: 'say which days are worked', roles: ['owner', 'manager'], scope: 'workspace' } as const;

const statusOf = {
  'no-such-date': 422,
  'day-unnamed': 422,
  'country-unknown': 422,
  'zone-unknown': 422,
  'day-unknown': 404,
  'calendar-unreadable': 422,
  'no-days-in-file': 422,
} as const satisfies Record<DayOffRefusal, 404 | 422>;

const titles: Record<DayOffRefusal, string> = {
  'no-such-date': 'There is no such date. Nothing was changed.',
  'day-unnamed': 'Say what day it is, so that a date that moves because of it can be explained.',
  'country-unknown': 'The holidays of this country or region are not known. Nothing was changed.',
  'zone-unknown': 'This time zone is not known. Nothing was changed.',
  'day-unknown': 'Nobody said anything of this date.',
  'calendar-unreadable':
    'This is not a calendar file. Nothing of it was kept; the line that shows it is named.',
  'no-days-in-file': 'The file names no whole days. Nothing of it was kept.',
};

const { answer } = answersWith(statusOf, titles);

const SpecialDaysSchema = z
  .object({
    country: z.string().nullable(),
    proposed: z.string().nullable(),
    zone: z.string(),
    days: z.array(
      z.object({
        date: z.string(),
        name: z.string(),
        kind: z.enum(['holiday', 'eve', 'off', 'worked']),
        reason: z.string().nullable(),
      }),
    ),
  })
  .openapi('SpecialDays');

const MAX_FILE_UNITS = 5_000_000;

/** Which days are worked here: the country's holidays, and the dates that people correct. */
export function daysOffRoutes(api: Api, ledger: Ledger): void {
  readRoutes(api, ledger);
  countryRoute(api, ledger);
  zoneRoute(api, ledger);
  dayRoutes(api, ledger);
  fileRoute(api, ledger);
}

function readRoutes(api: Api, ledger: Ledger): void {
  const days = securedRoute(SEE, {
    method: 'get',
    path: '/api/calendar/days',
    operationId: 'listSpecialDays',
    request: { query: z.object({ year: z.coerce.number().int().min(1990).max(2100) }) },
    responses: { 200: jsonResponse(SpecialDaysSchema, 'Days of a year that are out of the ordinary') },
  });
  api.openapi(days, async (c) => reply(c, await specialDays(ledger, c.req.valid('query').year)));

  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/calendar/countries',
    operationId: 'listCountries',
    request: { query: z.object({ of: z.string().max(10).optional() }) },
    responses: {
      200: jsonResponse(
        z
          .object({
            countries: z.array(z.string()),
            regions: z.array(z.object({ code: z.string(), name: z.string() })),
          })
          .openapi('Countries'),
        'Countries whose holidays are known, and the regions of one',
      ),
    },
  });
  api.openapi(list, async (c) => {
    const { of } = c.req.valid('query');
    return reply(c, { countries: await countries(), regions: of ? await regionsOf(of) : [] });
  });
}

function countryRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(SET, {
    method: 'put',
    path: '/api/calendar/country',
    operationId: 'setCountry',
    request: { body: jsonBody(z.strictObject({ country: z.string().max(20).nullable() })) },
    responses: {
      204: { description: 'Its public holidays are ours' },
      422: problemResponse('A country or region whose holidays are not known'),
    },
  });
  api.openapi(route, async (c) => {
    const done = await setCountry(ledger, callerOf(c), c.req.valid('json').country);
    return answer(c, done, 204);
  });
}

function zoneRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(SET, {
    method: 'put',
    path: '/api/calendar/zone',
    operationId: 'setZone',
    request: { body: jsonBody(z.strictObject({ zone: z.string().max(100) })) },
    responses: {
      204: { description: 'Its clocks are ours; what was dated before keeps its moment' },
      422: problemResponse('A zone that is not known'),
    },
  });
  api.openapi(route, async (c) => {
    const done = await setZone(ledger, c.req.valid('json').zone);
    return answer(c, done, 204);
  });
}

function dayRoutes(api: Api, ledger: Ledger): void {
  const OneDate = z.object({ date: z.string().max(10) });
  const put = securedRoute(SET, {
    method: 'put',
    path: '/api/calendar/days/{date}',
    operationId: 'correctDay',
    request: {
      params: OneDate,
      body: jsonBody(
        z.strictObject({
          name: z.string().max(200).default(''),
          isWorking: z.boolean().default(false),
          reason: z.string().max(2000).nullable().default(null),
        }),
      ),
    },
    responses: {
      204: { description: 'This date is off, or worked, whatever the calendar says' },
      422: problemResponse('No such date, or a day off without a name'),
    },
  });
  api.openapi(put, async (c) => {
    const wish = { date: c.req.valid('param').date, ...c.req.valid('json') };
    const done = await correctDay(ledger, callerOf(c), wish);
    return answer(c, done, 204);
  });

  const remove = securedRoute(SET, {
    method: 'delete',
    path: '/api/calendar/days/{date}',
    operationId: 'uncorrectDay',
    request: { params: OneDate },
    responses: {
      204: { description: 'This date is again what the country and the week make it' },
      404: problemResponse('Nobody said anything of it'),
    },
  });
  api.openapi(remove, async (c) => {
    const done = await uncorrectDay(ledger, c.req.valid('param').date);
    return answer(c, done, 204);
  });
}

function fileRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(SET, {
    method: 'post',
    path: '/api/calendar/days/file',
    operationId: 'keepHolidayFile',
    request: { body: jsonBody(z.strictObject({ text: z.string().max(MAX_FILE_UNITS) })) },
    responses: {
      200: jsonResponse(
        z
          .object({ added: z.number().int(), known: z.number().int(), leftOut: z.number().int() })
          .openapi('HolidayFile'),
        'How many days were new, known already, or no whole days',
      ),
      422: problemResponse('It is no calendar'),
    },
  });
  api.openapi(route, async (c) => {
    const done = await keepHolidayFile(ledger, callerOf(c), c.req.valid('json').text);
    return answer(c, done);
  });
}
