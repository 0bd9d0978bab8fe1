import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Actor } from '../../kernel/brand.ts';
import {
  type Api,
  type ApiEnv,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  type Rights,
  ROLES,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { PageQuery, readTimeKey } from '../../kernel/paging.ts';
import { CiteSchema } from '../interaction/schemas.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import {
  acceptClauses,
  endAgreement,
  type Made,
  openAgreement,
  reviseAgreement,
} from './agreement.actions.ts';
import {
  confirmUnderstanding,
  disputeSum,
  namePerson,
  personLeft,
  recordSum,
  settleSum,
  understand,
  unsayUnderstanding,
  withdrawSum,
} from './beside.actions.ts';
import { ClauseKindSchema, SuggestionsSchema } from './boundary.schemas.ts';
import { type AgreementsRefusal, answer } from './refusals.ts';
import {
  AcceptanceSchema,
  DisputeSchema,
  MadeSchema,
  OpeningSchema,
  OrderSchema,
  OrderWishSchema,
  PersonWishSchema,
  ReasonSchema,
  RevisionSchema,
  ScopeAnswerSchema,
  ScopeAskSchema,
  ScopeWishSchema,
  SettlementSchema,
  StepPageSchema,
  SumWishSchema,
  TermsOfPartySchema,
  UnderstandingWishSchema,
} from './schemas.ts';
import { askScope, decideScopeOf, draftOrder } from './scope.actions.ts';
import { stepsPage, suggestions, termsWith } from './terms.actions.ts';

const READ = { action: 'see what is agreed', roles: ROLES, scope: 'workspace' } as const;
const WRITE = { action: 'write down what is agreed', roles: WORKERS, scope: 'workspace' } as const;
const UNKNOWN = problemResponse('There is none');
const NOT_NOW = problemResponse('It is not so any more');
const NOT_SO = problemResponse('Something in it cannot be used, with the place and the reason');

/** What is agreed with a client, clause by clause, and what stands beside it. */
export function agreementRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  readingRoutes(api, ledger, dataDir);
  clauseRoutes(api, ledger);
  besideRoutes(api, ledger);
  sumRoutes(api, ledger);
  scopeRoutes(api, ledger, dataDir);
}

/** What the schemas have let through; the types of a route do not follow a schema that is not known yet. */
type Validated<Body> = { valid(target: 'param'): { readonly id: string }; valid(target: 'json'): Body };
type Doing<Body> = (actor: Actor, id: string, body: Body) => Promise<Outcome<Made, AgreementsRefusal>>;

/** A route that does one thing to what `id` names, and answers with the id of what was made or changed. */
export function doing<S extends z.ZodType>(
  api: Api,
  rights: Rights,
  path: string,
  operationId: string,
  says: string,
  body: S,
  act: Doing<z.output<S>>,
): void {
  const route = securedRoute(rights, {
    method: 'post',
    path,
    operationId,
    request: { params: IdParam, body: jsonBody(body) },
    responses: { 201: jsonResponse(MadeSchema, says), 404: UNKNOWN, 409: NOT_NOW, 422: NOT_SO },
  });
  api.openapi(route, async (c) => {
    const request = c.req as unknown as Validated<z.output<S>>;
    const { id } = request.valid('param');
    return made(c, await act(callerOf(c).actor, id, request.valid('json')));
  });
}

function made(c: Context<ApiEnv>, outcome: Outcome<Made, AgreementsRefusal>): never {
  return answer(c, outcome, 201);
}

function readingRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  const terms = securedRoute(READ, {
    method: 'get',
    path: '/api/parties/{id}/agreements',
    operationId: 'getTerms',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(TermsOfPartySchema, 'Agreements, what stands beside them, sums and people'),
      404: UNKNOWN,
    },
  });
  api.openapi(terms, async (c) => {
    const found = await termsWith(ledger, c.req.valid('param').id);
    return answer(c, found);
  });

  const steps = securedRoute(READ, {
    method: 'get',
    path: '/api/parties/{id}/agreement-steps',
    operationId: 'listAgreementSteps',
    request: { params: IdParam, query: PageQuery },
    responses: { 200: jsonResponse(StepPageSchema, 'What was done, by whom, when and why, newest first') },
  });
  api.openapi(steps, async (c) => {
    const { after, limit } = c.req.valid('query');
    return reply(c, await stepsPage(ledger, c.req.valid('param').id, readTimeKey(after), limit));
  });

  const suggested = securedRoute(READ, {
    method: 'get',
    path: '/api/agreements/suggestions',
    operationId: 'getAgreementSuggestions',
    request: { query: z.object({ kind: ClauseKindSchema.optional() }) },
    responses: { 200: jsonResponse(SuggestionsSchema, 'Ladders and clauses to begin with') },
  });
  api.openapi(suggested, async (c) =>
    reply(c, await suggestions(ledger, dataDir, c.req.valid('query').kind ?? null)),
  );
}

function clauseRoutes(api: Api, ledger: Ledger): void {
  doing(
    api,
    WRITE,
    '/api/parties/{id}/agreements',
    'openAgreement',
    'The first offer, as version 0',
    OpeningSchema,
    (actor, id, wish) => openAgreement(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/agreements/{id}/versions',
    'reviseAgreement',
    'The next version',
    RevisionSchema,
    (actor, id, wish) => reviseAgreement(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/agreements/{id}/acceptance',
    'acceptClauses',
    'Accepted, with what shows it',
    AcceptanceSchema,
    (actor, id, wish) => acceptClauses(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/agreements/{id}/end',
    'endAgreement',
    'It has ended',
    ReasonSchema,
    (actor, id, wish) => endAgreement(ledger, actor, id, wish.reason),
  );
}

function besideRoutes(api: Api, ledger: Ledger): void {
  doing(
    api,
    WRITE,
    '/api/parties/{id}/understandings',
    'addUnderstanding',
    'An exception, a permission or a promise',
    UnderstandingWishSchema,
    (actor, id, wish) => understand(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/understandings/{id}/confirmation',
    'confirmUnderstanding',
    'Confirmed in writing',
    z.strictObject({ cite: CiteSchema }),
    (actor, id, { cite }) => confirmUnderstanding(ledger, actor, id, cite),
  );
  doing(
    api,
    WRITE,
    '/api/understandings/{id}/withdrawal',
    'withdrawUnderstanding',
    'It does not stand any more',
    ReasonSchema,
    (actor, id, { reason }) => unsayUnderstanding(ledger, actor, id, reason),
  );
  doing(
    api,
    WRITE,
    '/api/parties/{id}/people',
    'namePerson',
    'Somebody inside the party',
    PersonWishSchema,
    (actor, id, wish) => namePerson(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/party-people/{id}/leaving',
    'personLeft',
    'They are not there any more',
    ReasonSchema,
    (actor, id, { reason }) => personLeft(ledger, actor, id, reason),
  );
}

function sumRoutes(api: Api, ledger: Ledger): void {
  doing(
    api,
    WRITE,
    '/api/parties/{id}/sums',
    'recordSum',
    'A sum that one side owes',
    SumWishSchema,
    (actor, id, wish) => recordSum(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/sums/{id}/dispute',
    'disputeSum',
    'Disputed, in whose words',
    DisputeSchema,
    (actor, id, wish) => disputeSum(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/sums/{id}/settlement',
    'settleSum',
    'Settled',
    SettlementSchema,
    (actor, id, wish) => settleSum(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/sums/{id}/withdrawal',
    'withdrawSum',
    'It is not owed',
    ReasonSchema,
    (actor, id, { reason }) => withdrawSum(ledger, actor, id, reason),
  );
}

function scopeRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  const ask = securedRoute(READ, {
    method: 'post',
    path: '/api/parties/{id}/scope',
    operationId: 'askScope',
    request: { params: IdParam, body: jsonBody(ScopeAskSchema) },
    responses: {
      200: jsonResponse(ScopeAnswerSchema, 'Clauses that speak of it, and what was decided before'),
      404: UNKNOWN,
      422: NOT_SO,
    },
  });
  api.openapi(ask, async (c) => {
    const said = await askScope(ledger, c.req.valid('param').id, c.req.valid('json'));
    return answer(c, said);
  });

  doing(
    api,
    WRITE,
    '/api/parties/{id}/scope/decisions',
    'decideScope',
    'In, out or unclear, by which clause',
    ScopeWishSchema,
    (actor, id, wish) => decideScopeOf(ledger, actor, id, wish),
  );

  const order = securedRoute(WRITE, {
    method: 'post',
    path: '/api/parties/{id}/scope/order',
    operationId: 'draftOrder',
    request: { params: IdParam, body: jsonBody(OrderWishSchema) },
    responses: {
      200: jsonResponse(OrderSchema, 'A text to copy; nothing of it is kept'),
      404: UNKNOWN,
      422: NOT_SO,
    },
  });
  api.openapi(order, async (c) => {
    const { id } = c.req.valid('param');
    const drafted = await draftOrder(ledger, dataDir, callerOf(c).name, id, c.req.valid('json'));
    return answer(c, drafted);
  });
}
