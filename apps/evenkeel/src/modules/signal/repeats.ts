import { type Content, contentOf } from '@evenkeel/language/content/content';
import { likenessOf } from '@evenkeel/language/content/likeness';

/** Something that was asked, with where and when. */
export type Asked = {
  readonly interactionId: string;
  readonly threadId: string | null;
  readonly at: string;
  readonly number: number;
  readonly lang: string;
  readonly quote: string;
};

/** An earlier ask that says the same. `overlap` is the share of what the shorter one is about, 0…1. */
export type SaidBefore = {
  readonly interactionId: string;
  readonly at: string;
  readonly number: number;
  readonly quote: string;
  readonly overlap: number;
};

const SHOWN = 5;
const COMMON_WORD = 200;

/**
 * For each ask those earlier ones, of other messages, that are about the same: in the same language by its words, in
 * another by numbers, names and the words of business that are known in all three. One that names another sum, date or
 * number is another ask.
 *
 * @param asks in order of time
 * @returns one list per ask, the nearest in content first, at most five
 */
export function saidBefore(asks: readonly Asked[]): readonly (readonly SaidBefore[])[] {
  const compared = asks.map(comparedAsk);
  const met = new Map<string, number[]>();
  return compared.map((ask, i) => {
    const keys = ask.content.flatMap((thing) => thing.keys);
    const candidates = new Set(keys.flatMap((key) => namedBy(met.get(key))));
    for (const key of keys) remember(met, key, i);
    return nearest(
      ask,
      [...candidates].map((j) => compared[j]!),
    );
  });
}

/** An ask with what it is about, worked out once. */
export type ComparedContent = { readonly ask: Asked; readonly content: Content };

export function comparedAsk(ask: Asked): ComparedContent {
  return { ask, content: contentOf(ask.quote, ask.lang) };
}

/** Those earlier asks, of other messages, that are about the same as one: the nearest first, at most five. */
export function nearest(
  { ask, content }: ComparedContent,
  earlier: readonly ComparedContent[],
): readonly SaidBefore[] {
  return earlier
    .filter((other) => other.ask.interactionId !== ask.interactionId)
    .map((other) => ({ earlier: other.ask, overlap: overlapOf(ask, content, other.ask, other.content) }))
    .filter(({ overlap }) => overlap > 0)
    .sort((one, other) => other.overlap - one.overlap || (one.earlier.at < other.earlier.at ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ earlier: { interactionId, at, number, quote }, overlap }) => ({
      ...{ interactionId, at, number, quote },
      overlap: Math.round(overlap * 100) / 100,
    }));
}

function overlapOf(ask: Asked, content: Content, earlier: Asked, before: Content): number {
  const isOneThread = ask.threadId !== null && ask.threadId === earlier.threadId;
  const likeness = likenessOf(content, before, isOneThread);
  return likeness === null || likeness.conflict.length > 0 ? 0 : likeness.share;
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

/** A word as the keys it is known by: an ending may be read in several ways, a thing has a name in each language. */
export type ContentWord = readonly string[];

/** How many words of one are words of the other. */
export function sharedWords(some: readonly ContentWord[], others: readonly ContentWord[]): number {
  const known = new Set(others.flat());
  return some.filter((word) => word.some((lexeme) => known.has(lexeme))).length;
}

/** What a sentence is about: its words without those of every sentence, each once, in whatever language they are known. */
export function contentWords({
  quote,
  lang,
}: {
  readonly quote: string;
  readonly lang: string;
}): readonly ContentWord[] {
  return contentOf(quote, lang).map(({ keys }) => keys);
}
