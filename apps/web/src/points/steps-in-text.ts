/** A word or a sentence of a text, by its offsets. */
export type Stretch = { readonly start: number; readonly end: number };
export type Unit = 'word' | 'sentence';

/** The words or sentences of a text, in its order, without the space and the marks between words. */
function stretchesOf(text: string, unit: Unit): readonly Stretch[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: unit });
  return [...segmenter.segment(text)].flatMap(({ segment, index, isWordLike }) => {
    if (unit === 'word' && !isWordLike) return [];
    const start = index + segment.length - segment.trimStart().length;
    const end = index + segment.trimEnd().length;
    return start < end ? [{ start, end }] : [];
  });
}

/** What is selected: from where it began, to where it was led. Both are stretches of the text. */
export type Led = { readonly anchor: Stretch; readonly focus: Stretch };

/**
 * One step on or back by word or sentence.
 *
 * @param isExtending whether what was selected stays selected
 */
export function step(
  text: string,
  now: Led | null,
  unit: Unit,
  by: 1 | -1,
  isExtending: boolean,
): Led | null {
  const all = stretchesOf(text, unit);
  if (all.length === 0) return now;
  const focus = now === null ? all[0]! : nextOf(all, now.focus, by);
  return { anchor: isExtending && now ? now.anchor : focus, focus };
}

function nextOf(all: readonly Stretch[], from: Stretch, by: 1 | -1): Stretch {
  if (by > 0) return all.find(({ start }) => start > from.start) ?? all.at(-1)!;
  return all.findLast(({ start }) => start < from.start) ?? all[0]!;
}

/** From the first selected unit to the last, whichever way it was led. */
export function wholeOf({ anchor, focus }: Led): Stretch {
  return { start: Math.min(anchor.start, focus.start), end: Math.max(anchor.end, focus.end) };
}
