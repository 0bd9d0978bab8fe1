export type Mark = { readonly start: number; readonly end: number };
export type Part = { readonly text: string; readonly start: number; readonly isMarked: boolean };

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
