import type { ExportedItem, Reaction } from './exported.ts';

/** Who set one sign, and when. */
export type Setter = Pick<Reaction, 'by' | 'at'>;

/** A hostile entry must not become a longer list than anybody reads. */
const MOST = 500;
/** Nobody is named twice under one sign, and nobody counts so far. */
const HIGHEST_COUNT = 1_000_000_000;
/** A sign alone: pictures and what joins or colours them, no letter. */
const SIGN =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3)+/u;

/** One sign with all who set it; who is counted and not named comes last. */
export function reactionsTo(
  what: string | null,
  named: readonly Setter[],
  count: number | null = null,
): readonly Reaction[] {
  if (what === null || what === '') return [];
  const known = named.filter(({ by }) => by !== null).map(({ by, at }) => ({ what, by, count: 1, at }));
  const more = Math.min(count ?? named.length, HIGHEST_COUNT) - known.length;
  return more >= 1 ? [...known, { what, by: null, count: Math.floor(more), at: null }] : known;
}

/** The field of an entry; absent where nobody set a sign. */
export function reacted(reactions: readonly Reaction[]): Pick<ExportedItem, 'reactions'> {
  return reactions.length === 0 ? {} : { reactions: reactions.slice(0, MOST) };
}

/** `👍Anna Orlova`, as pages write it: the sign, then whose it is. Null for words that do not begin with a sign. */
export function signAndName(words: string): { readonly what: string; readonly name: string } | null {
  const [what] = SIGN.exec(words) ?? [];
  const name = words.slice(what?.length ?? 0).trim();
  return what && name !== '' ? { what, name } : null;
}

/** Whether it is signs and nothing else. */
export function isSign(words: string): boolean {
  return SIGN.exec(words)?.[0] === words;
}
