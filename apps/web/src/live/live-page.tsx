import { useEffect, useState } from 'react';
import { language, t } from '../words/t.ts';
import { Cover } from './cover.tsx';
import { EndedScreen } from './ended-screen.tsx';
import { arrive, type LiveState, live, type Shown, sync } from './live.state.ts';
import { PairScreen } from './pair-screen.tsx';
import { SessionScreen } from './session-screen.tsx';
import { StartScreen } from './start-screen.tsx';
import { useDoubleTap } from './use-taps.ts';

const AGAIN_MS = 10_000;

/** The page of a live session. It names nobody on our side, and opens covered while a session goes on. */
export function LivePage() {
  const state = live.use();
  const [covered, setCovered] = useCover(state);
  const cover = () => setCovered('by-hand');
  const tap = useDoubleTap(cover);
  const { tag } = language.use();
  useEffect(() => {
    document.title = t('live.title');
    document.documentElement.lang = tag;
  }, [tag]);
  useAgain(state);
  if (!state.isReady) return null;
  if (covered !== 'no') return <Cover isHasty={covered === 'by-hand'} onLift={() => setCovered('no')} />;
  return (
    <main key={tag} className="live" onPointerUp={tap}>
      <Screen state={state} onCover={cover} />
    </main>
  );
}

function Screen({ state, onCover }: Shown) {
  const { session, reach } = state;
  const [isWithout, setWithout] = useState(false);
  if (session?.endedAt) return <EndedScreen session={session} state={state} onCover={onCover} />;
  if (session) return <SessionScreen session={session} state={state} onCover={onCover} />;
  if (reach === 'stranger' && !isWithout)
    return <PairScreen state={state} onCover={onCover} onWithout={() => setWithout(true)} />;
  return <StartScreen state={state} onCover={onCover} />;
}

type Covered = 'no' | 'on-opening' | 'by-hand';

/** Escape covers at once, wherever the focus is; the page that opens on a session opens covered. */
function useCover({ isReady }: LiveState): [Covered, (covered: Covered) => void] {
  const [covered, setCovered] = useState<Covered>('no');
  const [isOpened, setOpened] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.repeat) setCovered((now) => (now === 'no' ? 'by-hand' : now));
    };
    document.addEventListener('keydown', listen, true);
    return () => document.removeEventListener('keydown', listen, true);
  }, []);
  if (isReady && !isOpened) {
    // Decided before the first picture: not even for a moment is the session seen.
    setOpened(true);
    if (live.get().session) setCovered('on-opening');
  }
  return [covered, setCovered];
}

/** Tries again when there may be a network, and now and then while something waits. */
function useAgain({ reach, waiting, session }: LiveState): void {
  const isWaiting = waiting.length > 0 || (reach === 'silent' && session === null);
  useEffect(() => {
    const again = () => void (live.get().reach === 'there' ? sync() : arrive());
    const seen = () => document.visibilityState === 'visible' && again();
    addEventListener('online', again);
    document.addEventListener('visibilitychange', seen);
    const trying = isWaiting ? setInterval(again, AGAIN_MS) : undefined;
    return () => {
      removeEventListener('online', again);
      document.removeEventListener('visibilitychange', seen);
      clearInterval(trying);
    };
  }, [isWaiting]);
}
