import { queryOptions } from '@tanstack/react-query';
import { listPlainWords, sayPlainly } from '../generated/sdk.gen.ts';
import type { SayPlainlyData } from '../generated/types.gen.ts';
import { queries } from '../queries.ts';

type Wish = SayPlainlyData['body'];

const ROOM = 'plain-words';

/** Terms that a client may not know, and what is said to them instead. */
export const plainWordsQuery = (party: string) =>
  queryOptions({
    queryKey: [ROOM, party],
    queryFn: ({ signal }) => listPlainWords({ path: { id: party }, signal }),
  });

/** Keeps plain words for a term, or with null does so no more; drafts are looked at anew. */
export async function keepPlainWords(party: string, wish: Wish): Promise<void> {
  await sayPlainly({ path: { id: party }, body: wish });
  await queries.invalidateQueries();
}
