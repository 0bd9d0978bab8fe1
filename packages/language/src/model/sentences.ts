const END = /[.!?…]+["'”»)\]]*(?=\s|$)|\n+/gu;
/** Shorter pieces ("No.", "Mr.") stay with the next one. */
const SHORTEST = 12;
const MOST = 64;

/** Where the sentences of a text lie, roughly: for scores, where a wrong cut does no harm. At most 64. */
export function sentencesOf(text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  let start = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    if (end - start < SHORTEST || spans.length >= MOST - 1) continue;
    spans.push({ start, end });
    start = end;
  }
  if (text.length - start >= SHORTEST || spans.length === 0) spans.push({ start, end: text.length });
  else (spans.at(-1) as { end: number }).end = text.length;
  return spans;
}
