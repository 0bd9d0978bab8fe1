import type { ByteRange, Issue, IssueCode } from './issue.ts';

/** Which charset was stated for a piece of text, which was used, and how sure that is. */
export type CharsetUse = {
  readonly where: 'header' | 'text';
  readonly declared: string | null;
  readonly used: string;
  /** `declared`: as stated. `detected`: the bytes prove it. `guessed`: by letter statistics or a neighbour. */
  readonly certainty: 'declared' | 'detected' | 'guessed';
};

/** Collects what is noticed while one message is read. */
export type Notes = {
  readonly issues: Issue[];
  readonly charsets: CharsetUse[];
  /** A charset named elsewhere in the same message: the best guess where nothing is stated. */
  hint: string | null;
};

export function newNotes(): Notes {
  return { issues: [], charsets: [], hint: null };
}

/** At most this many issues per message: a hostile mail must not become a larger report. */
const MOST_ISSUES = 200;

export function note(notes: Notes, code: IssueCode, message: string, range?: ByteRange): void {
  if (notes.issues.length >= MOST_ISSUES) return;
  notes.issues.push(range ? { code, message, range } : { code, message });
}

export function noteCharset(notes: Notes, use: CharsetUse): void {
  if (notes.charsets.length < MOST_ISSUES) notes.charsets.push(use);
}
