import { CYRILLIC, LATIN } from './characters.ts';
import { scanTokens } from './tokens.ts';
import { wordAt } from './words.ts';

/** What the words of a text say for each language, in points; `cyrillic` and `latin` count letters. */
export type LanguageScore = { en: number; fi: number; other: number; cyrillic: number; latin: number };

const SAMPLE_LENGTH = 2_000;
/** Most texts are clear by the first of these; the others are read on. */
const LOOK_LENGTHS = [200, 400];
/** So many points, or Cyrillic letters, make a look enough. */
const ENOUGH_POINTS = 12;
const ENOUGH_LETTERS = 100;
/** From this many points on, a language is believed; below, a short text stays open. */
const MIN_POINTS = 3;
const CLEAR_RATIO = 8;
/** Letters that Russian does not have and its neighbours do. */
const NOT_RUSSIAN = /[іїєґўјљњћђџқғүұһө]/i;

/** Adds up the evidence of as much as is needed to be sure, and of at most the first 2,000 characters. */
export function scoreLanguages(text: string): LanguageScore {
  for (const length of LOOK_LENGTHS) {
    const look = scoreOf(text.slice(0, length));
    if (text.length <= length || isClear(look)) return look;
  }
  return scoreOf(text.slice(0, SAMPLE_LENGTH));
}

function isClear(score: LanguageScore): boolean {
  if (score.cyrillic > score.latin)
    return score.cyrillic >= ENOUGH_LETTERS && score.cyrillic > CLEAR_RATIO * score.latin;
  return Math.max(score.en, score.fi) >= ENOUGH_POINTS && analysesOf(score) !== 'both';
}

function scoreOf(sample: string): LanguageScore {
  const score: LanguageScore = { en: 0, fi: 0, other: 0, cyrillic: 0, latin: 0 };
  scanTokens(sample, (start, end, kind) => {
    if (kind === CYRILLIC) score.cyrillic += end - start;
    if (kind !== LATIN) return;
    score.latin += end - start;
    const { evidence } = wordAt(sample, start, end, kind);
    score.en += evidence.en;
    score.fi += evidence.fi;
    score.other += evidence.other;
  });
  return score;
}

/** The majority's language, or `simple` where none of the three is likely. */
export function majorityOf(score: LanguageScore, text: string): 'en' | 'ru' | 'fi' | 'simple' {
  if (score.cyrillic > score.latin) return NOT_RUSSIAN.test(text.slice(0, SAMPLE_LENGTH)) ? 'simple' : 'ru';
  const best = Math.max(score.en, score.fi);
  if (best === 0 || best <= score.other) return 'simple';
  return score.fi > score.en ? 'fi' : 'en';
}

/**
 * Which analyses the Latin words of a row need. Both, unless one language is clear: a reply in Finnish over a quoted
 * English mail, a text of three words and a text in Swedish are held in both.
 */
export function analysesOf(score: Pick<LanguageScore, 'en' | 'fi' | 'other'>): 'en' | 'fi' | 'both' {
  if (score.en >= MIN_POINTS && score.en > CLEAR_RATIO * (score.fi + score.other)) return 'en';
  if (score.fi >= MIN_POINTS && score.fi > CLEAR_RATIO * (score.en + score.other)) return 'fi';
  return 'both';
}
