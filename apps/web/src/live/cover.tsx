import { useEffect, useRef, useState } from 'react';
import { focused } from '../shell/focused.ts';
import { t } from '../words/t.ts';
import { dateOf, timeOf } from '../words/when.ts';

/** Twice within this time brings the page back; once, as by a passer-by, does not. */
const WITHIN_MS = 900;
/** Whoever covers in haste presses more than once; for so long nothing lifts it. */
const HASTE_MS = 1000;
const TICK_MS = 5000;

/** A clock, and nothing else: what it hides is not on the page at all. */
export function Cover({ isHasty, onLift }: { isHasty: boolean; onLift: () => void }) {
  const [now, setNow] = useState(() => Date.now());
  const last = useRef(Number.NEGATIVE_INFINITY);
  const deafUntil = useRef(isHasty ? performance.now() + HASTE_MS : 0);
  const once = (at: number) => {
    if (at < deafUntil.current) return;
    const isSecond = at - last.current < WITHIN_MS;
    last.current = isSecond ? Number.NEGATIVE_INFINITY : at;
    if (isSecond) onLift();
  };
  const byKey = useRef(once);
  byKey.current = once;
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), TICK_MS);
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.repeat) byKey.current(event.timeStamp);
    };
    // On the way down: the press that covered is past this place when the cover begins to listen.
    document.addEventListener('keydown', listen, true);
    return () => {
      clearInterval(ticking);
      document.removeEventListener('keydown', listen, true);
    };
  }, []);
  return (
    <button type="button" className="live-cover" onClick={(event) => once(event.timeStamp)} ref={focused}>
      <time className="live-clock">{timeOf(now)}</time>
      <span>{dateOf(now)}</span>
      <span className="unseen">{t('live.clock')}</span>
    </button>
  );
}
