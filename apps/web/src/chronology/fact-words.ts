import { language, t } from '../words/t.ts';
import { hourOf, withoutYearSign } from '../words/when.ts';
import type { Fact, FactProposal } from './chronology.queries.ts';

/** One sentence that says what the record shows, to be kept or put otherwise. */
export function proposalWords({ kind, side, number, says }: FactProposal, party: string): string {
  return t(`chronology.says.${kind}`, { side: side ?? 'none', number: number ?? 0, says, party });
}

/** Day, with its year, and hour as they are printed: in UTC, as everything in a bundle. */
export function whenWords({ date, time }: Pick<Fact, 'date' | 'time'>): string {
  const { tag } = language.get();
  const format = new Intl.DateTimeFormat(tag === 'en' ? 'en-GB' : tag, {
    dateStyle: 'medium',
    timeZone: 'UTC',
  });
  const day = withoutYearSign(format.format(new Date(`${date}T00:00:00Z`)));
  return time === null ? day : `${day}, ${hourOf(time)} UTC`;
}
