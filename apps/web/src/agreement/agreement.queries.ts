import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  getAgreementSuggestions,
  getEscalationWords,
  getTerms,
  listAgreementSteps,
} from '../generated/sdk.gen.ts';

export const termsQuery = (id: string) =>
  queryOptions({
    queryKey: ['terms', id],
    queryFn: ({ signal }) => getTerms({ path: { id }, signal }),
  });

export const suggestionsQuery = queryOptions({
  queryKey: ['agreement-suggestions'],
  queryFn: ({ signal }) => getAgreementSuggestions({ signal }),
  staleTime: 60_000,
});

export const escalationWordsQuery = (id: string, lang: 'en' | 'ru' | 'fi', until: string) =>
  queryOptions({
    queryKey: ['terms', 'escalation', id, lang, until],
    queryFn: ({ signal }) =>
      getEscalationWords({ path: { id }, query: { lang, ...(until ? { until } : {}) }, signal }),
    retry: false,
  });

const NO_CURSOR = '';

export const stepsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['terms', id, 'steps'],
    initialPageParam: NO_CURSOR,
    queryFn: ({ pageParam: after, signal }) =>
      listAgreementSteps({ path: { id }, query: { limit: 20, after: after || undefined }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
