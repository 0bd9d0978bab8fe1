import { lexemesOf } from '@evenkeel/language/analyse';
import { meetsPhrases, parseQuery, type SearchQuery, snippet } from '@evenkeel/language/query';
import { keyText, pageOf, type TimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { type HitText, loadHits } from './detail.store.ts';
import { holdingLetters, loadSearchable } from './interaction.store.ts';
import type { InteractionId } from './interaction.ts';
import { countHits, newestHits } from './search.store.ts';
import { type Searchable, searchText, tsqueryOf, type Voice } from './search.ts';

const SNIPPET_LENGTH = 200;
/** How many hits are looked at together when a phrase has to be found in the text itself. */
const LOOK_AT_ONCE = 200;
/** A page ends early after so many, and says where to go on: nobody waits for a whole record to be read. */
const LOOK_AT_MOST = 5000;

export type Asked = {
  readonly q: string;
  readonly party: string | null;
  readonly voice?: Voice | null;
  readonly after: TimeKey | null;
  readonly limit: number;
};

type Words = {
  readonly query: SearchQuery;
  readonly tsquery: string;
  readonly isOneWord: boolean;
  readonly party: string | null;
  readonly voice: Voice | null;
};
type Page = { readonly items: readonly TimeKey[]; readonly next: string | null };

/** The newest hits with a piece of their text. */
export async function search(ledger: Ledger, asked: Asked) {
  const { db, workspaceId } = ledger;
  const query = parseQuery(asked.q);
  const tsquery = tsqueryOf(query);
  if (tsquery === null) return { items: [], next: null };
  const page = await pageOfHits(ledger, wordsOf(query, tsquery, asked), asked);
  const texts = await loadHits(
    db,
    workspaceId,
    page.items.map(({ id }) => id),
  );
  return { items: texts.map((text) => hitOf(text, query)), next: page.next };
}

function wordsOf(
  query: SearchQuery,
  tsquery: string,
  { party, voice = null }: Pick<Asked, 'party' | 'voice'>,
): Words {
  return { query, tsquery, isOneWord: query.all.length === 1 && query.none.length === 0, party, voice };
}

async function pageOfHits(
  ledger: Ledger,
  words: Words,
  { after, limit }: Pick<Asked, 'after' | 'limit'>,
): Promise<Page> {
  const { db, workspaceId } = ledger;
  if (!speaksOfPhrases(words.query) && words.voice === null)
    return pageOf(await newestHits(db, workspaceId, { ...words, after, limit: limit + 1 }), limit);
  const found: TimeKey[] = [];
  let looked: TimeKey[] = [];
  let count = 0;
  for await (looked of hitsAfter(ledger, words, after)) {
    found.push(...(await meetingWords(ledger, words, looked)));
    count += looked.length;
    if (found.length > limit) return pageOf(found, limit);
    if (count >= LOOK_AT_MOST) break;
  }
  const isWhole = looked.length < LOOK_AT_ONCE;
  return { items: found, next: isWhole ? null : keyText(looked.at(-1)!) };
}

async function* hitsAfter(
  { db, workspaceId }: Ledger,
  words: Words,
  from: TimeKey | null,
): AsyncGenerator<TimeKey[]> {
  for (let after = from; ; ) {
    const hits = await newestHits(db, workspaceId, { ...words, after, limit: LOOK_AT_ONCE });
    yield [...hits];
    if (hits.length < LOOK_AT_ONCE) return;
    after = hits.at(-1)!;
  }
}

/** What the index cannot say: where words stand, and whether they are a mail's own where one side's are asked for. */
async function meetingWords(
  { db, workspaceId }: Ledger,
  { query, voice }: Pick<Words, 'query' | 'voice'>,
  hits: readonly TimeKey[],
): Promise<readonly TimeKey[]> {
  const ids = hits.map(({ id }) => id as InteractionId);
  const doubtful = speaksOfPhrases(query) ? ids : await holdingLetters(db, workspaceId, ids);
  const looked = await loadSearchable(db, workspaceId, doubtful);
  const met = new Set<string>(looked.filter((one) => meets(one, query, voice)).map(({ id }) => id));
  const failed = new Set<string>(doubtful.filter((id) => !met.has(id)));
  return hits.filter(({ id }) => !failed.has(id));
}

function meets(one: Searchable, query: SearchQuery, voice: Voice | null): boolean {
  if (voice === null || !one.letters?.length) return meetsPhrases(searchText(one), query);
  const own = searchText({ ...one, letters: null });
  return hasWords(own, query) && meetsPhrases(own, query);
}

function hasWords(text: string, { all }: SearchQuery): boolean {
  const held = new Set(lexemesOf(text));
  return all.every((lexemes) => lexemes.length === 0 || lexemes.some((lexeme) => held.has(lexeme)));
}

export async function countFound(ledger: Ledger, q: string, party: string | null): Promise<number> {
  const query = parseQuery(q);
  const tsquery = tsqueryOf(query);
  if (tsquery === null) return 0;
  if (!speaksOfPhrases(query)) return countHits(ledger.db, ledger.workspaceId, { tsquery, party });
  let count = 0;
  for await (const hits of hitsAfter(ledger, wordsOf(query, tsquery, { party }), null))
    count += (await meetingWords(ledger, { query, voice: null }, hits)).length;
  return count;
}

/** The index knows words; where they stand next to each other only the text can say. */
function speaksOfPhrases({ phrases, nonePhrases }: SearchQuery): boolean {
  return phrases.length + nonePhrases.length > 0;
}

function hitOf(hit: HitText, query: SearchQuery) {
  const { id, at, kind, direction, fromName, fromAddress, subject, party } = hit;
  const shown = snippetOf(hit, query);
  return {
    id,
    party,
    at,
    kind,
    direction,
    from: { name: fromName, address: fromAddress },
    subject,
    snippet: shown.snippet,
    isEarlier: shown.of === 'earlier',
    isInside: shown.of === 'inside',
  };
}

/** A piece of its own words; where they say nothing of it, of those that stand behind them. */
function snippetOf(hit: HitText, query: SearchQuery) {
  const own = { of: 'own', snippet: snippet(hit.text, query, SNIPPET_LENGTH) } as const;
  if (own.snippet.marks.length > 0) return own;
  for (const behind of ['earlier', 'inside'] as const) {
    const words = hit[behind] && snippet(hit[behind], query, SNIPPET_LENGTH);
    if (words && words.marks.length > 0) return { of: behind, snippet: words };
  }
  return own;
}
