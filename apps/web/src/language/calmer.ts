/** Words of a draft that are to be looked at, with a calm sentence that says it instead; null when there is none. */
export type Instead = { readonly start: number; readonly end: number; readonly words: string | null };

/** The dot in `18.5.` and `16.00`, and the one before a month's name, end no sentence. */
export const SENTENCE = /(?:[^.!?…\n]|\.(?=\p{N}|\s+\p{Ll}))+[.!?…]*/gu;

/**
 * A draft in which every sentence that has a calm one beside it is that one, each said once. What has none stays as it was
 * written: nothing is left out.
 *
 * @returns null when there is nothing to say more calmly
 */
export function calmerVersion(draft: string, found: readonly Instead[]): string | null {
  const said = new Set<string>();
  let isChanged = false;
  const calm = draft.replace(SENTENCE, (sentence, offset: number) => {
    const lead = sentence.slice(0, sentence.length - sentence.trimStart().length);
    const instead = found.flatMap(({ start, end, words }) =>
      words !== null && start < offset + sentence.length && offset < end ? [words] : [],
    );
    if (instead.length === 0) return sentence;
    isChanged = true;
    const fresh = [...new Set(instead)].filter((words) => !said.has(words));
    for (const words of fresh) said.add(words);
    return fresh.length === 0 ? '' : `${lead}${fresh.join(' ')}`;
  });
  return isChanged ? calm.trim() : null;
}
