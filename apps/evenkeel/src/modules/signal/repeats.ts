import { analyse } from '@evenkeel/language/analyse';
import { ENGLISH_STOP_WORDS, FINNISH_STOP_WORDS, RUSSIAN_STOP_WORDS } from '@evenkeel/language/stop-words';

/** Something that was asked, with where and when. */
export type Asked = {
  readonly interactionId: string;
  readonly threadId: string | null;
  readonly at: string;
  readonly number: number;
  readonly lang: string;
  readonly quote: string;
};

/** An earlier ask that says the same. `overlap` is the share of the shorter one's content words, 0…1. */
export type SaidBefore = {
  readonly interactionId: string;
  readonly at: string;
  readonly number: number;
  readonly quote: string;
  readonly overlap: number;
};

/** In one conversation fewer words are repeated, because both know what is meant. */
const OVERLAP_IN_THREAD = 0.34;
const OVERLAP_ELSEWHERE = 0.5;
/** A short wish inside a long sentence about something else is another wish. */
const OVERLAP_OF_LONGER = 0.25;
const SHARED_WORDS = 2;
/** "Where is the login?" has one word; what shares it is the same wish as long as it speaks of little else. */
const LONGEST_AROUND_ONE_WORD = 4;
const SHORTEST_ONE_WORD = 5;
const SHOWN = 5;
const COMMON_WORD = 200;

/**
 * For each ask those earlier ones, of other messages, that share its content words. Words are compared by stem, in one
 * language each, so a question repeated in another language is not found.
 *
 * @param asks in order of time
 * @returns one list per ask, the nearest in content first, at most five
 */
export function saidBefore(asks: readonly Asked[]): readonly (readonly SaidBefore[])[] {
  const words = asks.map(contentWords);
  const met = new Map<string, number[]>();
  return asks.map((ask, i) => {
    const lexemes = words[i]!.flat();
    const candidates = new Set(lexemes.flatMap((lexeme) => namedBy(met.get(lexeme))));
    for (const lexeme of lexemes) remember(met, lexeme, i);
    return [...candidates]
      .filter((j) => asks[j]!.interactionId !== ask.interactionId)
      .map((j) => ({ earlier: asks[j]!, overlap: overlapOf(words[i]!, words[j]!) }))
      .filter(({ earlier, overlap }) => overlap >= neededFor(ask, earlier))
      .sort((one, other) => other.overlap - one.overlap || (one.earlier.at < other.earlier.at ? -1 : 1))
      .slice(0, SHOWN)
      .map(({ earlier: { interactionId, at, number, quote }, overlap }) => ({
        ...{ interactionId, at, number, quote },
        overlap: Math.round(overlap * 100) / 100,
      }));
  });
}

/** A word that stands everywhere names nobody: what two asks share is then found by their other words. */
function namedBy(places: readonly number[] | undefined): readonly number[] {
  return places === undefined || places.length > COMMON_WORD ? [] : places;
}

function remember(met: Map<string, number[]>, lexeme: string, place: number): void {
  const places = met.get(lexeme);
  if (!places) met.set(lexeme, [place]);
  else if (places.at(-1) !== place) places.push(place);
}

function neededFor(ask: Asked, earlier: Asked): number {
  const isOneThread = ask.threadId !== null && ask.threadId === earlier.threadId;
  return isOneThread ? OVERLAP_IN_THREAD : OVERLAP_ELSEWHERE;
}

/** A word as the lexemes it may be: an ending may be read in several ways. */
export type ContentWord = readonly string[];

/** Share of the shorter one's words that the other has too, 0…1; 0 where what they share is too little to tell. */
function overlapOf(one: readonly ContentWord[], other: readonly ContentWord[]): number {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  const shared = sharedWords(shorter, longer);
  const isEnough =
    shared >= SHARED_WORDS ||
    (shorter.length === 1 &&
      shared === 1 &&
      longer.length <= LONGEST_AROUND_ONE_WORD &&
      isTelling(shorter[0]!));
  return isEnough && shared / longer.length >= OVERLAP_OF_LONGER ? shared / shorter.length : 0;
}

/** "Pay" may be asked of anything; "login" is one thing. */
function isTelling(word: ContentWord): boolean {
  return word.some((lexeme) => lexeme.length >= SHORTEST_ONE_WORD);
}

/** How many words of one are words of the other. */
export function sharedWords(some: readonly ContentWord[], others: readonly ContentWord[]): number {
  const known = new Set(others.flat());
  return some.filter((word) => word.some((lexeme) => known.has(lexeme))).length;
}

/** What every wish is wrapped in says nothing about what is wished. */
const ASKING = `
  ask asked asking need needs want wants get got give send sent still yet when where why could third second first time
  когда где почему зачем прошу просил просила нужно надо хочу ещё снова опять наконец раз пожалуйста
  milloin missä miksi yhä vieläkin haluan tarvitsen pyydän pyysin kerran kerta`;
const STOP = new Set([
  ...ENGLISH_STOP_WORDS,
  ...FINNISH_STOP_WORDS,
  ...RUSSIAN_STOP_WORDS,
  ...ASKING.trim().split(/\s+/),
]);

/** What a sentence is about: its words without those of every sentence, each once. */
export function contentWords({
  quote,
  lang,
}: {
  readonly quote: string;
  readonly lang: string;
}): readonly ContentWord[] {
  const known = lang === 'en' || lang === 'ru' || lang === 'fi';
  const words = new Map<string, string[]>();
  for (const { lexeme, start, end } of analyse(quote, known ? lang : 'simple')) {
    const written = quote.slice(start, end).toLowerCase();
    if (STOP.has(written) || lexeme.length < 2) continue;
    words.set(written, [...(words.get(written) ?? []), lexeme]);
  }
  return [...words.values()];
}
