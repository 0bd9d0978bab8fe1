import { queryOptions } from '@tanstack/react-query';
import { checkDraft } from '../generated/sdk.gen.ts';
import type { DraftRead } from '../generated/types.gen.ts';

export type AgainstRecord = DraftRead['findings'][number];

const OF_RECORD = 'record:';

/** Why it is marked, `holiday`, and what is named with it, `Midsummer Eve`. */
export function saysOf({ why }: AgainstRecord): { readonly says: string; readonly name: string } {
  const [says = '', name = ''] = why.slice(OF_RECORD.length).split(': ', 2);
  return { says, name };
}

/** Where a draft says otherwise than the record. The draft is looked at and kept nowhere, here neither. */
export const againstRecordQuery = (party: string, text: string) =>
  queryOptions({
    queryKey: ['against-record', party, text],
    queryFn: async ({ signal }) => {
      const { findings } = await checkDraft({ body: { text, party }, signal });
      return findings.filter(({ why }) => why.startsWith(OF_RECORD));
    },
    gcTime: 0,
    retry: false,
  });
