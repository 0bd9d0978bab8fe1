import type { ByteRange, Issue, IssueCode } from './issue.ts';

/** Which charset was stated for a piece of text, which was used, and how sure that is. */
export type CharsetUse = {
  readonly where: 'header' | 'text';
  readonly declared: string | null;
  readonly used: string;
  /** `declared`: as stated. `detected`: the bytes prove it. `guessed`: by letter statistics or a neighbour.
   * `corrected`: a person says so. */
  readonly certainty: 'declared' | 'detected' | 'guessed' | 'corrected';
};

/** A text read under another charset than the one that was taken: the stated one, where the bytes contradict it. */
export type OtherReading = { readonly charset: string; readonly text: string; readonly range: ByteRange };

/** Collects what is noticed while one message is read. */
export type Notes = {
  readonly issues: Issue[];
  readonly charsets: CharsetUse[];
  readonly otherReadings: OtherReading[];
  /** What a person says the charset is, where the bytes do not prove another. */
  readonly charset: string | null;
  /** A charset named elsewhere in the same message: the best guess where nothing is stated. */
  hint: string | null;
};

/** @param charset What a person says it is, where the bytes do not prove another. */
export function newNotes(charset: string | null = null): Notes {
  return { issues: [], charsets: [], otherReadings: [], charset, hint: null };
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
