import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Session } from '../api/shapes.ts';
import { forgetDrafts } from '../by-hand/draft.store.ts';
import { getSession, signIn as postSignIn, setUp, signOut } from '../generated/sdk.gen.ts';
import type { FirstRun, SignIn } from '../generated/types.gen.ts';
import { setClock } from '../words/clock.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await getSession({ signal });
    if (isStory(session)) setClock(session.now);
    return session;
  },
  staleTime: 60_000,
});

export const useSession = () => useQuery(sessionQuery);

/** Whether everything here is the fictional story. */
export function isStory(session: Session | undefined): boolean {
  return session?.workspace.demo === true;
}

export const firstRun = (body: FirstRun) => setUp({ body });
export const signIn = (body: SignIn) => postSignIn({ body });
/** Ends the session; nothing that was typed and not kept stays in this browser. */
export async function leave() {
  const answer = await signOut();
  forgetDrafts();
  return answer;
}
