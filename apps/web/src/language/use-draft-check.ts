import { writtenHere } from '@evenkeel/language/ambiguous';
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
      const { lang, findings } = read.checkDraft(engine, draft, { replyTo, at: writtenHere(new Date()) });
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
  /** Marked because of who reads it. */
  readonly ofReader: readonly Finding[];
  readonly known: readonly string[];
  readonly harder: DraftRead['harder'];
  readonly is: 'none' | 'comparing' | 'compared' | 'failed';
};

const NOT_ASKED = { against: [], ofReader: [], known: [], harder: null } as const;

/** Marks as they are for one reader: without words of the trade that they know, with what is marked because of them. */
export function forReader(
  found: readonly Finding[],
  { known, ofReader }: Pick<Against, 'known' | 'ofReader'>,
): readonly Finding[] {
  const isSaidPlainly = ({ start, end }: Finding) =>
    ofReader.some((one) => one.kind === 'jargon' && one.start < end && start < one.end);
  const left = found.filter(
    (one) => one.kind !== 'jargon' || !(known.includes(one.quote) || isSaidPlainly(one)),
  );
  return ofReader.length === 0
    ? left
    : [...left, ...ofReader].toSorted((one, other) => one.start - other.start);
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
  const { against, ofReader, known, harder } = data ?? NOT_ASKED;
  const stands = ({ start, end, quote }: Pick<Finding, 'start' | 'end' | 'quote'>) =>
    draft.slice(start, end) === quote;
  return {
    ...{ against: against.filter(stands), ofReader: ofReader.filter(stands), known, harder },
    is: data && settled === draft ? 'compared' : 'comparing',
  };
}
