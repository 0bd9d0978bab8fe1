/** Letters that Unicode does not take apart, and how they are typed without them. */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  ё: 'е',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};
/** Letters of their own, not letters with a mark: Finnish and Swedish ä ö å, Russian й. */
const KEPT = /[äöåй]/;

/** A small letter, composed (NFC), without its marks; what is no letter with marks comes back as it is. */
export function bareLetter(letter: string): string {
  if (KEPT.test(letter)) return letter;
  return WRITTEN_AS[letter] ?? (letter.normalize('NFD').replace(/(?<=.)\p{M}/gu, '') || letter);
}

/** Letters that look like one of the other alphabet. */
export const LATIN_TO_CYRILLIC = pairs('aа bв cс eе hн kк mм oо pр tт xх yу uи nп rг iі');
export const CYRILLIC_TO_LATIN = pairs('аa вb сc еe нh кk мm оo рp тt хx уy іi ѕs јj');
/** Digits and signs that stand for a letter inside a word. */
export const LATIN_SIGNS = pairs('0o 1i 3e 4a 5s 7t 8b @a $s !i');
export const CYRILLIC_SIGNS = pairs('0о 3з 4ч 6б @а $с');

function pairs(list: string): ReadonlyMap<string, string> {
  return new Map(list.split(' ').map((pair): [string, string] => [pair[0] as string, pair[1] as string]));
}
