import { useEffect, useRef } from 'react';
import type { WordKey } from '../words/t.ts';
import { newStore } from './store.ts';

/** One key and what it does; `keys` is a key, `Ctrl+k`, or two keys pressed after each other: `g x`. */
export type KeyBinding = {
  readonly keys: string;
  readonly says: WordKey;
  readonly run: (event: KeyboardEvent) => void;
};

type Group = { readonly layer: Layer; bindings: readonly KeyBinding[] };
/** The page's keys win over the shell's, whichever was shown first. */
type Layer = 'shell' | 'page';

const CHORD_WAIT_MS = 1200;
const groups = newStore<readonly Group[]>([]);
let prefix: { key: string; at: number } | undefined;

/** Binds keys while a component is shown. The `?` help lists what is bound, so it is always right. */
export function useKeys(bindings: readonly KeyBinding[], layer: Layer = 'page'): void {
  const group = useRef<Group>({ layer, bindings }).current;
  group.bindings = bindings;
  useEffect(() => {
    groups.set((all) => [...all, group]);
    return () => groups.set((all) => all.filter((each) => each !== group));
  }, [group]);
}

/** Every key that works now, once, the page's first. */
export function useBoundKeys(): readonly KeyBinding[] {
  const bound = boundKeys(groups.use());
  return bound.filter((each, at) => bound.findIndex(({ keys }) => keys === each.keys) === at);
}

function boundKeys(all: readonly Group[]): readonly KeyBinding[] {
  const of = (layer: Layer) =>
    all.filter((group) => group.layer === layer).flatMap((group) => group.bindings);
  return [...of('page'), ...of('shell')];
}

/** Listens for the whole document; called once. */
export function listenForKeys(): () => void {
  document.addEventListener('keydown', dispatch);
  return () => document.removeEventListener('keydown', dispatch);
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isTyping(event)) return;
  const bound = boundKeys(groups.get());
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
  // A dialog that was closed keeps the focus until it is taken off the page: the key is for the page again.
  const dialog = target?.closest('dialog');
  if (dialog) return dialog.open;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() !== 'k';
  const field = target?.closest(
    'input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable=true]',
  );
  if (field) return true;
  // Enter and Space press the button or link that has the focus.
  const presses = event.key === 'Enter' || event.key === ' ';
  return presses && target?.closest('button, a[href], [role=tab], input, summary') !== null;
}

/** How a binding is drawn: `g x` → g, t; `Ctrl+k` → Ctrl, k. */
export function keyCaps(keys: string): readonly string[] {
  return keys.split(/[ +]/);
}
