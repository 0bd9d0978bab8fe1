import { useEffect, useRef } from 'react';
import { newStore } from './store.ts';

const said = newStore('');
/** The page that was named last; the one the window opened with is named by the browser itself. */
let named = location.pathname;

/** Names a page that was gone to, once: what its title comes to be afterwards is seen and not said. */
export function arrivedAt(title: string): void {
  if (title === '' || location.pathname === named) return;
  named = location.pathname;
  said.set(title);
}

/** Where a page that was gone to is named to whoever hears it. */
export function Arrival() {
  useEffect(() => () => said.set(''), []);
  return (
    <p className="unseen" role="status">
      {said.use()}
    </p>
  );
}

/**
 * Takes the focus to the page that was gone to, as a page that loads would: the next Tab is in it and not in the bar.
 * A field that took the focus by itself keeps it.
 *
 * @param page The path of what is shown; the first one keeps the focus where the browser has it.
 * @returns For the element that holds the page; it takes focus without being a stop.
 */
export function useArrival(page: string | undefined) {
  const holder = useRef<HTMLElement>(null);
  const before = useRef(page);
  useEffect(() => {
    const { current } = holder;
    if (page !== before.current && !current?.contains(document.activeElement))
      current?.focus({ preventScroll: true });
    before.current = page;
  }, [page]);
  return holder;
}
