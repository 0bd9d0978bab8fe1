import { Problem } from '../api/problem.ts';
import { say, t } from './t.ts';

/** A refusal in the reader's words; for a code that no catalogue knows, what the server says. */
export function problemWords(error: unknown): string {
  if (!(error instanceof Problem)) return t('problem.unexpected');
  return translated(error) ?? (error.title || t('problem.unexpected'));
}

/** A server newer than this page may leave out what a sentence of ours needs; then its own is better. */
function translated({ code, params }: Problem): string | undefined {
  try {
    return say(`problem.${code}`, params);
  } catch {
    return undefined;
  }
}

/** An issue of reading in the reader's words: its own sentence if it is one of a few, else one for all of its kind. */
export function issueWords({ code, message }: { code: string; message: string }): string {
  return say(`issue.${message}`) ?? say(`issue.${code}`) ?? message;
}
