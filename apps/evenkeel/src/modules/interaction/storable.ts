/** U+0000 and lone surrogates cannot stand in PostgreSQL's text; the original keeps them. */
export function storable(text: string): string {
  return text.includes('\0') || !text.isWellFormed() ? text.replaceAll('\0', '\u2400').toWellFormed() : text;
}
