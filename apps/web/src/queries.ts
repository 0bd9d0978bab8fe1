import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './api/problem.ts';

/** What the pages know of the server. A refusal is an answer and is not asked for twice. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: askWhoIsThere }),
  mutationCache: new MutationCache({ onError: askWhoIsThere }),
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

/** A session that ended or was locked elsewhere leads back to the door. */
function askWhoIsThere(error: Error): void {
  const isOver = error instanceof Problem && (error.code === 'sign-in-needed' || error.code === 'locked');
  if (isOver) void queries.invalidateQueries({ queryKey: ['session'] });
}
