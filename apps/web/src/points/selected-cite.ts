import { newStore } from '../shell/store.ts';
import { findWords, nearestWords, type Place } from './find-words.ts';
import type { CiteWish } from './points.queries.ts';

/** Words that were selected in a formatted view and do not stand so in the text of the record; `near` is where to look. */
export type Lost = { readonly interactionId: string; readonly words: string; readonly near: Place | null };
export const lostWords = newStore<Lost | null>(null);

/**
 * The words that are selected in a message that is open, with where they stand in its text: in the text view, or in the
 * sender's formatting. Words that stand there several times are taken where they were selected.
 *
 * @returns null where nothing is selected, or nothing of this text; what cannot be found is said in `lostWords`
 */
export function selectedCite(interactionId: string, text: string): CiteWish | null {
  const chosen = chosenIn(document, '.words') ?? chosenInFrame();
  if (!chosen) {
    lostWords.set(() => null);
    return null;
  }
  const place = findWords(text, chosen.words, chosen.before);
  if (place) {
    lostWords.set(() => null);
    return { interactionId, ...place, quote: text.slice(place.start, place.end) };
  }
  const near = nearestWords(text, chosen.words);
  lostWords.set(() => ({ interactionId, words: chosen.words, near }));
  return null;
}

type Chosen = { readonly words: string; readonly before: string };

/** The frame runs nothing; that it is of our origin lets its selection be read. */
function chosenInFrame(): Chosen | null {
  const frame = document.querySelector<HTMLIFrameElement>('iframe.html-frame');
  return frame?.contentDocument ? chosenIn(frame.contentDocument, 'body') : null;
}

function chosenIn(page: Document, within: string): Chosen | null {
  const selection = page.getSelection();
  const words = selection?.toString().trim() ?? '';
  const whole = page.querySelector(within);
  if (!selection || words === '' || selection.rangeCount === 0 || !whole) return null;
  const range = selection.getRangeAt(0);
  if (!whole.contains(range.commonAncestorContainer)) return null;
  const before = page.createRange();
  before.setStart(whole, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { words, before: before.toString() };
}
