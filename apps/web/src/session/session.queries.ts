import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Session } from '../api/shapes.ts';
import { getSession, signIn as postSignIn, setUp, signOut } from '../generated/sdk.gen.ts';
import type { FirstRun, SignIn } from '../generated/types.gen.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => getSession({ signal }),
  staleTime: 60_000,
});

export const useSession = () => useQuery(sessionQuery);

/** Whether everything here is the fictional story. */
export function isStory(session: Session | undefined): boolean {
  return session?.workspace.demo === true;
}

export const firstRun = (body: FirstRun) => setUp({ body });
export const signIn = (body: SignIn) => postSignIn({ body });
export const lock = () => signOut();
