/** UTF-16 code units of a text. */
export type Span = { readonly start: number; readonly end: number };

/** Where each part of the words stands in them. */
export type Parts = {
  readonly text: Span | null;
  readonly quotes: readonly Span[];
  readonly outcome: Span | null;
};

/** A text in which only these spans have words; everything else is blank, so that every place stays where it is. */
export function onlyWithin(text: string, spans: readonly Span[]): string {
  let seen = '';
  for (const { start, end } of spans)
    seen += blank(text.slice(seen.length, start)) + text.slice(Math.max(start, seen.length), end);
  return seen + blank(text.slice(seen.length));
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
