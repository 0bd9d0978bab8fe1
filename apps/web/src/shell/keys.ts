import { useEffect, useRef } from 'react';
import type { WordKey } from '../words/t.ts';
import { newStore } from './store.ts';

/** One key and what it does; `keys` is a key, `Ctrl+k`, or two keys pressed after each other: `g t`. */
export type KeyBinding = {
  readonly keys: string;
  readonly says: WordKey;
  readonly run: (event: KeyboardEvent) => void;
};

type Group = { current: readonly KeyBinding[] };

const CHORD_WAIT_MS = 1200;
/** Innermost last: the page's keys win over the shell's. */
export const keyGroups = newStore<readonly Group[]>([]);
let prefix: { key: string; at: number } | undefined;

/** Binds keys while a component is shown. The `?` help lists what is bound, so it is always right. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const group = useRef(bindings);
  group.current = bindings;
  useEffect(() => {
    keyGroups.set((groups) => [...groups, group]);
    return () => keyGroups.set((groups) => groups.filter((each) => each !== group));
  }, []);
}

/** Listens for the whole document; called once. */
export function listenForKeys(): () => void {
  document.addEventListener('keydown', dispatch);
  return () => document.removeEventListener('keydown', dispatch);
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isTyping(event)) return;
  const bound = keyGroups
    .get()
    .flatMap((group) => group.current)
    .reverse();
  const pressed = pressedKeys(event);
  const match = bound.find((each) => each.keys === pressed);
  if (match) {
    event.preventDefault();
    match.run(event);
    prefix = undefined;
  } else {
    const opensChord = bound.some((each) => each.keys.startsWith(`${pressed} `));
    prefix = opensChord ? { key: pressed, at: event.timeStamp } : undefined;
  }
}

function pressedKeys(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key;
  const named = event.ctrlKey || event.metaKey ? `Ctrl+${key.toLowerCase()}` : key;
  if (prefix && event.timeStamp - prefix.at < CHORD_WAIT_MS) return `${prefix.key} ${named}`;
  return named;
}

/** Letters belong to the field that has the focus; Ctrl-K and Escape are for the program everywhere. */
function isTyping(event: KeyboardEvent): boolean {
  if (event.altKey) return true;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest('dialog')) return true;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() !== 'k';
  const field = target?.closest(
    'input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable=true]',
  );
  if (field) return true;
  // Enter and Space press the button or link that has the focus.
  const presses = event.key === 'Enter' || event.key === ' ';
  return presses && target?.closest('button, a[href], [role=tab], input, summary') !== null;
}

/** How a binding is drawn: `g t` → g, t; `Ctrl+k` → Ctrl K. */
export function keyCaps(keys: string): readonly string[] {
  return keys.split(/[ +]/).map((key) => (key === 'Ctrl' ? 'Ctrl' : key.length === 1 ? key : key));
}
