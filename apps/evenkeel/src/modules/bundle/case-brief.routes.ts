import { z } from '@hono/zod-openapi';
import { type Api, IdParam, jsonResponse, problemResponse, ROLES, securedRoute } from '../../kernel/http.ts';
import { CASE_ROLES, CASE_STAGES } from '../casefile/case.ts';
import { answer } from '../casefile/refusals.ts';
import type { ComplaintClocks } from '../casefile/register.actions.ts';
import { GAP_KINDS } from '../interaction/gaps.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { POINT_KINDS, POINT_STATES } from '../point/point.ts';
import { caseBrief, caseThreats } from './case-brief.actions.ts';
import { BRIEF_READERS } from './case-brief.ts';

const READ = { action: 'read the brief of a case', roles: ROLES, scope: 'case' } as const;

const Said = z.string().nullable();
const Quote = z.object({ interactionId: z.string(), quote: z.string(), at: Said, direction: Said });
const BriefPointSchema = z
  .object({
    number: z.number().int(),
    kind: z.enum(POINT_KINDS),
    title: z.string(),
    state: z.enum(POINT_STATES),
    ground: z.string().nullable().openapi({ description: 'Told to counsel, not to a mediator' }),
    price: z.object({ cents: z.number().int(), currency: z.string() }).nullable(),
    asked: z.array(Quote),
    answer: Quote.nullable(),
    agreed: Quote.nullable(),
  })
  .openapi('BriefPoint');

const BriefSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    wanted: Said,
    stage: z.enum(CASE_STAGES),
    openedAt: z.string(),
    closedAt: Said,
    nextRoute: Said,
    partyName: z.string(),
    us: Said,
    at: z.string(),
    leftOut: z
      .number()
      .int()
      .openapi({ description: 'How often it would have rested on a record that stays with us' }),
    people: z.array(z.object({ role: z.enum(CASE_ROLES), name: z.string(), reach: Said })),
    threats: z.array(BriefPointSchema),
    points: z.array(BriefPointSchema),
    complaints: z.array(
      z.object({
        number: z.string(),
        stage: z.number().int(),
        state: z.enum(['open', 'decided', 'closed']),
        registeredAt: z.string(),
        answerBy: Said,
        remedy: z.string(),
      }),
    ),
    dues: z.array(
      z.object({
        at: z.string(),
        isWholeDay: z.boolean(),
        side: z.enum(['ours', 'theirs']),
        says: z.string(),
      }),
    ),
    chronology: z.array(
      z.object({
        date: z.string(),
        time: Said,
        says: z.string(),
        isDisputed: z.boolean(),
        records: z.array(z.string()),
      }),
    ),
    missing: z.array(
      z.object({
        kind: z.enum(GAP_KINDS),
        at: Said,
        who: Said,
        subject: Said,
        name: Said,
        quote: Said,
        count: z.number().int(),
      }),
    ),
  })
  .openapi('CaseBrief');

/** What counsel or a mediator needs to know first of one case. */
export function caseBriefRoutes(api: Api, ledger: Ledger, clocksOf: ComplaintClocks): void {
  const brief = securedRoute(READ, {
    method: 'get',
    path: '/api/cases/{id}/brief',
    operationId: 'getCaseBrief',
    request: {
      params: IdParam,
      query: z.object({
        reader: z.enum(BRIEF_READERS).default('counsel').openapi({
          description: 'A mediator is told nothing that stays with us',
        }),
      }),
    },
    responses: {
      200: jsonResponse(BriefSchema, 'What it is about, in the words of the record'),
      404: problemResponse('case-unknown'),
    },
  });
  api.openapi(brief, async (c) => {
    const { reader } = c.req.valid('query');
    return answer(c, await caseBrief(ledger, clocksOf, c.req.valid('param').id, reader));
  });

  const threats = securedRoute(READ, {
    method: 'get',
    path: '/api/cases/{id}/threats',
    operationId: 'listCaseThreats',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(
        z.object({ items: z.array(BriefPointSchema) }).openapi('CaseThreats'),
        'What was threatened, word by word, as the brief has it',
      ),
      404: problemResponse('case-unknown'),
    },
  });
  api.openapi(threats, async (c) => answer(c, await caseThreats(ledger, c.req.valid('param').id)));
}
