import { type MouseEvent, useRef, useState } from 'react';
import { focused } from '../shell/focused.ts';
import { t } from '../words/t.ts';

const HOLD_MS = 1000;

/**
 * Ends when it is held for a second, so that a slip of the thumb does not. Whoever cannot hold presses it, by key or with a
 * screen reader, and is asked.
 */
export function HoldButton({ says, asks, onHeld }: { says: string; asks: string; onHeld: () => void }) {
  const [isHeld, setHeld] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const press = () => {
    setHeld(true);
    timer.current = setTimeout(() => {
      letReleasePass();
      onHeld();
    }, HOLD_MS);
  };
  const release = () => {
    setHeld(false);
    clearTimeout(timer.current);
  };
  // A click without a pointer comes from a key or from help to use the page: it cannot hold.
  const click = (event: MouseEvent) => event.detail === 0 && setAsked(true);
  if (isAsked)
    return (
      <fieldset className="live-asked">
        <legend>{asks}</legend>
        <button type="button" className="live-big live-end" onClick={onHeld} ref={focused}>
          {says}
        </button>
        <button type="button" className="live-big" onClick={() => setAsked(false)}>
          {t('live.goOn')}
        </button>
      </fieldset>
    );
  return (
    <button
      type="button"
      className="live-big live-end"
      data-held={isHeld}
      onPointerDown={press}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      onClick={click}
      onDoubleClick={() => setAsked(true)}
    >
      <span>
        {says} <span className="live-how">{t('live.hold')}</span>
      </span>
    </button>
  );
}

/** The thumb is still down when something else takes the button's place: its release presses nothing there. */
function letReleasePass(): void {
  const swallow = (event: Event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  document.addEventListener('click', swallow, { capture: true, once: true });
  document.addEventListener('pointerdown', () => document.removeEventListener('click', swallow, true), {
    ...{ capture: true, once: true },
  });
}
