import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Session } from '../api/shapes.ts';
import { Silence } from '../shell/silence.tsx';
import { t } from '../words/t.ts';
import { listenForLocks } from './lock.ts';
import { LockScreen } from './lock-screen.tsx';
import { useSession } from './session.queries.ts';

const FirstRun = lazy(() => import('./first-run.tsx').then((module) => ({ default: module.FirstRun })));
const SignIn = lazy(() => import('./sign-in.tsx').then((module) => ({ default: module.SignIn })));

const Join = lazy(() => import('./join.tsx').then((module) => ({ default: module.Join })));

const CounselHome = lazy(() =>
  import('../counsel/counsel-home.tsx').then((module) => ({ default: module.CounselHome })),
);

/** Lets the pages be seen by whoever has signed in; before that there are only two screens. */
export function Gate({ children }: { children: ReactNode }) {
  const session = useSession();
  useEffect(listenForLocks, []);
  const [isInvited, setInvited] = useState(() => location.pathname === '/join');
  if (session.data?.state === 'signed-in' && !isInvited) {
    if (session.data.member?.role !== 'counsel') return children;
    return (
      <Suspense>
        <CounselHome />
      </Suspense>
    );
  }
  return (
    <main className="gate">
      <Silence />
      <Suspense>
        {isInvited ? <Join onJoined={() => setInvited(false)} /> : <Outside session={session.data} />}
      </Suspense>
      {session.isPending && <p className="unseen">{t('app.starting')}</p>}
    </main>
  );
}

function Outside({ session }: { session: Session | undefined }) {
  if (session?.state === 'first-run') return <FirstRun />;
  if (session?.state === 'locked') return <LockScreen />;
  return session?.state === 'signed-out' ? <SignIn session={session} /> : null;
}
