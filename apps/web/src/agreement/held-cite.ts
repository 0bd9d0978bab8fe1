import { newStore } from '../shell/store.ts';
import type { Cite } from './shapes.ts';

/** Words that were selected in a message and are about to be quoted in a form; gone with the page. */
export const heldCite = newStore<Cite | null>(null);

/** Where words stand in a text; what the page shows may have other spaces between them. */
export function citeIn(interactionId: string, text: string, words: string): Cite | null {
  const parts = words.split(/\s+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const found = new RegExp(parts.join('\\s+')).exec(text);
  if (!found) return null;
  const { index: start } = found;
  return { interactionId, start, end: start + found[0].length, quote: found[0] };
}
