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

/** Ends a lexeme in PostgreSQL's binary form: a zero byte, then how many places it has. */
const WITHOUT_PLACES = '\0\0\0';

/**
 * Writes lexemes as PostgreSQL receives a tsvector: their number, then each without places, for snippets are cut from
 * the text. PostgreSQL sorts them.
 *
 * @param lexemes each once
 * @source tsvectorrecv
 */
export function vectorOf(lexemes: readonly string[]): Uint8Array {
  const text = lexemes.length === 0 ? '' : lexemes.join(WITHOUT_PLACES) + WITHOUT_PLACES;
  const vector = Buffer.allocUnsafeSlow(4 + Buffer.byteLength(text));
  vector.writeInt32BE(lexemes.length, 0);
  vector.write(text, 4, 'utf8');
  return vector;
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
