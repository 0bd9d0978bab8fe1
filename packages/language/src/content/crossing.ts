/** How Russian is written in Latin letters; soft and hard signs are not heard between alphabets. */
const LATIN_OF: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
};

/** A folded word in Latin letters, as names are carried over: орлов is orlov. */
export function inLatin(folded: string): string {
  return folded.replace(/[а-я]/g, (letter) => LATIN_OF[letter] ?? letter);
}

/** Letters that stand for one sound on the way between languages. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/[äå]/g, 'a'],
  [/ö/g, 'o'],
  [/[ckq]+/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/z/g, 's'],
  [/j/g, 'i'],
];
const SHORTEST = 4;

/**
 * The consonants of a word behind its first letter: what is left of it when it is carried to another language (project,
 * проект, projekti). Null for words too short to be told apart by them.
 */
export function bonesOf(stem: string): string | null {
  const heard = SOUNDS.reduce((word, [letters, sound]) => word.replace(letters, sound), inLatin(stem));
  if (!/^[a-z]+$/.test(heard)) return null;
  const bones = heard[0] + heard.slice(1).replace(/[aeiouy]/g, '');
  const once = bones.replace(/(.)\1+/g, '$1');
  return once.length >= SHORTEST ? once : null;
}
