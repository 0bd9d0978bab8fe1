import { analyse, type Lang } from '@evenkeel/language/analyse';
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
const OVERLAP_IN_THREAD = 0.4;
const OVERLAP_ELSEWHERE = 0.55;
const SHARED_WORDS = 2;
const SHOWN = 5;
const COMMON_WORD = 200;

/**
 * For each ask those earlier ones, of other messages, that share its content words; rare words weigh more. Words are
 * compared by stem in one language each, so a question repeated in another language is not found.
 *
 * @param asks in order of time
 * @returns one list per ask, the nearest in content first, at most five
 */
export function saidBefore(asks: readonly Asked[]): readonly (readonly SaidBefore[])[] {
  const words = asks.map(contentWords);
  const weigh = weights(words);
  const met = new Map<string, number[]>();
  return asks.map((ask, i) => {
    const candidates = new Set([...words[i]!].flatMap((word) => namedBy(met.get(word))));
    for (const word of words[i]!) remember(met, word, i);
    return [...candidates]
      .filter((j) => asks[j]!.interactionId !== ask.interactionId)
      .map((j) => ({ earlier: asks[j]!, ...compare(words[i]!, words[j]!, weigh) }))
      .filter(({ earlier, shared, overlap }) => shared >= SHARED_WORDS && overlap >= neededFor(ask, earlier))
      .sort((one, other) => other.overlap - one.overlap || (one.earlier.at < other.earlier.at ? -1 : 1))
      .slice(0, SHOWN)
      .map(({ earlier: { interactionId, at, number, quote }, overlap }) => ({
        interactionId,
        at,
        number,
        quote,
        overlap: Math.round(overlap * 100) / 100,
      }));
  });
}

/** A word that stands everywhere names nobody: what two asks share is then found by their other words. */
function namedBy(places: readonly number[] | undefined): readonly number[] {
  return places === undefined || places.length > COMMON_WORD ? [] : places;
}

function remember(met: Map<string, number[]>, word: string, place: number): void {
  const places = met.get(word);
  if (places) places.push(place);
  else met.set(word, [place]);
}

function neededFor(ask: Asked, earlier: Asked): number {
  const isOneThread = ask.threadId !== null && ask.threadId === earlier.threadId;
  return isOneThread ? OVERLAP_IN_THREAD : OVERLAP_ELSEWHERE;
}

const STOP = new Set([...ENGLISH_STOP_WORDS, ...FINNISH_STOP_WORDS, ...RUSSIAN_STOP_WORDS]);

/** What a sentence is about: its stems without function words. */
export function contentWords({
  quote,
  lang,
}: {
  readonly quote: string;
  readonly lang: string;
}): ReadonlySet<string> {
  const located = analyse(quote, (['en', 'ru', 'fi'].includes(lang) ? lang : 'simple') as Lang);
  const words = located.filter(({ start, end }) => !STOP.has(quote.slice(start, end).toLowerCase()));
  return new Set(words.map(({ lexeme }) => lexeme).filter((lexeme) => lexeme.length > 1));
}

type Weigh = (word: string) => number;

function weights(all: readonly ReadonlySet<string>[]): Weigh {
  const holding = new Map<string, number>();
  for (const words of all) for (const word of words) holding.set(word, (holding.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + all.length / (holding.get(word) ?? 1));
}

function compare(one: ReadonlySet<string>, other: ReadonlySet<string>, weigh: Weigh) {
  const sum = (words: Iterable<string>) => [...words].reduce((total, word) => total + weigh(word), 0);
  const shared = [...one].filter((word) => other.has(word));
  const least = Math.min(sum(one), sum(other));
  return { shared: shared.length, overlap: least === 0 ? 0 : sum(shared) / least };
}
