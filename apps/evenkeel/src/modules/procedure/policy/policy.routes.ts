import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  DECIDERS,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../../kernel/http.ts';
import { accept } from '../../../kernel/outcome.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import type { Packs } from '../packs.store.ts';
import { markRead, policyQuestions, previewPolicy, publishPolicy, viewPolicies } from './policy.actions.ts';
import type { PolicyRefusal } from './policy.ts';
import { DocumentListSchema, PolicyListSchema, PolicyWishBody, QuestionListSchema } from './schemas.ts';

const SEE = { action: 'read the policies', roles: ROLES, scope: 'workspace' } as const;
const WRITE = { action: 'write the policies', roles: DECIDERS, scope: 'workspace' } as const;
/** Counsel is from outside: our policies are not theirs. */
const MARK = {
  action: 'say that they have read a policy',
  roles: ROLES.filter((role) => role !== 'counsel'),
  scope: 'self',
} as const;

const { answer, refusal } = answersWith<PolicyRefusal>(
  {
    'question-unanswered': 422,
    'question-unknown': 422,
    'answer-unusable': 422,
    'policy-unchanged': 409,
    'policy-unknown': 404,
    'policy-superseded': 409,
  },
  {
    'question-unanswered': 'One question has no answer yet. Nothing was recorded.',
    'question-unknown': 'There is no such question. Nothing was recorded.',
    'answer-unusable': 'One answer cannot be used. Nothing was recorded.',
    'policy-unchanged': 'These answers make the texts that hold already. Nothing was recorded.',
    'policy-unknown': 'There is no such policy.',
    'policy-superseded': 'A newer version holds. Read that one.',
  },
);

const UNUSABLE = problemResponse('question-unanswered, question-unknown, answer-unusable');

/** What we say of ourselves: the questions, the texts they make, and who has read them. */
export function policyRoutes(api: Api, ledger: Ledger, packs: Packs): void {
  listRoute(api, ledger, packs);
  questionsRoute(api);
  writeRoutes(api, ledger);
  readRoute(api, ledger);
}

function listRoute(api: Api, ledger: Ledger, packs: Packs): void {
  const route = securedRoute(SEE, {
    method: 'get',
    path: '/api/policies',
    operationId: 'listPolicies',
    responses: { 200: jsonResponse(PolicyListSchema, 'Every version, the newest first') },
  });
  api.openapi(route, async (c) => reply(c, { items: await viewPolicies(ledger, packs, callerOf(c)) }));
}

function questionsRoute(api: Api): void {
  const route = securedRoute(SEE, {
    method: 'get',
    path: '/api/policies/questions',
    operationId: 'listPolicyQuestions',
    responses: { 200: jsonResponse(QuestionListSchema, 'What has to be answered, in order') },
  });
  api.openapi(route, async (c) => {
    const questions = await policyQuestions();
    return reply(c, {
      items: questions.map(({ id, kind, title, text, example, ...more }) => ({
        ...{ id, kind, title, text, example },
        rows: 'rows' in more ? more.rows : [],
      })),
    });
  });
}

function writeRoutes(api: Api, ledger: Ledger): void {
  const preview = securedRoute(WRITE, {
    method: 'post',
    path: '/api/policies/preview',
    operationId: 'previewPolicy',
    request: { body: jsonBody(PolicyWishBody) },
    responses: { 200: jsonResponse(DocumentListSchema, 'The texts; nothing is recorded'), 422: UNUSABLE },
  });
  api.openapi(preview, async (c) => {
    const made = await previewPolicy(ledger, c.req.valid('json'));
    return made.ok ? answer(c, accept({ documents: made.value.documents })) : refusal(c, made);
  });
  const publish = securedRoute(WRITE, {
    method: 'post',
    path: '/api/policies',
    operationId: 'publishPolicy',
    request: { body: jsonBody(PolicyWishBody) },
    responses: {
      201: jsonResponse(z.object({ id: z.string(), version: z.number().int() }), 'It holds from now on'),
      409: problemResponse('policy-unchanged'),
      422: UNUSABLE,
    },
  });
  api.openapi(publish, async (c) =>
    answer(c, await publishPolicy(ledger, callerOf(c), c.req.valid('json')), 201),
  );
}

function readRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(MARK, {
    method: 'post',
    path: '/api/policies/{id}/read',
    operationId: 'markPolicyRead',
    request: { params: IdParam },
    responses: {
      204: { description: 'It is recorded who read it and when' },
      404: problemResponse('policy-unknown'),
      409: problemResponse('policy-superseded'),
    },
  });
  api.openapi(route, async (c) =>
    answer(c, await markRead(ledger, callerOf(c), c.req.valid('param').id), 204),
  );
}
