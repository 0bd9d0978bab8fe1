import { queryOptions } from '@tanstack/react-query';
import { checkDraft } from '../generated/sdk.gen.ts';
import type { DraftRead } from '../generated/types.gen.ts';

export type AgainstRecord = DraftRead['findings'][number];

const OF_RECORD = 'record:';

/** Why it is marked: `settled`, `holiday: Midsummer Eve`. */
export function saysOf({ why }: AgainstRecord): string {
  return why.slice(OF_RECORD.length);
}

/**
 * Where a draft says otherwise than the record, and which words of the trade its reader wrote themselves. The draft is looked at and kept nowhere,
 * here neither.
 */
export const againstRecordQuery = (party: string, text: string) =>
  queryOptions({
    queryKey: ['against-record', party, text],
    queryFn: async ({ signal }) => {
      const { findings, known, harder } = await checkDraft({ body: { text, party }, signal });
      return { against: findings.filter(({ why }) => why.startsWith(OF_RECORD)), known, harder };
    },
    gcTime: 0,
    retry: false,
  });
