import type { Lang } from '@evenkeel/language/analyse';
import type { Finding } from '@evenkeel/language/finding';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { DraftRead } from '../generated/types.gen.ts';
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

/** @property known words of the trade that the reader wrote themselves; harder where it is harder to read than all they wrote */
type Against = {
  readonly against: readonly AgainstRecord[];
  readonly known: readonly string[];
  readonly harder: DraftRead['harder'];
  readonly is: 'none' | 'comparing' | 'compared' | 'failed';
};

const NOT_ASKED = { against: [], known: [], harder: null } as const;

/** Marks without those of words that the reader knows. */
export function withoutKnown(found: readonly Finding[], known: readonly string[]): readonly Finding[] {
  return found.filter(({ kind, quote }) => kind !== 'jargon' || !known.includes(quote));
}

/** What the record shows, asked of our own program once the writer pauses; only what still stands so in the draft. */
export function useAgainstRecord(draft: string, partyId: string | undefined): Against {
  const [settled] = useDebouncedValue(draft, SETTLED_MS);
  const isAsked = partyId !== undefined && settled.trim() !== '';
  const { data, isError } = useQuery({
    ...againstRecordQuery(partyId ?? '', settled),
    enabled: isAsked,
    placeholderData: (before) => before,
  });
  if (!isAsked || draft.trim() === '') return { ...NOT_ASKED, is: 'none' };
  if (isError) return { ...NOT_ASKED, is: 'failed' };
  const { against, known, harder } = data ?? NOT_ASKED;
  const standing = against.filter(({ start, end, quote }) => draft.slice(start, end) === quote);
  return { against: standing, known, harder, is: data && settled === draft ? 'compared' : 'comparing' };
}
