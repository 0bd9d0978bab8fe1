/** A stretch of a text: the writer's own words, or what was quoted from before. */
export type Stretch = { readonly kind: 'own' | 'quoted'; readonly text: string; readonly lines: number };

/** Shorter quotes are part of an answer point by point and stay open. */
const FOLDED_FROM_LINES = 4;

/**
 * Divides a text for display; nothing is left out, the stretches joined are the text.
 *
 * @param quotedFrom Where the quoted history begins, in UTF-16 code units; null if there is none.
 */
export function foldQuotes(text: string, quotedFrom: number | null): Stretch[] {
  const end = quotedFrom ?? text.length;
  const stretches = foldMarkedLines(text.slice(0, end));
  if (end < text.length) stretches.push(stretch('quoted', text.slice(end)));
  return stretches;
}

function foldMarkedLines(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  for (const group of groupLines(text)) {
    const before = stretches.at(-1);
    const isFolded = group.isMarked && group.lines.length >= FOLDED_FROM_LINES;
    const words = group.lines.join('');
    if (!isFolded && before?.kind === 'own')
      stretches[stretches.length - 1] = stretch('own', before.text + words);
    else stretches.push(stretch(isFolded ? 'quoted' : 'own', words));
  }
  return stretches;
}

function groupLines(text: string): { isMarked: boolean; lines: string[] }[] {
  const groups: { isMarked: boolean; lines: string[] }[] = [];
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const isMarked = line.startsWith('>');
    const group = groups.at(-1);
    if (group?.isMarked === isMarked) group.lines.push(line);
    else groups.push({ isMarked, lines: [line] });
  }
  return groups;
}

function stretch(kind: Stretch['kind'], text: string): Stretch {
  return { kind, text, lines: text.replace(/\n$/, '').split('\n').length };
}
