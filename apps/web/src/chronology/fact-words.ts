import { dateWords } from '../promises/promise-words.ts';
import { t } from '../words/t.ts';
import type { Fact, FactProposal } from './chronology.queries.ts';

/** One sentence that says what the record shows, to be kept or put otherwise. */
export function proposalWords({ kind, side, number, says }: FactProposal, party: string): string {
  return t(`chronology.says.${kind}`, { side: side ?? 'none', number: number ?? 0, says, party });
}

/** Day and hour as they are printed: in UTC, as everything in a bundle. */
export function whenWords({ date, time }: Pick<Fact, 'date' | 'time'>): string {
  return time === null ? dateWords(date) : `${dateWords(date)}, ${time} UTC`;
}
