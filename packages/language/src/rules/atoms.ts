import { fold, withoutDots } from '../characters.ts';
import { englishStem } from '../english.ts';
import type { RuleLang } from '../finding.ts';
import { readFinnish } from '../finnish.ts';
import { CYRILLIC_SIGNS, LATIN_SIGNS } from '../letters.ts';
import { russianStems } from '../russian.ts';

/** How a word of a pattern is compared with a word of a text. */
export type WordTest = {
  readonly how: 'exact' | 'prefix' | 'suffix' | 'stem';
  readonly word: string;
};

const PLAIN = /^[a-zа-яäöå]+$/;
/** From this length on Finnish is also met without its dots. */
const MIN_DOTLESS = 5;

/** The keys a text's word is looked up by. */
export function stemsOf(word: string, lang: RuleLang): readonly string[] {
  const folded = PLAIN.test(word) ? word : fold(word);
  if (folded === '') return [];
  if (lang === 'ru') return russianStems(folded);
  if (lang === 'en') return [englishStem(folded)];
  const { keys, head } = readFinnish(folded);
  return head === undefined ? keys : [...keys, head];
}

/** The keys that `~word` of a pattern stands for. */
export function askedStems(word: string, lang: RuleLang): readonly string[] {
  const folded = PLAIN.test(word) ? word : fold(word);
  if (lang !== 'fi') return stemsOf(word, lang);
  const keys = [...readFinnish(folded).keys];
  if (/[aeiouyäö]{2}d[aä]$/.test(folded)) keys.push(...readFinnish(folded.slice(0, -2)).keys);
  const dotless = keys.filter((key) => key.length >= MIN_DOTLESS).map(withoutDots);
  return [...new Set([...keys, ...dotless])];
}

/** What a word may also be meant as: letters repeated for emphasis, digits and signs in place of letters. */
export function formsOf(form: string): readonly string[] {
  const forms = [form];
  if (/(\p{L})\1\1/u.test(form)) {
    forms.push(form.replace(/(\p{L})\1\1+/gu, '$1$1'), form.replace(/(\p{L})\1\1+/gu, '$1'));
  }
  if (/\p{L}/u.test(form) && /[0-9@$!]/.test(form)) {
    const signs = /[а-я]/.test(form) ? CYRILLIC_SIGNS : LATIN_SIGNS;
    const letters = form.replace(/[0-9@$!]/g, (sign) => signs.get(sign) ?? sign);
    if (letters !== form) forms.push(letters);
  }
  return forms;
}

const CLITIC = /^(.+?)('(?:ll|m|re|ve|d|s)|n't)$/;
const BARE: ReadonlyMap<string, readonly [string, string]> = new Map(
  `dont:do doesnt:does didnt:did cant:can couldnt:could wont:will wouldnt:would shouldnt:should isnt:is arent:are
  wasnt:was werent:were hasnt:has havent:have hadnt:had aint:ai mustnt:must neednt:need`
    .split(/\s+/)
    .map((pair) => pair.split(':'))
    .map(([form = '', host = '']): [string, [string, string]] => [form, [host, "n't"]]),
);
const BARE_SUBJECT: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['im', ['i', "'m"]],
  ['ive', ['i', "'ve"]],
  ['youre', ['you', "'re"]],
  ['youve', ['you', "'ve"]],
  ['youll', ['you', "'ll"]],
  ['theyre', ['they', "'re"]],
  ['theyve', ['they', "'ve"]],
  ['weve', ['we', "'ve"]],
  ['thats', ['that', "'s"]],
  ['whats', ['what', "'s"]],
  ['cannot', ['can', 'not']],
]);
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['wo', 'will'],
  ['ca', 'can'],
  ['sha', 'shall'],
]);

/** A host and its clitic as two words of English (don't → do n't, dont → do n't); undefined for any other word. */
export function splitForm(form: string): readonly [host: string, clitic: string] | undefined {
  const bare = BARE.get(form) ?? BARE_SUBJECT.get(form);
  if (bare !== undefined) return bare;
  if (!form.includes("'")) return undefined;
  const clitic = CLITIC.exec(form);
  if (!clitic) return undefined;
  const [, host = '', rest = ''] = clitic;
  return [HOSTS.get(host) ?? host, rest];
}
