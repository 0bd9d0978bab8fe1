import { lazy, type ReactNode, Suspense } from 'react';
import { Silence } from '../shell/silence.tsx';
import { t } from '../words/t.ts';
import { useSession } from './session.queries.ts';

const FirstRun = lazy(() => import('./first-run.tsx').then((module) => ({ default: module.FirstRun })));
const SignIn = lazy(() => import('./sign-in.tsx').then((module) => ({ default: module.SignIn })));

/** Lets the pages be seen by whoever has signed in; before that there are only two screens. */
export function Gate({ children }: { children: ReactNode }) {
  const session = useSession();
  if (session.data?.state === 'signed-in') return children;
  return (
    <main className="gate">
      <Silence />
      <Suspense>
        {session.data?.state === 'first-run' && <FirstRun />}
        {session.data?.state === 'signed-out' && <SignIn session={session.data} />}
      </Suspense>
      {session.isPending && <p className="unseen">{t('app.starting')}</p>}
    </main>
  );
}
