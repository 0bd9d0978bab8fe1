import { t } from '../words/t.ts';
import { formatter, hourOf } from '../words/when.ts';
import type { Fact, FactProposal } from './chronology.queries.ts';

const dayInUtc = formatter({ dateStyle: 'medium', timeZone: 'UTC' });

/** One sentence that says what the record shows, to be kept or put otherwise. */
export function proposalWords({ kind, side, number, says }: FactProposal, party: string): string {
  return t(`chronology.says.${kind}`, { side: side ?? 'none', number: number ?? 0, says, party });
}

/** Day, with its year, and hour as they are printed: in UTC, as everything in a bundle. */
export function whenWords({ date, time }: Pick<Fact, 'date' | 'time'>): string {
  const day = dayInUtc(`${date}T00:00:00Z`);
  return time === null ? day : `${day}, ${hourOf(time)} UTC`;
}
