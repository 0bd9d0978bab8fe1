import { QueryClient } from '@tanstack/react-query';
import { Problem } from './api/problem.ts';

/** What the pages know of the server. A refusal is an answer and is not asked for twice. */
export const queries: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      networkMode: 'always',
      refetchOnWindowFocus: true,
      retry: (failures, error) => error instanceof Problem && error.code === 'unreachable' && failures < 1,
    },
    mutations: { networkMode: 'always' },
  },
});
