import { useSyncExternalStore } from 'react';

/** A value outside of React that pages can watch: for what outlives a page. */
export type Store<T> = { get: () => T; set: (next: T | ((now: T) => T)) => void; use: () => T };

export function newStore<T>(first: T): Store<T> {
  let now = first;
  const watchers = new Set<() => void>();
  const subscribe = (watcher: () => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  const get = () => now;
  return {
    get,
    set: (next) => {
      now = typeof next === 'function' ? (next as (now: T) => T)(now) : next;
      for (const watcher of watchers) watcher();
    },
    use: () => useSyncExternalStore(subscribe, get),
  };
}
