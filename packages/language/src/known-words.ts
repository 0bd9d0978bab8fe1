import { analyse, type Lang } from './analyse.ts';
import { partsOf } from './text/parts.ts';

/**
 * Which words somebody knows because they wrote them: one word in any of its forms, several as they stand. Quoted history
 * and signatures are not theirs.
 *
 * @param words as they stand in the text that is read
 * @param texts what they wrote
 * @param lang of the text that is read; their own may be in another
 * @example knownAmong(['SLA'], ['What does the SLA say?'], 'en') // Set { 'SLA' }
 */
export function knownAmong(
  words: readonly string[],
  texts: readonly string[],
  lang: Lang,
): ReadonlySet<string> {
  const open = new Map([...new Set(words)].map((word) => [word, lexemesOf(word, lang)]));
  const known = new Set<string>();
  for (const text of texts) {
    if (open.size === 0) break;
    const own = ownWords(text);
    for (const [word, lexemes] of open)
      if (isIn(own, word, lexemes, lang)) {
        known.add(word);
        open.delete(word);
      }
  }
  return known;
}

function lexemesOf(words: string, lang: Lang): readonly string[] {
  return analyse(words, lang).map(({ lexeme }) => lexeme);
}

function ownWords(text: string): string {
  return partsOf(text)
    .flatMap(({ role, start, end }) => (role === 'own' ? [text.slice(start, end)] : []))
    .join('\n')
    .toLowerCase();
}

/** So many letters of a word stay the same in all its forms; a text without them need not be analysed. */
const ROOT = 3;

function isIn(own: string, word: string, lexemes: readonly string[], lang: Lang): boolean {
  const written = word.toLowerCase().trim();
  if (lexemes.length === 0 || !own.includes(written.slice(0, ROOT))) return false;
  if (/\s/.test(written)) return wholeWords(written).test(own);
  const theirs = new Set(lexemesOf(own, lang));
  return lexemes.every((lexeme) => theirs.has(lexeme));
}

function wholeWords(written: string): RegExp {
  const escaped = written.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u');
}
