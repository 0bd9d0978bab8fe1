import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import { CiteSchema } from '../interaction/schemas.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import {
  bringBackFacts,
  dismissFact,
  factsOfChronology,
  type StatingRefusal,
  stateFact,
  withdrawFact,
} from './statement.actions.ts';
import { PROPOSAL_KINDS } from './statement-proposals.ts';

const statusOf = {
  'party-unknown': 404,
  'statement-unknown': 404,
  'statement-empty': 422,
  'source-missing': 422,
  'source-not-theirs': 422,
  'quote-not-found': 422,
  'date-not-understood': 422,
  'reason-missing': 422,
} as const satisfies Record<StatingRefusal, 404 | 422>;
const titles: Record<StatingRefusal, string> = {
  'party-unknown': 'There is no such client.',
  'statement-unknown': 'This fact stands in the chronology no longer. Nothing was changed.',
  'statement-empty': 'Say in one sentence what happened.',
  'source-missing': 'Show a record that this fact rests on.',
  'source-not-theirs':
    'A record that was named is not one of this client’s. Nothing was stated. Name another one.',
  'quote-not-found': 'These words do not stand so in the record of this client. Nothing was stated.',
  'date-not-understood': 'This is no date and time that there is.',
  'reason-missing': 'Say why.',
};

const { answer } = answersWith(statusOf, titles);

const SEE = { action: 'see the facts of a chronology', roles: ROLES, scope: 'workspace' } as const;
const STATE = { action: 'state facts for a chronology', roles: WORKERS, scope: 'workspace' } as const;
const ONE = z.object({ id: z.string() });
const UNKNOWN = problemResponse('There is none');
const UNUSABLE = problemResponse('Something is missing, or the record does not show it');

const Sources = {
  cites: z.array(CiteSchema).max(20),
  records: z.array(z.uuid()).max(50),
  entry: z.uuid().nullable(),
};
const WishSchema = z.strictObject({
  date: z.string().max(10).openapi({ description: 'In UTC, as every time of a bundle' }),
  time: z.string().max(5).nullable().default(null),
  says: z.string().max(2000),
  isDisputed: z.boolean().default(false),
  cites: Sources.cites.default([]),
  records: Sources.records.default([]),
  entry: Sources.entry.default(null),
  proposal: z.string().max(100).nullable().default(null),
  replaces: z.uuid().nullable().default(null),
});
const FactsSchema = z
  .object({
    statements: z.array(
      z.object({
        id: z.string(),
        partyId: z.string(),
        date: z.string(),
        time: z.string().nullable(),
        says: z.string(),
        isDisputed: z.boolean(),
        ...Sources,
        proposal: z.string().nullable(),
        state: z.enum(['stated', 'replaced', 'withdrawn']),
        statedAt: z.string(),
        statedBy: z.string(),
      }),
    ),
    proposals: z.array(
      z.object({
        key: z.string(),
        kind: z.enum(PROPOSAL_KINDS),
        at: z.string(),
        isDayOnly: z.boolean(),
        side: z.enum(['ours', 'theirs']).nullable(),
        number: z.number().int().nullable(),
        says: z.string(),
        ...Sources,
      }),
    ),
    dismissed: z.number().int(),
  })
  .openapi('ChronologyFacts');

/** The facts of a chronology: proposed from the record, stated by a person one by one. */
export function statementRoutes(api: Api, ledger: Ledger): void {
  const path = '/api/parties/{id}/chronology';
  const list = securedRoute(SEE, {
    method: 'get',
    path,
    operationId: 'listChronologyFacts',
    request: { params: IdParam },
    responses: { 200: jsonResponse(FactsSchema, 'Facts by day, and what is proposed'), 404: UNKNOWN },
  });
  api.openapi(list, async (c) => answer(c, await factsOfChronology(ledger, c.req.valid('param').id)));

  const state = securedRoute(STATE, {
    method: 'post',
    path,
    operationId: 'stateChronologyFact',
    request: { params: IdParam, body: jsonBody(WishSchema) },
    responses: { 201: jsonResponse(ONE, 'It is stated'), 404: UNKNOWN, 422: UNUSABLE },
  });
  api.openapi(state, async (c) => {
    const { actor } = callerOf(c);
    return answer(c, await stateFact(ledger, actor, c.req.valid('param').id, c.req.valid('json')), 201);
  });
  withdrawRoute(api, ledger);
  dismissalRoutes(api, ledger, `${path}/dismissed`);
}

function withdrawRoute(api: Api, ledger: Ledger): void {
  const withdraw = securedRoute(STATE, {
    method: 'post',
    path: '/api/chronology-facts/{id}/withdraw',
    operationId: 'withdrawChronologyFact',
    request: { params: IdParam, body: jsonBody(z.strictObject({ reason: z.string().max(4000) })) },
    responses: { 200: jsonResponse(ONE, 'It stands there no longer'), 404: UNKNOWN, 422: UNUSABLE },
  });
  api.openapi(withdraw, async (c) => {
    const { reason } = c.req.valid('json');
    return answer(c, await withdrawFact(ledger, callerOf(c).actor, c.req.valid('param').id, reason));
  });
}

function dismissalRoutes(api: Api, ledger: Ledger, path: string): void {
  const dismiss = securedRoute(STATE, {
    method: 'post',
    path,
    operationId: 'dismissChronologyProposal',
    request: { params: IdParam, body: jsonBody(z.strictObject({ proposal: z.string().min(1).max(100) })) },
    responses: { 204: { description: 'It is proposed no longer' }, 404: UNKNOWN },
  });
  api.openapi(dismiss, async (c) => {
    const { proposal } = c.req.valid('json');
    return answer(c, await dismissFact(ledger, callerOf(c).actor, c.req.valid('param').id, proposal), 204);
  });

  const bringBack = securedRoute(STATE, {
    method: 'delete',
    path,
    operationId: 'bringBackChronologyProposals',
    request: { params: IdParam },
    responses: { 204: { description: 'All are proposed again' }, 404: UNKNOWN },
  });
  api.openapi(bringBack, async (c) => answer(c, await bringBackFacts(ledger, c.req.valid('param').id), 204));
}
