import { Problem } from '../api/problem.ts';
import { say, t } from './t.ts';

/** A refusal in the reader's words; for a code that no catalogue knows, what the server says. */
export function problemWords(error: unknown): string {
  if (!(error instanceof Problem)) return t('problem.unexpected');
  return say(`problem.${error.code}`, error.params) ?? (error.title || t('problem.unexpected'));
}

/** An issue of reading in the reader's words, else the reader's own sentence. */
export function issueWords({ code, message }: { code: string; message: string }): string {
  return say(`issue.${code}`) ?? message;
}
