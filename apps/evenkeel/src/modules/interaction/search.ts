import type { SearchQuery } from '@evenkeel/language/query';

/** What can be found of an interaction: its words, and who and what came with it. */
export function searchText(of: {
  readonly subject: string | null;
  readonly people: string;
  readonly attachmentNames: string;
  readonly text: string;
}): string {
  return [of.subject ?? '', of.people, of.attachmentNames, of.text].join('\n');
}

/** Writes lexemes as PostgreSQL reads a tsvector: quoted, without places (snippets are cut from the text). */
export function vectorOf(lexemes: readonly string[]): string {
  // Lexemes hold neither quotes nor backslashes: the analyser promises that.
  return lexemes.length === 0 ? '' : `'${lexemes.join("' '")}'`;
}

/** Writes a query as PostgreSQL reads a tsquery; null when nothing is looked for. */
export function tsqueryOf(query: SearchQuery): string | null {
  const any = (lexemes: readonly string[]) => `(${lexemes.map(quoted).join(' | ')})`;
  const wanted = query.all.filter((lexemes) => lexemes.length > 0).map(any);
  if (wanted.length === 0) return null;
  const unwanted = query.none.filter((lexemes) => lexemes.length > 0).map((lexemes) => `!${any(lexemes)}`);
  return [...wanted, ...unwanted].join(' & ');
}

function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
