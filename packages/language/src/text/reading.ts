import type { Lang } from '../analyse.ts';
import { CYRILLIC, LATIN } from '../characters.ts';
import { majorityOf } from '../detect.ts';
import { type Normalised, normalise } from './normalise.ts';
import { type Part, partsOf } from './parts.ts';
import { type Sentence, sentencesOf } from './sentences.ts';
import type { Token } from './tokens.ts';

/** A sentence, its language, and the part of the text it stands in. */
export type ReadSentence = Sentence & { readonly lang: Lang };

/**
 * A text made ready for rules and models.
 *
 * @property cutAt offset behind what was read, where the text is longer; null if all of it was
 * @property sentences those of the writer's own parts only
 */
export type Reading = {
  readonly normalised: Normalised;
  readonly lang: Lang;
  readonly parts: readonly Part[];
  readonly sentences: readonly ReadSentence[];
  readonly cutAt: number | null;
};

/**
 * UTF-16 units of a text that are read, some sixty pages: within a second also where every sentence holds signs and no
 * text was read before. The rest is said to be left out.
 */
export const MAX_READ = 120_000;

/** A mail is asked for signs, requests and scores in turn; a longer text is not kept in memory. */
const MAX_KEPT = 50_000;
let last: { readonly text: string; readonly lang: Lang | undefined; readonly reading: Reading } | null = null;

/**
 * Reads a text, or hands out the last reading where the same is asked again.
 *
 * @param lang of sentences that do not tell their own, and of the text as it is reported
 */
export function readText(text: string, lang?: Lang): Reading {
  if (last !== null && last.lang === lang && last.text === text) return last.reading;
  const reading = readAnew(text, lang);
  last = text.length > MAX_KEPT ? null : { text, lang, reading };
  return reading;
}

function readAnew(text: string, lang: Lang | undefined): Reading {
  const cutAt = text.length > MAX_READ ? cutBefore(text, MAX_READ) : null;
  const source = cutAt === null ? text : text.slice(0, cutAt);
  const normalised = normalise(source);
  const parts = partsOf(source);
  const sentences = ownStretches(parts, normalised).flatMap(([from, to]) =>
    sentencesOf(normalised, from, to),
  );
  const scores = sentences.map(({ tokens }) => scoreOf(tokens));
  const whole = lang ?? langOf(sumOf(scores), normalised.text);
  return {
    normalised,
    lang: whole,
    parts,
    sentences: withLanguages(sentences, scores, whole, lang !== undefined, normalised.text),
    cutAt,
  };
}

function cutBefore(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

/** The own parts as offsets of the folded text. */
function ownStretches(parts: readonly Part[], normalised: Normalised): (readonly [number, number])[] {
  return parts
    .filter(({ role }) => role === 'own')
    .map(({ start, end }) => [foldedOffset(normalised, start), foldedOffset(normalised, end)] as const);
}

/** The first unit of the folded text that comes from `offset` or behind it. */
function foldedOffset({ starts, text }: Normalised, offset: number): number {
  if (starts === null) return Math.min(offset, text.length);
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Score = { en: number; fi: number; other: number; cyrillic: number; latin: number; translit: number };

function scoreOf(tokens: readonly Token[]): Score {
  const score: Score = { en: 0, fi: 0, other: 0, cyrillic: 0, latin: 0, translit: 0 };
  for (const { known, start, end } of tokens) {
    if (known.script === CYRILLIC) score.cyrillic += end - start;
    if (known.script !== LATIN) continue;
    score.latin += end - start;
    score.en += known.evidence.en;
    score.fi += known.evidence.fi;
    score.other += known.evidence.other;
    if (known.isTransliterated) score.translit += 1;
  }
  return score;
}

function sumOf(scores: readonly Score[]): Score {
  const sum: Score = { en: 0, fi: 0, other: 0, cyrillic: 0, latin: 0, translit: 0 };
  for (const { en, fi, other, cyrillic, latin, translit } of scores) {
    sum.en += en;
    sum.fi += fi;
    sum.other += other;
    sum.cyrillic += cyrillic;
    sum.latin += latin;
    sum.translit += translit;
  }
  return sum;
}

function langOf(score: Score, text: string): Lang {
  return majorityOf(score, text);
}

const MIN_TRANSLITERATED = 2;

/** Below this many points a sentence does not speak for itself. */
const MIN_POINTS = 3;
const POINTS_OF_A_WORD = 4;

/** A sentence that does not tell its language takes that of the whole, or of the one before it where the script differs. */
function withLanguages(
  sentences: readonly Sentence[],
  scores: readonly Score[],
  whole: Lang,
  isStated: boolean,
  text: string,
): ReadSentence[] {
  const latin = isStated || whole === 'en' || whole === 'fi' ? whole : latinLanguage(scores, whole);
  return sentences.map((sentence, at) => ({
    ...sentence,
    lang: sentenceLang(scores[at] as Score, whole, latin, text),
  }));
}

function latinLanguage(scores: readonly Score[], whole: Lang): Lang {
  const sum = sumOf(scores);
  if (sum.other > Math.max(sum.en, sum.fi)) return 'simple';
  return sum.fi > sum.en
    ? 'fi'
    : whole === 'simple' && sum.en === 0 && sum.latin > MAX_GUESSED
      ? 'simple'
      : 'en';
}

/** More letters than these without one word of English are no short English exclamation. */
const MAX_GUESSED = 120;

function sentenceLang(score: Score, whole: Lang, latin: Lang, text: string): Lang {
  if (score.cyrillic > score.latin) return whole === 'simple' ? langOf({ ...score, latin: 0 }, text) : 'ru';
  if (score.latin === 0) return whole;
  const points = Math.max(score.en, score.fi, score.other);
  if (score.translit >= MIN_TRANSLITERATED && points < POINTS_OF_A_WORD * score.translit) return 'ru';
  return points >= MIN_POINTS ? langOf(score, text) : latin;
}
