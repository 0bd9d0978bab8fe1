import { queryOptions, useQuery } from '@tanstack/react-query';
import { getJson, sendJson } from '../api/http.ts';
import type { Session } from '../api/shapes.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => getJson<Session>('/session', { signal }),
  staleTime: 60_000,
});

export const useSession = () => useQuery(sessionQuery);

export type FirstRunAnswers = { code: string; name: string; addresses: string[]; password: string };

export const firstRun = (answers: FirstRunAnswers) => sendJson<Session>('POST', '/first-run', answers);
export const signIn = (who: { name: string; password: string }) => sendJson<Session>('POST', '/sign-in', who);
export const lock = () => sendJson<unknown>('POST', '/sign-out');
