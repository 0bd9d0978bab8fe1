import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  IdParam,
  jsonResponse,
  problemResponse,
  ROLES,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { doing } from './agreement.routes.ts';
import { beginEscalation, endEscalation, escalationWords, takeEscalationStep } from './escalation.actions.ts';
import { answer } from './refusals.ts';
import {
  BeginningSchema,
  DateText,
  EscalationEndSchema,
  EscalationStepSchema,
  LangSchema,
  StepWordsSchema,
} from './schemas.ts';

const WRITE = { action: 'write down what is agreed', roles: WORKERS, scope: 'workspace' } as const;
const READ = { action: 'see what is agreed', roles: ROLES, scope: 'workspace' } as const;

/** A dispute taken further by the steps of an agreed clause. */
export function escalationRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  doing(
    api,
    WRITE,
    '/api/clauses/{id}/escalation',
    'beginEscalation',
    'A dispute, taken further by the steps of this clause',
    BeginningSchema,
    (actor, id, wish) => beginEscalation(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/escalations/{id}/steps',
    'takeEscalationStep',
    'The next step, with the record that shows it',
    EscalationStepSchema,
    (actor, id, wish) => takeEscalationStep(ledger, actor, id, wish),
  );
  doing(
    api,
    WRITE,
    '/api/escalations/{id}/end',
    'endEscalation',
    'Settled, or not taken further',
    EscalationEndSchema,
    (actor, id, wish) => endEscalation(ledger, actor, id, wish),
  );

  const words = securedRoute(READ, {
    method: 'get',
    path: '/api/escalations/{id}/words',
    operationId: 'getEscalationWords',
    request: {
      params: IdParam,
      query: z.object({ lang: LangSchema.default('en'), until: DateText.optional() }),
    },
    responses: {
      200: jsonResponse(StepWordsSchema, 'What is sent for the next step, to copy; nothing of it is kept'),
      404: problemResponse('There is none'),
      409: problemResponse('There is no next step'),
      422: problemResponse('Something that the text needs is missing'),
    },
  });
  api.openapi(words, async (c) => {
    const { lang, until = null } = c.req.valid('query');
    const { id } = c.req.valid('param');
    return answer(c, await escalationWords(ledger, dataDir, callerOf(c).name, id, { lang, until }));
  });
}
