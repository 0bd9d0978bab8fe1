import { queryOptions } from '@tanstack/react-query';
import { checkDraft } from '../generated/sdk.gen.ts';
import type { DraftRead } from '../generated/types.gen.ts';

export type AgainstRecord = DraftRead['findings'][number];

const OF_RECORD = 'record:';

/** What is marked because of who reads it: a term whose plain words are kept for them, a time by another clock than theirs. */
const OF_READER: ReadonlySet<string> = new Set(['plain-words', 'ambiguous:no-zone']);

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
      const against = findings.filter(({ why }) => why.startsWith(OF_RECORD));
      const ofReader = findings.flatMap(({ why, kind, ...one }) =>
        kind !== 'contradiction' && OF_READER.has(why) ? [{ ...one, why, kind, advice: null }] : [],
      );
      return { against, ofReader, known, harder };
    },
    gcTime: 0,
    retry: false,
  });
