import { Outlet, useMatches, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ReadingNoted } from '../custody/notes-reading.tsx';
import { useAutoLock } from '../session/auto-lock.ts';
import { lockNow } from '../session/lock.ts';
import { useNotices } from '../session/notices.ts';
import { isStory, useSession } from '../session/session.queries.ts';
import { t } from '../words/t.ts';
import { Arrival, useArrival } from './arrival.tsx';
import { DropAnywhere } from './drop-anywhere.tsx';
import { listenForKeys, useKeys } from './keys.ts';
import { Silence } from './silence.tsx';
import { Toasts, undoLast } from './toasts.tsx';
import { useTogether } from './together.ts';
import { BottomBar, TopBar } from './top-bar.tsx';
import './shell.css';

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })));
const KeyHelp = lazy(() => import('./key-help.tsx').then((module) => ({ default: module.KeyHelp })));

type Over = 'palette' | 'keys' | undefined;

/** What surrounds every page: the bar, the keys, what may be dropped, and what went wrong. */
export function Shell() {
  const [over, setOver] = useState<Over>();
  const isInStory = isStory(useSession().data);
  useEffect(listenForKeys, []);
  useAutoLock();
  useNotices();
  useShellKeys(setOver);
  const close = () => setOver(undefined);
  const page = useMatches({ select: ([, first]) => first?.pathname });
  return (
    <div className={isInStory ? 'shell shell-story' : 'shell'}>
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className="shell-head">
        {isInStory && <p className="story-line">{t('shell.story')}</p>}
        <TopBar onPalette={() => setOver('palette')} />
        <ReadingNoted />
      </header>
      <Silence />
      <main id="main" className="shell-main" tabIndex={-1} ref={useArrival(page)} {...useTogether(page)}>
        <Outlet />
      </main>
      <BottomBar />
      <DropAnywhere />
      <Toasts />
      <Arrival />
      <Suspense>
        {over === 'palette' && <Palette onClose={close} onKeys={() => setOver('keys')} />}
        {over === 'keys' && <KeyHelp onClose={close} />}
      </Suspense>
    </div>
  );
}

function useShellKeys(setOver: (over: Over) => void): void {
  const navigate = useNavigate();
  const { partyId: party } = useParams({ strict: false });
  const byHand = (kind: 'call' | 'note') =>
    navigate({ to: '/by-hand', search: party ? { kind, party } : { kind } });
  useKeys(
    [
      { keys: '1', says: 'keys.today', run: () => navigate({ to: '/' }) },
      { keys: '2', says: 'keys.clients', run: () => navigate({ to: '/clients' }) },
      { keys: '3', says: 'keys.cases', run: () => navigate({ to: '/cases' }) },
      { keys: '4', says: 'keys.record', run: () => navigate({ to: '/record' }) },
      { keys: '5', says: 'keys.calendar', run: () => navigate({ to: '/calendar' }) },
      { keys: '6', says: 'keys.import', run: () => navigate({ to: '/import' }) },
      { keys: 'v', says: 'keys.paste', run: () => navigate({ to: '/paste' }) },
      { keys: 'c', says: 'keys.call', run: () => byHand('call') },
      { keys: 'n', says: 'keys.note', run: () => byHand('note') },
      { keys: '/', says: 'keys.search', run: () => navigate({ to: '/record' }) },
      { keys: 'u', says: 'keys.undo', run: undoLast },
      { keys: 'L', says: 'keys.lock', run: () => lockNow() },
      { keys: 'Ctrl+k', says: 'keys.palette', run: () => setOver('palette') },
      { keys: '?', says: 'keys.help', run: () => setOver('keys') },
    ],
    'shell',
  );
}
