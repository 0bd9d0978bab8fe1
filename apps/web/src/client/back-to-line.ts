import { useEffect, useRef } from 'react';

/**
 * Gives the focus back to the timeline when what was open beside it is closed and took the focus with it.
 *
 * @param isOpen Something is open beside the timeline.
 */
export function useBackToLine(isOpen: boolean): void {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    const isClosed = wasOpen.current && !isOpen;
    wasOpen.current = isOpen;
    if (!isClosed || document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('.timeline .message[tabindex="0"]')?.focus({ preventScroll: true });
  }, [isOpen]);
}
