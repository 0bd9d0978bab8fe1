import { z } from '@hono/zod-openapi';
import { daysBetween, isDate } from '../../kernel/calendar.ts';
import {
  type Api,
  callerOf,
  jsonResponse,
  problem,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { calendarPage } from './calendar.actions.ts';
import { DueSchema } from './today.routes.ts';

const MOST_DAYS = 400;

const CalendarSchema = z
  .object({
    zone: z.string(),
    today: z.string(),
    items: z.array(DueSchema),
    overdue: z.array(DueSchema),
    days: z.array(z.object({ date: z.string(), name: z.string().nullable(), isWorked: z.boolean() })),
    busy: z.array(
      z.object({
        startsAt: z.string(),
        endsAt: z.string(),
        isWholeDay: z.boolean(),
        title: z.string().nullable(),
      }),
    ),
  })
  .openapi('Calendar');

/** The calendar of everything that is due. */
export function calendarRoutes(api: Api, ledger: Ledger): void {
  const route = securedRoute(
    { action: 'see what is due', roles: ROLES, scope: 'workspace' },
    {
      method: 'get',
      path: '/api/calendar',
      operationId: 'getCalendar',
      request: {
        query: z.object({ from: z.string().max(10), to: z.string().max(10), party: z.uuid().optional() }),
      },
      responses: {
        200: jsonResponse(CalendarSchema, 'What is due between two dates, both among them'),
        422: problemResponse('Dates that cannot be'),
      },
    },
  );
  api.openapi(route, async (c) => {
    const { from, to, party = null } = c.req.valid('query');
    const isRange = isDate(from) && isDate(to) && from <= to && daysBetween(from, to) <= MOST_DAYS;
    if (!isRange)
      return problem(
        c,
        422,
        'dates-unusable',
        'The calendar shows up to 400 days, from one date to a later one.',
        {
          from,
          to,
        },
      );
    return reply(c, await calendarPage(ledger, callerOf(c).actor, { from, to, party }));
  });
}
