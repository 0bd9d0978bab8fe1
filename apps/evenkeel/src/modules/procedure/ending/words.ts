import type { Lang, Words3 } from '../pack.ts';
import { dateWords, inThree } from '../restriction/words.ts';
import type { Sheet } from './sheet.actions.ts';

const NOTHING: Words3 = {
  en: 'Nothing that we have on record.',
  ru: 'По нашим записям, ничего.',
  fi: 'Ei mitään, mistä meillä olisi merkintä.',
};
const UNTIL: Words3 = { en: 'due', ru: 'срок', fi: 'eräpäivä' };
const DISPUTED: Words3 = { en: 'disputed', ru: 'оспаривается', fi: 'kiistetty' };

/** What a letter about an end says of the record: money both ways, and open work. */
export function sheetFields({ owed, promises }: Sheet): Readonly<Record<string, Words3>> {
  const sums = (side: string) =>
    listed(
      owed
        .filter((sum) => sum.side === side)
        .map(
          ({ what, amount, currency, dueOn, disputed }) =>
            (lang: Lang) =>
              `${what}: ${amount} ${currency}${dueOn ? `, ${UNTIL[lang]} ${dateWords(dueOn)[lang]}` : ''}${
                disputed ? ` (${DISPUTED[lang]}: ${disputed} ${currency})` : ''
              }`,
        ),
    );
  const work = promises
    .filter(({ side }) => side === 'ours')
    .map(
      ({ what, on }) =>
        (lang: Lang) =>
          on ? `${what}, ${UNTIL[lang]} ${dateWords(on)[lang]}` : what,
    );
  return { 'owed-by-them': sums('theirs'), 'owed-by-us': sums('ours'), 'open-work': listed(work) };
}

function listed(lines: readonly ((lang: Lang) => string)[]): Words3 {
  if (lines.length === 0) return NOTHING;
  return inThree((lang) => lines.map((line) => `- ${line(lang)}`).join('\n'));
}
