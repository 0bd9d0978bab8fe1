import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { TimelineFilter } from '../router.tsx';
import { stepMessage, type TimelineItem } from './timeline.items.ts';

type Ground = {
  items: readonly TimelineItem[];
  partyId: string;
  filter: TimelineFilter;
  openId: string | undefined;
  scroller: RefObject<HTMLElement | null>;
};

/** Where the reader stands: `j` and `k` walk; with a message open beside the list they open the next one. */
export function useWalk({ items, partyId, filter, openId, scroller }: Ground) {
  const navigate = useNavigate();
  const [walkedTo, setWalkedTo] = useState<string>();
  const activeId = openId ?? walkedTo;
  const wantsFocus = useRef(false);
  const open = (interactionId: string) => {
    setWalkedTo(interactionId);
    void navigate({
      to: '/clients/$partyId/interactions/$interactionId',
      params: { partyId, interactionId },
      search: filter,
      replace: openId !== undefined,
    });
  };
  const step = (by: 1 | -1) => {
    const next = stepMessage(items, activeId, by);
    if (!next) return;
    wantsFocus.current = true;
    if (openId) open(next.id);
    else setWalkedTo(next.id);
  };
  useEffect(() => {
    if (!wantsFocus.current || !activeId) return;
    wantsFocus.current = false;
    const line = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(activeId)}"]`);
    line?.focus({ preventScroll: true });
  }, [activeId, scroller]);
  const openPoint = (number: string) =>
    void navigate({
      to: '/clients/$partyId/points/$number',
      params: { partyId, number },
      search: filter,
    });
  const openThread = () =>
    activeId &&
    void navigate({ to: '/interactions/$interactionId/thread', params: { interactionId: activeId } });
  return { activeId, step, open, openPoint, openThread };
}
