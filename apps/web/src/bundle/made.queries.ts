import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getCheckpoint, listBundles, listCustody } from '../generated/sdk.gen.ts';
import type { BundlePage } from '../generated/types.gen.ts';

export type BundleMadeLine = BundlePage['items'][number];

/** Before the first page there is no cursor. */
const FIRST = '';

export const bundlesQuery = infiniteQueryOptions({
  queryKey: ['bundles'],
  initialPageParam: FIRST,
  queryFn: ({ pageParam: after, signal }) => listBundles({ query: { after: after || undefined }, signal }),
  getNextPageParam: (page) => page.next ?? undefined,
});

/** The bundle that a file is, by its list of files; null where we made none such. */
export async function bundleOf(manifest: string): Promise<BundleMadeLine | null> {
  return (await listBundles({ query: { manifest, limit: 1 } })).items[0] ?? null;
}

/** The key that the log is signed with now, known here and not from the file. */
export async function ownKey(): Promise<string> {
  return (await getCheckpoint()).vkey;
}

/** Who made bundles of a client, and looked at what would go into one. */
export const bundleCustodyQuery = (party: string) =>
  queryOptions({
    queryKey: ['custody', 'bundle', party],
    queryFn: async ({ signal }) =>
      (await listCustody({ query: { subject: party, act: 'bundle' }, signal })).items,
  });
