import {
  addKey,
  addPlural,
  addStem,
  endsInLongVowel,
  endsInTwoVowels,
  endsInVowel,
  type Grade,
  isVowel,
  type Keys,
} from './finnish-stem.ts';

const MIN_STEM = 3;

/**
 * Adds the keys of a word form without clitic and possessive: every reading its ending allows, the likeliest first.
 */
export function addForm(keys: Keys, word: string): void {
  if (addLocalCase(keys, word)) return;
  const last = word[word.length - 1];
  if (last === 'n') addFormInN(keys, word);
  else if (last === 't') addFormInT(keys, word);
  else if (last === 's') addFormInS(keys, word);
  else if (last === 'a' || last === 'ä') addFormInA(keys, word);
  else if (last === 'i') addFormInI(keys, word);
  else if (last === 'e') addKey(keys, word);
  else if (endsInVowel(word)) addNominative(keys, word);
  else addKey(keys, `${word}i`);
}

/** -ssa -sta -lla -lta -lle -ksi: their stem is weak. `-sta` is also the partitive of words in -s and -nen. */
function addLocalCase(keys: Keys, word: string): boolean {
  const ending = /(?:ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi)$/.exec(word);
  if (!ending) return false;
  const stem = word.slice(0, ending.index);
  const kind = ending[0].slice(0, 2);
  if (kind === 'lt' && isOneSyllable(stem)) addKey(keys, `${stem}li`);
  if (stem.length < MIN_STEM || !endsInVowel(stem)) return false;
  if (kind === 'st') addPartitiveOfS(keys, stem);
  addOblique(keys, stem, 'weak');
  addVerbalNoun(keys, stem);
  return true;
}

/** sopimusta, naista: likelier than an elative where -us, -ys, -is ends the stem; else it comes second. */
function addPartitiveOfS(keys: Keys, stem: string): void {
  if (/[uyi]$/.test(stem)) addKey(keys, `${stem}s`);
  addOblique(keys, stem, 'weak');
  addKey(keys, `${stem}s`);
}

/** maksamassa, maksamasta: the verb's stem beside the noun's. */
function addVerbalNoun(keys: Keys, stem: string): void {
  if (/[aeiouyäö]m[aä]$/.test(stem) && stem.length >= 6) addKey(keys, stem.slice(0, -2));
}

function isOneSyllable(stem: string): boolean {
  return /^[^aeiouyäö]*[aeiouyäö]{1,2}$/.test(stem) && stem.length <= 4 && stem.length >= 2;
}

/** A stem before an ending: with -i it may be a plural. */
export function addOblique(keys: Keys, stem: string, grade: Grade): void {
  if (!stem.endsWith('i')) {
    addStem(keys, stem, grade);
    return;
  }
  if (stem.length <= MIN_STEM && endsInTwoVowels(stem)) addKey(keys, stem);
  addPlural(keys, stem.slice(0, -1), grade);
}

function addNominative(keys: Keys, word: string): void {
  addStem(keys, word, 'strong');
  addPassive(keys, word);
}

/** maksettu, sovittu: the verb beside the participle. */
function addPassive(keys: Keys, word: string): void {
  const ending = /t?t[uy]$/.exec(word);
  if (!ending || ending.index < MIN_STEM || !word.endsWith(`tt${word[word.length - 1]}`)) return;
  addVerbStem(keys, word.slice(0, ending.index));
}

/** The passive's -e- stands for -a-: makse(tu), makse(taan) → maksa. */
function addVerbStem(keys: Keys, stem: string): void {
  if (!stem.endsWith('e')) {
    if (endsInVowel(stem)) addStem(keys, stem, 'weak');
  } else addStem(keys, stem.slice(0, -1) + (/[aou]/.test(stem) ? 'a' : 'ä'), 'weak');
}

function addFormInN(keys: Keys, word: string): void {
  if (word.length >= 5 && word.endsWith('nen')) {
    addNen(keys, word.slice(0, -3));
    return;
  }
  if (addPluralGenitive(keys, word) || addIllative(keys, word)) return;
  const stem = word.slice(0, -1);
  if (!endsInVowel(stem)) {
    addKey(keys, `${word}i`);
    return;
  }
  addOblique(keys, stem, 'weak');
  if (/(?:[aäoö]in|elin|alin|llin|rrin|[st]kin|[^t]tin|t[oö]n)$/.test(word) && word.length >= 5)
    addKey(keys, word);
  if (/[aeiouyäö]ttin$/.test(word)) return;
  if (/[aeiouyäö]tin$/.test(word)) addPastTense(keys, stem);
}

/** lähetin, odotin: the past of a verb in -taa. */
function addPastTense(keys: Keys, stem: string): void {
  addStem(keys, stem.slice(0, -1) + (/[aou]/.test(stem) ? 'a' : 'ä'), 'weak');
}

function addNen(keys: Keys, before: string): void {
  addKey(keys, `${before}s`);
  if (before.length <= MIN_STEM) addStem(keys, `${before}ne`, 'weak');
  if (before.endsWith('mi') && before.length >= 6) addStem(keys, before.slice(0, -2), 'strong');
}

/** -jen, -ien, -iden, -itten, -sten and the -ten of words in -n, -r, -l. */
function addPluralGenitive(keys: Keys, word: string): boolean {
  const ending = /(?:(?<=[oöuye])jen|i(?:d|tt)en|ien|(?<=[snrl])ten)$/.exec(word);
  if (!ending || ending.index < 2) return false;
  const stem = word.slice(0, ending.index);
  if (ending[0] === 'ten') addConsonantForm(keys, stem);
  else if (ending[0] === 'ien' && endsInVowel(stem)) return false;
  else addPlural(keys, stem, 'strong');
  if (ending[0] === 'iden' && stem.length <= MIN_STEM) addStem(keys, word.slice(0, -1), 'weak');
  return true;
}

/** The consonant stem before -ta, -ten: nais, pien, puhelin, suur, kiel. */
function addConsonantForm(keys: Keys, stem: string): void {
  if (stem.endsWith('s')) {
    addKey(keys, stem);
    return;
  }
  if (/(?:i|t[oö])n$/.test(stem) && stem.length >= 5) addKey(keys, stem);
  addKey(keys, `${stem}i`);
}

/** -seen, -siin, -ihin, -hVn, -Vn; the last also is the genitive of a stem in a long vowel. */
function addIllative(keys: Keys, word: string): boolean {
  if (/([aeiouyäö])\1seen$/.test(word)) addStem(keys, word.slice(0, -4), 'strong');
  else if (/[aeiouyäö]isiin$/.test(word)) addSiin(keys, word);
  else if (/[^i]ihin$/.test(word) && word.length >= 6) addPlural(keys, word.slice(0, -4), 'strong');
  else if (/[aeiouyäö]([aeiouyäö])h\1n$/.test(word)) addOblique(keys, word.slice(0, -3), 'strong');
  else if (word.length >= 5 && /([aeiouyäö])\1n$/.test(word)) addLongVowelN(keys, word);
  return keys.length > 0;
}

/** vapaisiin, kirjeisiin; but also naisiin. */
function addSiin(keys: Keys, word: string): void {
  addPlural(keys, word.slice(0, -5), 'strong');
  addKey(keys, word.slice(0, -3));
}

/** kauppaan, tiliin, koiriin, oveen; asiakkaan, kirjeen. */
function addLongVowelN(keys: Keys, word: string): void {
  if (word.endsWith('iin')) addPlural(keys, word.slice(0, -3), 'strong');
  else addStem(keys, word.slice(0, -1), 'strong');
  if (word.endsWith('een')) addStem(keys, word.slice(0, -2), 'strong');
  addVerbIllative(keys, word);
}

/** maksamaan → maksa; maksetaan, maksettiin → maksa; maksaneen → maksa. */
function addVerbIllative(keys: Keys, word: string): void {
  const ending = /(?:maan|mään|t?taan|t?tään|t?tiin|neen)$/.exec(word);
  if (!ending || ending.index < MIN_STEM) return;
  const stem = word.slice(0, ending.index);
  if (!endsInVowel(stem) || (stem.length === MIN_STEM && ending[0] === 'neen')) return;
  if (ending[0].startsWith('t')) addVerbStem(keys, stem);
  else addStem(keys, stem, 'strong');
}

function addFormInT(keys: Keys, word: string): void {
  if (addParticiple(keys, word)) return;
  const stem = word.slice(0, -1);
  if (!endsInVowel(stem)) {
    addKey(keys, `${word}i`);
    return;
  }
  addOblique(keys, stem, 'weak');
  if (/v[aä]t$/.test(word) && word.length >= 6) addStem(keys, word.slice(0, -3), 'strong');
}

/** maksanut, tullut, maksaneet → the verb's stem. */
function addParticiple(keys: Keys, word: string): boolean {
  const ending = /(?:(?:n|(?<=l)l|(?<=r)r|(?<=s)s)[uy]t|neet)$/.exec(word);
  if (!ending || ending.index < 2) return false;
  if (ending[0] === 'neet' && ending.index < 4) return false;
  const stem = word.slice(0, ending.index).replace(/n$/, '');
  addStem(keys, stem, endsInVowel(stem) ? 'strong' : 'weak');
  return ending[0] === 'neet' || endsInVowel(stem) || word.includes('nn');
}

function addFormInS(keys: Keys, word: string): void {
  const stem = word.slice(0, -1);
  if (!endsInVowel(stem)) {
    addKey(keys, `${word}i`);
    return;
  }
  if (/[aäie]$/.test(stem)) addKey(keys, stem);
  addKey(keys, word);
}

function addFormInI(keys: Keys, word: string): void {
  const stem = word.slice(0, -1);
  addStem(keys, word, 'strong');
  if (/[oö]i$/.test(word) && word.length >= 4) addPlural(keys, stem, 'weak');
  if (/[aeiouyäö]isi$/.test(word) && word.length >= 7) addStem(keys, word.slice(0, -3), 'strong');
  if (/[aeiouyäö]tti$/.test(word)) addPastTense(keys, `${word.slice(0, -2)}i`);
  if (/[aeiouyäö]si$/.test(word) && word.length >= 6) addKey(keys, word.slice(0, -2));
}

function addFormInA(keys: Keys, word: string): void {
  if (addPartitiveInTa(keys, word) || addPartitivePlural(keys, word)) return;
  const stem = word.slice(0, -1);
  if (/[^n]n[aä]$/.test(word) && word.length >= 5) {
    addEssive(keys, word);
    return;
  }
  if (endsInLongVowel(word)) {
    addStem(keys, word, 'strong');
    return;
  }
  if (/[ouyöeiä]$/.test(stem) && stem.length >= MIN_STEM) addPartitiveOfVowel(keys, word, stem);
  else addNominative(keys, word);
  addVaParticiple(keys, word);
}

/** taloa, tiliä, ovea; but also tärkeä, asia, lupia. */
function addPartitiveOfVowel(keys: Keys, word: string, stem: string): void {
  if (stem.endsWith('i')) addPlural(keys, stem.slice(0, -1), 'strong');
  else addStem(keys, stem, 'strong');
  const isNominativeToo = /[ie]$/.test(stem) && !/(?:ks|[aeiouyäö]s|im)i$/.test(stem);
  if (isNominativeToo || stem.length === MIN_STEM) addStem(keys, word, 'strong');
}

function addEssive(keys: Keys, word: string): void {
  const stem = word.slice(0, -2);
  if (stem.length < 5) addStem(keys, word, 'strong');
  addOblique(keys, stem, 'strong');
  addStem(keys, word, 'strong');
}

function addVaParticiple(keys: Keys, word: string): void {
  if (/[aeiouyäö]v[aä]$/.test(word) && word.length >= 6) addStem(keys, word.slice(0, -2), 'strong');
}

/** kirjettä, oikeutta, taloita, työtä, pientä; hinta and toiminta stay nominatives too. */
function addPartitiveInTa(keys: Keys, word: string): boolean {
  if (!/t[aä]$/.test(word)) return false;
  const stem = word.slice(0, -2);
  if (/[aeiouyäö]t$/.test(stem)) {
    addDoubleT(keys, word, stem);
    return true;
  }
  if (endsInTwoVowels(stem)) {
    addTaAfterVowels(keys, word, stem);
    return true;
  }
  if (/[aeiouyäö]$/.test(stem) && stem.length >= 4) addKey(keys, stem);
  if (!/[nr]$/.test(stem) || stem.length < MIN_STEM) return false;
  addStem(keys, word, 'strong');
  addConsonantForm(keys, stem);
  return true;
}

/** kirjettä → kirje; oikeutta, kättä → oikeus, käs; odottamatta → odotta. */
function addDoubleT(keys: Keys, word: string, stem: string): boolean {
  const before = stem.slice(0, -1);
  if (/[aeiouyäö]m[aä]$/.test(before) && before.length >= 6) addStem(keys, before.slice(0, -2), 'strong');
  else if (before.endsWith('e') && before.length > 2) addKey(keys, before);
  else if (/[uyoöä]$/.test(before) || before.length <= 3) addKey(keys, `${before}s`);
  addStem(keys, word, 'strong');
  return true;
}

function addTaAfterVowels(keys: Keys, word: string, stem: string): boolean {
  if (stem.endsWith('i') && stem.length > MIN_STEM) addPlural(keys, stem.slice(0, -1), 'strong');
  else if (endsInLongVowel(stem) || stem.length <= MIN_STEM) addStem(keys, stem, 'strong');
  if (stem.length <= 4 || !endsInLongVowel(stem)) addStem(keys, word, 'strong');
  return true;
}

/** laskuja, kauppoja, tilejä; -ija and -aja are nouns of their own (myyjä, maksaja). */
function addPartitivePlural(keys: Keys, word: string): boolean {
  if (!/[oöuye]j[aä]$/.test(word) || word.length < 5) return false;
  addPlural(keys, word.slice(0, -2), 'strong');
  if (word.length < 6 || !isVowel(word[word.length - 3])) addStem(keys, word, 'strong');
  return true;
}
