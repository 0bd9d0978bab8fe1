import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { chooseCoverKey } from './cover.ts';
import { lockNow } from './lock.ts';
import { screenQuery } from './screen.queries.ts';

const LOOK_MS = 5000;
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Locks a page that nobody touched for as long as its member chose; a computer that slept is looked at as it wakes. */
export function useAutoLock(): void {
  const settings = useQuery(screenQuery).data;
  const afterMin = settings?.lockAfterMin ?? null;
  const coverKey = settings?.coverKey;
  useEffect(() => {
    if (coverKey) chooseCoverKey(coverKey);
  }, [coverKey]);
  useEffect(() => {
    if (afterMin === null) return;
    let touchedAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
    };
    const look = () => {
      if (Date.now() - touchedAt > afterMin * 60_000) lockNow(true);
    };
    for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true, passive: true });
    document.addEventListener('visibilitychange', look);
    const looking = setInterval(look, LOOK_MS);
    return () => {
      for (const name of TOUCHES) window.removeEventListener(name, touch, { capture: true });
      document.removeEventListener('visibilitychange', look);
      clearInterval(looking);
    };
  }, [afterMin]);
}
