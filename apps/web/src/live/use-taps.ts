import { type PointerEvent, useRef } from 'react';

const WITHIN_MS = 450;
const APART_PX = 60;
/** What is pressed for its own sake: two quick notes are no double tap. */
const PRESSED = 'button, a, input, textarea, select, label, summary';

/** Two taps on a free place, close together in time and place. */
export function useDoubleTap(run: () => void) {
  const last = useRef<{ at: number; x: number; y: number } | null>(null);
  return (event: PointerEvent) => {
    if ((event.target as Element).closest(PRESSED)) return;
    const { timeStamp: at, clientX: x, clientY: y } = event;
    const before = last.current;
    const isSecond =
      before && at - before.at < WITHIN_MS && Math.hypot(x - before.x, y - before.y) < APART_PX;
    last.current = isSecond ? null : { at, x, y };
    if (isSecond) run();
  };
}
