import {
  ENGLISH_STOP_WORDS,
  FINNISH_STOP_WORDS,
  OTHER_STOP_WORDS,
  RUSSIAN_STOP_WORDS,
} from './stop-words.ts';

/** How much one word says for a language, in points: a function word 4, a form that is usual there 1 to 3. */
export type WordEvidence = { readonly en: number; readonly fi: number; readonly other: number };

const NONE: WordEvidence = { en: 0, fi: 0, other: 0 };
const FUNCTION_WORD = 4;

const FINNISH_ENDINGS =
  /(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|nen|sen|ista|istä|isen|aan|ään|een|iin|oon|taan|tään|maan|mään|mme|tte|vat|vät|nut|nyt|tää|taa|ssaan|stä|kaan|kään|ksen|uus|yys|uden|jen|ien|iden|oita|eita|öitä)$/;
const FINNISH_SHAPES = /aa|ää|yy|uu|[äö][äöy]|yö|uo|kk[aäiou]|[bcfgqwxzš]/;
const FOREIGN_TO_FINNISH = /[bcfqwxzå]|th|sh|ck|[^aeiouyäö]{3}/;
const ENGLISH_ENDINGS =
  /(?:ing|tion|tions|ed|ly|ment|ments|ness|able|ible|ght|ould|ice|ance|ence|ity|ful|ship)$/;
const ENGLISH_SHAPES = /th|wh|ck|ough|ee|qu|w|sh|ea/;

/** What a folded Latin word tells about the language of its text. */
export function evidenceOf(folded: string): WordEvidence {
  const en = ENGLISH_STOP_WORDS.has(folded) ? FUNCTION_WORD : 0;
  const fi = FINNISH_STOP_WORDS.has(folded) ? FUNCTION_WORD : 0;
  const other = OTHER_STOP_WORDS.has(folded) ? FUNCTION_WORD : 0;
  if (en + fi + other > FUNCTION_WORD) return NONE;
  if (en + fi + other > 0) return { en, fi, other };
  if (folded.length < 4 || /\d/.test(folded)) return NONE;
  return { en: englishShape(folded), fi: finnishShape(folded), other: otherShape(folded) };
}

function englishShape(word: string): number {
  if (/[äöå]/.test(word)) return 0;
  return (ENGLISH_ENDINGS.test(word) ? 1 : 0) + (ENGLISH_SHAPES.test(word) ? 0.5 : 0);
}

function finnishShape(word: string): number {
  if (FOREIGN_TO_FINNISH.test(word)) return 0;
  const ending = FINNISH_ENDINGS.test(word) ? 1.5 : 0;
  const shape = FINNISH_SHAPES.test(word) ? 0.75 : 0;
  return ending + shape + (/[äö]/.test(word) && ending + shape > 0 ? 1 : 0);
}

function otherShape(word: string): number {
  return /å|sch|[äö].*[bcdfgqwxz]|[bcfgqwxz].*[äö]/.test(word) ? 1.5 : 0;
}

export function isStopWord(folded: string): boolean {
  return ENGLISH_STOP_WORDS.has(folded) || FINNISH_STOP_WORDS.has(folded) || RUSSIAN_STOP_WORDS.has(folded);
}
