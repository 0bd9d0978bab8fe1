import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  reply,
  securedRoute,
  WORKERS,
} from '../../../kernel/http.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { answer } from '../refusals.ts';
import { keepCard, keepHabits, viewCard, viewHabits } from './meeting.actions.ts';

const OWN = { action: 'keep notes of one’s own for a meeting', roles: WORKERS, scope: 'self' } as const;
const UNKNOWN = problemResponse('There is no such procedure');
const Words = z.string().max(5000);
const Habits = z.array(z.string().trim().min(1).max(300)).max(20);

const CardSchema = z
  .strictObject({
    ...{ theyWant: Words, fear: Words, want: Words, best: Words, worst: Words, endingWords: Words },
    done: z.array(z.string().max(300)).max(40),
  })
  .openapi('MeetingCard');
const HabitsSchema = z
  .strictObject({ isOn: z.boolean(), dayBefore: Habits, dayAfter: Habits })
  .openapi('MeetingHabits');

/** The card of a meeting and one's own list around it: private, each member their own, in no record. */
export function meetingRoutes(api: Api, ledger: Ledger): void {
  cardRoutes(api, ledger);
  habitRoutes(api, ledger);
}

function cardRoutes(api: Api, ledger: Ledger): void {
  const path = '/api/procedures/{id}/card';
  const responses = { 200: jsonResponse(CardSchema, 'The caller’s own card'), 404: UNKNOWN };
  const view = securedRoute(OWN, {
    ...{ method: 'get', path, operationId: 'getMeetingCard', request: { params: IdParam }, responses },
  });
  api.openapi(view, async (c) => answer(c, await viewCard(ledger, callerOf(c), c.req.valid('param').id)));
  const keep = securedRoute(OWN, {
    ...{ method: 'put', path, operationId: 'keepMeetingCard' },
    request: { params: IdParam, body: jsonBody(CardSchema) },
    responses,
  });
  api.openapi(keep, async (c) =>
    answer(c, await keepCard(ledger, callerOf(c), c.req.valid('param').id, c.req.valid('json'))),
  );
}

function habitRoutes(api: Api, ledger: Ledger): void {
  const path = '/api/meeting-habits';
  const responses = { 200: jsonResponse(HabitsSchema, 'The caller’s own list') };
  const view = securedRoute(OWN, {
    ...{ method: 'get', path, operationId: 'getMeetingHabits', responses },
  });
  api.openapi(view, async (c) => reply(c, await viewHabits(ledger, callerOf(c))));
  const keep = securedRoute(OWN, {
    ...{ method: 'put', path, operationId: 'keepMeetingHabits' },
    request: { body: jsonBody(HabitsSchema) },
    responses,
  });
  api.openapi(keep, async (c) => reply(c, await keepHabits(ledger, callerOf(c), c.req.valid('json'))));
}
