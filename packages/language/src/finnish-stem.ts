/** Collects the keys of one word, best first, without repeats. */
export type Keys = string[];

/** Which form of its last consonant a stem stands in: laku|kaupa|riida are weak, lakku|kauppa|riita strong. */
export type Grade = 'weak' | 'strong';

const MIN_DERIVED = 6;

export function isVowel(letter: string | undefined): boolean {
  return letter !== undefined && letter !== '' && 'aeiouyäöå'.includes(letter);
}

export function endsInVowel(word: string): boolean {
  return isVowel(word[word.length - 1]);
}

export function endsInTwoVowels(word: string): boolean {
  return endsInVowel(word) && isVowel(word[word.length - 2]);
}

export function endsInLongVowel(word: string): boolean {
  return endsInVowel(word) && word[word.length - 1] === word[word.length - 2];
}

export function addKey(keys: Keys, key: string): void {
  if (key.length >= 2 && !keys.includes(key)) keys.push(key);
}

/**
 * Adds the keys of a singular stem: the form all inflected forms of the word come down to. Stems that vary with the
 * case (sopimukse-, oikeude-, naise-, avaime-) go to the nominative's consonant, gradation to the weak grade, a single
 * -e to -i (ovi ~ oven).
 */
export function addStem(keys: Keys, stem: string, grade: Grade): void {
  const derived = consonantStem(stem, grade);
  if (derived !== undefined) addKey(keys, derived);
  else if (!endsInVowel(stem)) addKey(keys, `${stem}i`);
  else if (endsInLongVowel(stem)) addLongVowelStem(keys, stem);
  else if (stem.endsWith('e')) addShortE(keys, stem.slice(0, -1), grade);
  else addGraded(keys, stem, grade);
}

/** sopimukse → sopimus, oikeude → oikeus, naise → nais, avaime → avain, onnettoma → onneton; else undefined. */
function consonantStem(stem: string, grade: Grade): string | undefined {
  const last = stem[stem.length - 1];
  if (last === 'e') return sibilantStem(stem, grade) ?? nasalStem(stem);
  if (stem.length < MIN_DERIVED || (last !== 'a' && last !== 'ä')) return undefined;
  if (/tt[oö]m[aä]$/.test(stem)) return `${stem.slice(0, -5)}t${stem[stem.length - 3]}n`;
  if (/[eio]m[mp][aä]$/.test(stem)) return comparativeKey(stem);
  return undefined;
}

function sibilantStem(stem: string, grade: Grade): string | undefined {
  const before = stem.slice(0, -2);
  if (stem.length >= MIN_DERIVED && stem.endsWith('kse') && isVowel(stem[stem.length - 4]))
    return `${stem.slice(0, -3)}s`;
  if (!endsInVowel(before) || stem.length < 4) return undefined;
  const consonant = stem[stem.length - 2];
  if (consonant === 's' || consonant === 'd' || (consonant === 't' && grade === 'strong'))
    return `${before}s`;
  return undefined;
}

function nasalStem(stem: string): string | undefined {
  if (stem.length < MIN_DERIVED || !stem.endsWith('ime')) return undefined;
  return `${weakened(stem.slice(0, -2))[0]}n`;
}

/** parempa, paremma → paremmi as in parempi; suurimma → suuri. */
function comparativeKey(stem: string): string {
  const before = stem.slice(0, -3);
  return before.endsWith('i') ? before : `${before}mmi`;
}

/** asiakkaa → asiaka, liikkee → liike: these words are strong where others are weak. */
function addLongVowelStem(keys: Keys, stem: string): void {
  const short = stem.slice(0, -1);
  const derived = /(?:[^e]|kse|ime)$/.test(short) ? consonantStem(short, 'strong') : undefined;
  if (stem.length <= 3) addKey(keys, stem);
  else if (derived !== undefined) addKey(keys, derived);
  else for (const key of weakened(short)) addKey(keys, key);
}

/** A single -e belongs to an i-word (oven ~ ovi), seldom to a name (Ville, Anne). */
function addShortE(keys: Keys, before: string, grade: Grade): void {
  const forms = grade === 'strong' ? weakened(`${before}i`) : [`${before}i`];
  for (const form of forms) addKey(keys, form);
  if (grade === 'weak') addKey(keys, `${before}e`);
}

function addGraded(keys: Keys, stem: string, grade: Grade): void {
  if (/[aeiouyäö]si$/.test(stem)) addKey(keys, stem.slice(0, -1));
  else if (grade === 'weak') addKey(keys, stem);
  else for (const key of weakened(stem)) addKey(keys, key);
}

/**
 * Adds the keys of a plural stem without its -i: kauppo(i) → kaupo, kaupa; tile(i) → tili; asiakka(i) → asiaka;
 * koir(i) → koiri, koira.
 */
export function addPlural(keys: Keys, stem: string, grade: Grade): void {
  const last = stem[stem.length - 1];
  if (last === 'o' || last === 'ö') addRoundPlural(keys, stem, grade);
  else if (last === 'a' || last === 'ä') addStem(keys, stem + last, 'strong');
  else if (last === 'e') {
    addStem(keys, `${stem}e`, 'strong');
    addStem(keys, `${stem.slice(0, -1)}i`, grade);
  } else if (isVowel(last)) addStem(keys, stem, grade);
  else addConsonantPlural(keys, stem, grade);
}

function addRoundPlural(keys: Keys, stem: string, grade: Grade): void {
  const open = stem.endsWith('o') ? 'a' : 'ä';
  addStem(keys, stem, grade);
  addStem(keys, stem.slice(0, -1) + open, grade);
}

function addConsonantPlural(keys: Keys, stem: string, grade: Grade): void {
  const hidden = pluralOfConsonantStem(stem, grade);
  const open = lostVowel(stem);
  if (hidden === undefined) addStem(keys, `${stem}i`, grade);
  else addKey(keys, hidden);
  if (open !== '' && (hidden === undefined || stem.length <= 3)) addStem(keys, stem + open, grade);
}

/** sopimuks(i), nais(i), puhelim(i), onnettom(i): the plural of a stem in -e or -a whose key is a consonant. */
function pluralOfConsonantStem(stem: string, grade: Grade): string | undefined {
  if (stem.endsWith('ks') || stem.endsWith('im')) return consonantStem(`${stem}e`, grade);
  if (stem.endsWith('s') && isVowel(stem[stem.length - 2])) return stem;
  if (/tt[oö]m$/.test(stem)) return consonantStem(`${stem}${stem.includes('ö') ? 'ä' : 'a'}`, grade);
  return undefined;
}

/** The -a or -ä that falls away before the plural's -i (koira, päivä); '' where it would have become -o. */
function lostVowel(stem: string): '' | 'a' | 'ä' {
  if (!/[aou]/.test(stem)) return 'ä';
  const syllables = stem.match(/[aeiouyäö]+/g) ?? [];
  return /^[^aeiouyäö]*[ou]/.test(stem) || syllables.length > 1 ? 'a' : '';
}

const CLUSTERS: Readonly<Record<string, string>> = {
  nt: 'nn',
  lt: 'll',
  rt: 'rr',
  mp: 'mm',
  nk: 'ng',
  ht: 'hd',
  lp: 'lv',
  rp: 'rv',
};

/**
 * The weak grade of a strong stem that ends in one vowel. Where loan words keep the strong consonant (auton, Nokian)
 * the stem itself follows as a second form.
 *
 * @example weakened('kauppa') // ['kaupa']
 * @example weakened('riita') // ['riida', 'riita']
 */
export function weakened(stem: string): readonly string[] {
  const at = stem.length - 2;
  const letter = stem[at] as string;
  if (at < 1 || !'kpt'.includes(letter) || !endsInVowel(stem)) return [stem];
  const before = stem[at - 1] as string;
  const head = stem.slice(0, at);
  const vowel = stem.slice(at + 1);
  if (before === letter) return [head + vowel];
  const cluster = CLUSTERS[before + letter];
  if (cluster !== undefined) return [stem.slice(0, at - 1) + cluster + vowel];
  if ('lrh'.includes(before) && letter === 'k') return [head + (/[ei]/.test(vowel) ? 'j' : '') + vowel, stem];
  return isVowel(before) ? [head + single(head, letter, vowel) + vowel, stem] : [stem];
}

/** t→d, p→v, k→nothing; k→v between two u or y (luku, luvun). */
function single(head: string, letter: string, vowel: string): string {
  if (letter === 't') return 'd';
  if (letter === 'p') return 'v';
  if ((vowel === 'u' || vowel === 'y') && head.endsWith(vowel) && !head.endsWith(vowel + vowel)) return 'v';
  return '';
}
