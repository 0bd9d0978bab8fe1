import { meetsPhrases, parseQuery, type SearchQuery, snippet } from '@evenkeel/language/query';
import { pageOf, type TimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { type HitText, loadHits } from './detail.store.ts';
import { countHits, newestHits } from './search.store.ts';
import { tsqueryOf } from './search.ts';

const SNIPPET_LENGTH = 200;
/** How many more hits are looked at when a phrase has to be found in the text itself. */
const PHRASE_FACTOR = 5;

export type Asked = {
  readonly q: string;
  readonly party: string | null;
  readonly after: TimeKey | null;
  readonly limit: number;
};

/** The newest hits with a piece of their text. */
export async function search({ db, workspaceId }: Ledger, asked: Asked) {
  const query = parseQuery(asked.q);
  const tsquery = tsqueryOf(query);
  if (tsquery === null) return { items: [], next: null };
  const wanted = speaksOfPhrases(query) ? asked.limit * PHRASE_FACTOR : asked.limit;
  const found = await newestHits(db, workspaceId, {
    tsquery,
    party: asked.party,
    after: asked.after,
    limit: wanted + 1,
  });
  const page = pageOf(found, wanted);
  const texts = await loadHits(
    db,
    workspaceId,
    page.items.map((hit) => hit.id),
  );
  const items = texts.filter((text) => meetsPhrases(wordsOf(text), query)).map((text) => hitOf(text, query));
  return { items, next: page.next };
}

export async function countFound(
  { db, workspaceId }: Ledger,
  q: string,
  party: string | null,
): Promise<number> {
  const tsquery = tsqueryOf(parseQuery(q));
  return tsquery === null ? 0 : countHits(db, workspaceId, { tsquery, party });
}

/** The index knows words; where they stand next to each other only the text can say. */
function speaksOfPhrases({ phrases, nonePhrases }: SearchQuery): boolean {
  return phrases.length + nonePhrases.length > 0;
}

function wordsOf({ subject, text }: HitText): string {
  return subject ? `${subject}\n${text}` : text;
}

function hitOf(hit: HitText, query: SearchQuery) {
  const { id, at, kind, direction, fromName, fromAddress, subject, party } = hit;
  const cut = snippet(hit.text, query, SNIPPET_LENGTH);
  return {
    id,
    party,
    at,
    kind,
    direction,
    from: { name: fromName, address: fromAddress },
    subject,
    snippet: cut,
  };
}
