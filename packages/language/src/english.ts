import { ENGLISH_LEMMAS } from './english-forms.ts';

/**
 * Reduces an English word to its stem: the published Porter2 algorithm, with irregular forms (paid → pay),
 * British and American spellings (organise, organize; colour, color) brought together.
 *
 * @param word Folded: lower case, no apostrophes.
 * @source https://snowballstem.org/algorithms/english/stemmer.html
 * @example englishStem('invoices') // 'invoic'
 */
export function englishStem(word: string): string {
  if (word.length <= 2) return word;
  return oneSpelling(porter(ENGLISH_LEMMAS.get(word) ?? word));
}

function oneSpelling(stem: string): string {
  if (stem.length >= 6 && stem.endsWith('is')) return `${stem.slice(0, -1)}z`;
  const american = AMERICAN.get(stem);
  return american ?? stem;
}

const AMERICAN: ReadonlyMap<string, string> = new Map([
  ['colour', 'color'],
  ['favour', 'favor'],
  ['honour', 'honor'],
  ['labour', 'labor'],
  ['behaviour', 'behavior'],
  ['favourit', 'favorit'],
  ['defenc', 'defens'],
  ['offenc', 'offens'],
  ['analys', 'analyz'],
]);

const WHOLE: ReadonlyMap<string, string> = new Map([
  ['skis', 'ski'],
  ['skies', 'sky'],
  ['idly', 'idl'],
  ['gently', 'gentl'],
  ['ugly', 'ugli'],
  ['early', 'earli'],
  ['only', 'onli'],
  ['singly', 'singl'],
  ['sky', 'sky'],
  ['news', 'news'],
  ['howe', 'howe'],
  ['atlas', 'atlas'],
  ['cosmos', 'cosmos'],
  ['bias', 'bias'],
  ['andes', 'andes'],
]);
const AFTER_1A: ReadonlySet<string> = new Set([
  'inning',
  'outing',
  'canning',
  'herring',
  'earring',
  'proceed',
  'exceed',
  'succeed',
]);

function porter(word: string): string {
  const whole = WHOLE.get(word);
  if (whole !== undefined) return whole;
  const marked = markConsonantY(word);
  const r1 = regionOne(marked);
  const r2 = regionAfter(marked, r1);
  let stem = step1a(marked);
  if (AFTER_1A.has(stem)) return stem;
  stem = step1c(step1b(stem, r1));
  stem = step4(step3(step2(stem, r1), r1, r2), r2);
  return step5(stem, r1, r2).replaceAll('Y', 'y');
}

/** `y` at the start or after a vowel counts as a consonant; it is written `Y` while the word is worked on. */
function markConsonantY(word: string): string {
  return word.includes('y') ? word.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y') : word;
}

function isVowelAt(word: string, at: number): boolean {
  return 'aeiouy'.includes(word[at] ?? '-');
}

const EARLY_R1 = /^(?:gener|commun|arsen|past|univers|later|emerg|organ)/;

function regionOne(word: string): number {
  const early = EARLY_R1.exec(word);
  return early ? early[0].length : regionAfter(word, 0);
}

/** Behind the first non-vowel that follows a vowel at or after `from`. */
function regionAfter(word: string, from: number): number {
  let at = from;
  while (at < word.length && !isVowelAt(word, at)) at += 1;
  while (at < word.length && isVowelAt(word, at)) at += 1;
  return Math.min(at + 1, word.length);
}

function hasVowel(stem: string): boolean {
  return /[aeiouy]/.test(stem);
}

function step1a(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (word.endsWith('ied') || word.endsWith('ies')) return word.slice(0, word.length > 4 ? -2 : -1);
  if (!word.endsWith('s') || word.endsWith('us') || word.endsWith('ss')) return word;
  return hasVowel(word.slice(0, -2)) ? word.slice(0, -1) : word;
}

function step1b(word: string, r1: number): string {
  const eed = /(?:eed|eedly)$/.exec(word);
  if (eed) return eed.index >= r1 ? `${word.slice(0, eed.index)}ee` : word;
  const ending = /(?:ingly|edly|ing|ed)$/.exec(word);
  if (!ending || !hasVowel(word.slice(0, ending.index))) return word;
  const stem = word.slice(0, ending.index);
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem) && !/^[aeo](?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) {
    return stem.slice(0, -1);
  }
  return isShort(stem, r1) ? `${stem}e` : stem;
}

function isShort(stem: string, r1: number): boolean {
  return r1 >= stem.length && endsInShortSyllable(stem);
}

function endsInShortSyllable(stem: string): boolean {
  if (stem.length === 2) return /^[aeiouy][^aeiouy]$/.test(stem);
  return /[^aeiouy][aeiouy][^aeiouywxY]$/.test(stem) || stem === 'past';
}

function step1c(word: string): string {
  return /.[^aeiouyY][yY]$/.test(word) ? `${word.slice(0, -1)}i` : word;
}

const STEP_2: readonly (readonly [string, string])[] = [
  ['ization', 'ize'],
  ['isation', 'ize'],
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ousli', 'ous'],
  ['iviti', 'ive'],
  ['fulli', 'ful'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['izer', 'ize'],
  ['ator', 'ate'],
  ['alli', 'al'],
  ['bli', 'ble'],
  ['ogi', 'og'],
  ['li', ''],
];

function step2(word: string, r1: number): string {
  const rule = STEP_2.find(([ending]) => word.endsWith(ending));
  if (!rule) return word;
  const at = word.length - rule[0].length;
  if (at < r1) return word;
  if (rule[0] === 'ogi' && word[at - 1] !== 'l') return word;
  if (rule[0] === 'li' && !/[cdeghkmnrt]/.test(word[at - 1] ?? '')) return word;
  return word.slice(0, at) + rule[1];
}

const STEP_3: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['alise', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ative', ''],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];

function step3(word: string, r1: number, r2: number): string {
  const rule = STEP_3.find(([ending]) => word.endsWith(ending));
  if (!rule) return word;
  const at = word.length - rule[0].length;
  if (at < (rule[0] === 'ative' ? r2 : r1)) return word;
  return word.slice(0, at) + rule[1];
}

const STEP_4 = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|ise|ion|al|er|ic)$/;

function step4(word: string, r2: number): string {
  const ending = STEP_4.exec(word);
  if (!ending || ending.index < r2) return word;
  if (ending[0] === 'ion' && !/[st]/.test(word[ending.index - 1] ?? '')) return word;
  return word.slice(0, ending.index);
}

function step5(word: string, r1: number, r2: number): string {
  const at = word.length - 1;
  if (word.endsWith('l')) return at >= r2 && word[at - 1] === 'l' ? word.slice(0, -1) : word;
  if (!word.endsWith('e')) return word;
  if (at >= r2 || (at >= r1 && !endsInShortSyllable(word.slice(0, -1)))) return word.slice(0, -1);
  return word;
}
