import { type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { Span } from '../interaction/parts.ts';

export type Side = 'ours' | 'theirs';
export type { Cite };

/** A record whose words are quoted: who wrote it, as far as that is known. */
export type CitedRecord = {
  readonly id: string;
  readonly kind: string;
  readonly direction: string | null;
  readonly text: string;
  /** Where their words stand in what was recorded by hand; null for what came as bytes of its own. */
  readonly theirs: readonly Span[] | null;
};

export type WordsRefusal = 'words-missing' | 'words-of-the-other-side';

/** In a message one side speaks; a call or a meeting holds the words of both. */
const ONE_VOICE = new Set(['message', 'document']);

/**
 * Whether the words that somebody's decision rests on are that side's own: a promise, an answer to an offer. Our own
 * words that they quote back to us are still ours.
 *
 * @returns null when they are
 */
export function wordsRefused(
  side: Side,
  cites: readonly Cite[],
  records: readonly CitedRecord[],
): Extract<Outcome<never, WordsRefusal>, { ok: false }> | null {
  if (cites.length === 0) return refuse('words-missing');
  const wrong = cites.find((cite) => {
    const record = records.find(({ id }) => id === cite.interactionId);
    return record !== undefined && !speaks(side, record, cite);
  });
  return wrong ? refuse('words-of-the-other-side', { quote: wrong.quote }) : null;
}

function speaks(side: Side, { kind, direction, text, theirs }: CitedRecord, { start, end }: Cite): boolean {
  // Our note of what they said is ours; theirs is what was taken down as a quote of them, or sent by them.
  if (theirs && !theirs.some((span) => span.start <= start && end <= span.end)) return side === 'ours';
  if (theirs && !ONE_VOICE.has(kind)) return side === 'theirs';
  if (!ONE_VOICE.has(kind) || direction === null || direction === 'internal') return true;
  const writer: Side = direction === 'inbound' ? 'theirs' : 'ours';
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start + 1).trimStart();
  return line.startsWith('>') ? writer !== side : writer === side;
}
