export type Mark = { readonly start: number; readonly end: number };
export type Part = { readonly text: string; readonly start: number; readonly isMarked: boolean };

/** Before the first mark as much as tells what it stands in: a narrow line would end before it. */
const LEAD = 40;

/** The piece from shortly before its first mark, at a word; as it is where that is near its beginning. */
export function fromFirstMark(
  text: string,
  marks: readonly Mark[],
): { text: string; marks: readonly Mark[] } {
  const first = marks[0]?.start ?? 0;
  if (first <= LEAD) return { text, marks };
  const cut = text.indexOf(' ', first - LEAD) + 1;
  if (cut === 0 || cut > first) return { text, marks };
  const moved = marks.map(({ start, end }) => ({ start: start - cut + 1, end: end - cut + 1 }));
  return { text: `…${text.slice(cut)}`, marks: moved };
}

/**
 * Divides a text by its marks; the parts joined are the text. Marks that overlap, or lie outside, do no harm.
 *
 * @param marks In UTF-16 code units, in order of their start.
 */
export function markedParts(text: string, marks: readonly Mark[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const push = (until: number, isMarked: boolean) => {
    if (until > at) parts.push({ text: text.slice(at, until), start: at, isMarked });
    at = Math.max(at, until);
  };
  for (const { start, end } of marks) {
    push(Math.min(start, text.length), false);
    push(Math.min(end, text.length), true);
  }
  push(text.length, false);
  return parts;
}
