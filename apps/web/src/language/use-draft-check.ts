import type { Lang } from '@evenkeel/language/analyse';
import type { Finding } from '@evenkeel/language/finding';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type AgainstRecord, againstRecordQuery } from './against-record.queries.ts';
import { type Language, useLearnt } from './engine.ts';

const NOTHING = { lang: undefined, found: [] } as const;

/** What the words of a draft show, worked out in this page. */
export function useDraftCheck(draft: string, replyTo: string) {
  const check = useCallback(
    ({ read, engine }: Language): { lang: Lang | undefined; found: readonly Finding[] } => {
      if (draft.trim() === '') return NOTHING;
      const { lang, findings } = read.checkDraft(engine, draft, { replyTo });
      return { lang, found: findings };
    },
    [draft, replyTo],
  );
  const { language, seen, isRulesOnly } = useLearnt(check);
  return { ...(seen ?? NOTHING), language, isRulesOnly };
}

const SETTLED_MS = 600;

/** What the record shows, asked of our own program once the writer pauses; only what still stands so in the draft. */
export function useAgainstRecord(
  draft: string,
  partyId: string | undefined,
): { against: readonly AgainstRecord[]; is: 'none' | 'comparing' | 'compared' | 'failed' } {
  const [settled] = useDebouncedValue(draft, SETTLED_MS);
  const isAsked = partyId !== undefined && settled.trim() !== '';
  const { data, isError } = useQuery({
    ...againstRecordQuery(partyId ?? '', settled),
    enabled: isAsked,
    placeholderData: (before) => before,
  });
  const against = (data ?? []).filter(({ start, end, quote }) => draft.slice(start, end) === quote);
  if (!isAsked || draft.trim() === '') return { against: [], is: 'none' };
  if (isError) return { against: [], is: 'failed' };
  return { against, is: data && settled === draft ? 'compared' : 'comparing' };
}
