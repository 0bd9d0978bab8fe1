import { RUSSIAN_STEMS } from './russian-forms.ts';

const GERUND_1 = /(?<=[ая])(?:вшись|вши|в)$/;
const GERUND_2 = /(?:ившись|ывшись|ивши|ывши|ив|ыв)$/;
const REFLEXIVE = /(?:ся|сь)$/;
const ADJECTIVE = /(?:ими|ыми|его|ого|ему|ому|ее|ие|ые|ое|ей|ий|ый|ой|ем|им|ым|ом|их|ых|ую|юю|ая|яя|ою|ею)$/;
const PARTICIPLE_1 = /(?<=[ая])(?:ем|нн|вш|ющ|щ)$/;
const PARTICIPLE_2 = /(?:ивш|ывш|ующ)$/;
const VERB_1 = /(?<=[ая])(?:ешь|нно|ете|йте|ла|на|ли|ем|ло|но|ет|ют|ны|ть|й|л|н)$/;
const VERB_2 =
  /(?:ейте|уйте|ила|ыла|ена|ите|или|ыли|ило|ыло|ено|ует|уют|ены|ить|ыть|ишь|ей|уй|ил|ыл|им|ым|ен|ят|ит|ыт|ую|ю)$/;
const NOUN =
  /(?:иями|ями|ами|ией|иям|ием|иях|ев|ов|ие|ье|еи|ии|ей|ой|ий|ям|ем|ам|ом|ах|ях|ию|ью|ия|ья|а|е|и|й|о|у|ы|ь|ю|я)$/;
const DERIVATIONAL = /(?:ость|ост)$/;
const SUPERLATIVE = /(?:ейше|ейш)$/;
const VOWEL = /[аеиоуыэюя]/;
/** нарушен, нарушена, нарушены, нарушенный …: a passive participle, from which нарушение is made. */
const PASSIVE = /(?:ен|ена|ено|ены|енн(?:ый|ая|ое|ые|ого|ому|ым|ом|ой|ую|ых|ыми))$/;

/** требую, требует, требуют: a verb whose noun is требование. Adjectives in -ую have other letters before it. */
const OVA_VERB = /(?:(?<=[бдзрсг])ую|ует|уют|уем|уете|уешь)$/;
const MIN_DERIVED = 6;

/**
 * The stems of a Russian word: the published Snowball algorithm, then fleeting vowels (звонок ~ звонка), forms no
 * ending brings together (люди ~ человек) and, as a second stem, that of the noun made from a passive participle
 * (нарушены ~ нарушение) or from a verb in -овать (требую ~ требование).
 *
 * @param word Folded: lower case, ё written е.
 * @returns One or two stems.
 * @source https://snowballstem.org/algorithms/russian/stemmer.html
 * @example russianStems('договором') // ['договор']
 */
export function russianStems(word: string): readonly string[] {
  const stem = russianStem(word);
  const noun = nounStem(word, stem);
  return noun === undefined || noun === stem ? [stem] : [stem, noun];
}

function nounStem(word: string, stem: string): string | undefined {
  if (word.length < MIN_DERIVED) return undefined;
  if (OVA_VERB.test(word)) return `${stem}ован`;
  return word.length > MIN_DERIVED && PASSIVE.test(word) ? `${stem.replace(/ен$/, '')}ен` : undefined;
}

function russianStem(word: string): string {
  const first = word.search(VOWEL);
  if (first < 0 || word.length < 3) return word;
  const head = word.slice(0, first + 1);
  const bare = head + withoutEndings(word.slice(first + 1), regionTwo(word) - first - 1);
  const stem = withoutFleetingVowel(bare).replace(/(?<=..)ова$/, 'ован');
  return RUSSIAN_STEMS.get(stem) ?? RUSSIAN_STEMS.get(bare) ?? stem;
}

/** Offset of R2: behind the second non-vowel that follows a vowel. */
function regionTwo(word: string): number {
  let at = 0;
  for (let round = 0; round < 2; round += 1) {
    while (at < word.length && !VOWEL.test(word[at] as string)) at += 1;
    while (at < word.length && VOWEL.test(word[at] as string)) at += 1;
    at += 1;
  }
  return Math.min(at, word.length);
}

/** @param region The word behind its first vowel. @param r2 Offset of R2 within it. */
function withoutEndings(region: string, r2: number): string {
  let rest = withoutInflection(region).replace(/и$/, '');
  const derived = DERIVATIONAL.exec(rest);
  if (derived && derived.index >= r2) rest = rest.slice(0, derived.index);
  if (/нн$/.test(rest)) return rest.slice(0, -1);
  const superlative = rest.replace(SUPERLATIVE, '');
  if (superlative !== rest) return superlative.replace(/нн$/, 'н');
  return rest.replace(/ь$/, '');
}

function withoutInflection(region: string): string {
  const gerund = cut(region, GERUND_2) ?? cut(region, GERUND_1);
  if (gerund !== undefined) return gerund;
  const rest = region.replace(REFLEXIVE, '');
  const adjective = cut(rest, ADJECTIVE);
  if (adjective !== undefined)
    return cut(adjective, PARTICIPLE_2) ?? cut(adjective, PARTICIPLE_1) ?? adjective;
  return cut(rest, VERB_2) ?? cut(rest, VERB_1) ?? cut(rest, NOUN) ?? rest;
}

function cut(word: string, ending: RegExp): string | undefined {
  const found = ending.exec(word);
  return found ? word.slice(0, found.index) : undefined;
}

/** звонок, ошибок → звонк, ошибк; отец → отц: so that they meet звонка, ошибка, отца. */
function withoutFleetingVowel(stem: string): string {
  if (stem.length < 4) return stem;
  return stem.replace(/([^аеиоуыэюяйь])[ое](к)$/, '$1$2').replace(/([^аеиоуыэюяйь])ец$/, '$1ц');
}
