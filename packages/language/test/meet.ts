import { lexemesOf } from '../src/analyse.ts';
import { parseQuery } from '../src/query.ts';

/** Whether a search for `query` finds a row whose text is `text`: lexemes only, phrases are not checked. */
export function finds(query: string, text: string): boolean {
  const held = new Set(lexemesOf(text));
  const { all, none } = parseQuery(query);
  const isMet = (group: readonly string[]): boolean => group.some((lexeme) => held.has(lexeme));
  return all.length > 0 && all.every(isMet) && !none.some(isMet);
}
