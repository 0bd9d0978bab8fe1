import { queryOptions } from '@tanstack/react-query';
import { listPolicies, listPolicyQuestions } from '../generated/sdk.gen.ts';
import type { PolicyList, PolicyQuestionList } from '../generated/types.gen.ts';

export type Policy = PolicyList['items'][number];
export type PolicyLang = Policy['lang'];
export type Question = PolicyQuestionList['items'][number];

export const POLICY_LANGS: readonly PolicyLang[] = ['en', 'ru', 'fi'];

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => listPolicies({ signal }),
});

export const questionsQuery = queryOptions({
  queryKey: ['policy-questions'],
  queryFn: ({ signal }) => listPolicyQuestions({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
