import { t } from '../words/t.ts';
import type { Keeping } from './boundary.queries.ts';

/** "we: 24 of 25 messages in hours"; null where nothing of ours can be counted. */
export function keepingWords({ counted, kept, of }: Keeping): string | null {
  if (counted === null || of === 0) return null;
  return t(`boundary.kept-${counted}`, { kept, of });
}
