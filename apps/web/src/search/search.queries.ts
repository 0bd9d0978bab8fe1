import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Health } from '../api/shapes.ts';
import {
  anchorLog,
  countSearch,
  getCheckpoint,
  getHealth,
  getTimeAuthorities,
  listAnchors,
  listRuns,
  verifyLog as postVerify,
  search,
  setTimeAuthorities,
} from '../generated/sdk.gen.ts';
import type { TimeAuthority } from '../generated/types.gen.ts';
import { queries } from '../queries.ts';
import type { SearchWords } from '../router.tsx';

const PAGE = 50;
/** Before the first page there is no cursor. */
const FIRST = '';
const ASK_AGAIN_MS = 2000;

const asked = ({ q = '', party }: SearchWords) => ({ q, party });

export const searchQuery = (words: SearchWords) =>
  infiniteQueryOptions({
    queryKey: ['search', asked(words)],
    enabled: Boolean(words.q),
    initialPageParam: FIRST,
    queryFn: ({ pageParam: after, signal }) =>
      search({ query: { ...asked(words), limit: PAGE, after: after || undefined }, signal }),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });

export const searchCountQuery = (words: SearchWords) =>
  queryOptions({
    queryKey: ['search', 'count', asked(words)],
    enabled: Boolean(words.q),
    queryFn: ({ signal }) => countSearch({ query: asked(words), signal }),
  });

export const runsQuery = queryOptions({
  queryKey: ['runs'],
  queryFn: ({ signal }) => listRuns({ query: { limit: 20 }, signal }),
});

export const logHeadQuery = queryOptions({
  queryKey: ['log'],
  queryFn: ({ signal }) => getCheckpoint({ signal }),
});

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => getHealth({ signal }),
  staleTime: 0,
  // Asked again only while something is behind.
  refetchInterval: ({ state }) => (behind(state.data) > 0 ? ASK_AGAIN_MS : false),
});

/** How many entries the slowest follower still has to read. */
export function behind(health: Health | undefined): number {
  return Math.max(0, ...Object.values(health?.lag ?? {}));
}

export const verifyLog = (deep: boolean) => postVerify({ body: { deep } });

export const authoritiesQuery = queryOptions({
  queryKey: ['log', 'authorities'],
  queryFn: ({ signal }) => getTimeAuthorities({ signal }),
});

export const anchorsQuery = queryOptions({
  queryKey: ['log', 'anchors'],
  queryFn: ({ signal }) => listAnchors({ signal }),
});

/** The list changes with what was answered. */
export async function stampNow() {
  const tried = await anchorLog();
  await queries.invalidateQueries({ queryKey: ['log'] });
  return tried;
}

export async function nameAuthorities(items: readonly TimeAuthority[]) {
  await setTimeAuthorities({ body: { items: [...items] } });
  await queries.invalidateQueries({ queryKey: ['log'] });
}
