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

type Place = { readonly start: number; readonly end: number };

/** Where terms stand in a text, in any of their forms; several words stand beside each other. */
export function termsIn<Term extends { readonly term: string }>(
  text: string,
  terms: readonly Term[],
  lang: Lang,
): readonly (Place & Term)[] {
  if (terms.length === 0) return [];
  const units = unitsOf(text, lang);
  const found = terms.flatMap((term) => {
    const asked = unitsOf(term.term, lang);
    if (asked.length === 0) return [];
    const starts = [...units.keys()].filter((at) => asked.every((unit, i) => meets(unit, units[at + i])));
    return starts.map((at) => ({
      ...term,
      start: units[at]!.start,
      end: units[at + asked.length - 1]!.end,
    }));
  });
  return found.toSorted((one, other) => one.start - other.start);
}

/** Whether one of these texts says a term together with its plain words: who read it was told what the term means. */
export function isExplained(
  { term, plain }: { readonly term: string; readonly plain: string },
  texts: readonly string[],
  lang: Lang,
): boolean {
  const lexemes = lexemesOf(term, lang);
  const said = wholeWords(plain.toLowerCase().trim());
  return texts.map(ownWords).some((own) => said.test(own) && isIn(own, term, lexemes, lang));
}

type Unit = Place & { readonly lexemes: ReadonlySet<string> };

function unitsOf(text: string, lang: Lang): readonly Unit[] {
  const byPlace = Map.groupBy(analyse(text, lang), ({ start, end }) => `${start} ${end}`);
  return [...byPlace.values()].map((same) => ({
    start: same[0]!.start,
    end: same[0]!.end,
    lexemes: new Set(same.map(({ lexeme }) => lexeme)),
  }));
}

function meets({ lexemes }: Unit, other: Unit | undefined): boolean {
  return other !== undefined && [...lexemes].some((lexeme) => other.lexemes.has(lexeme));
}
