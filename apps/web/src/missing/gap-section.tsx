import { useInfiniteQuery } from '@tanstack/react-query';
import type { GapKind } from '../api/shapes.ts';
import { staying } from '../shell/staying.ts';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { GapLine } from './gap-line.tsx';
import { missingQuery } from './missing.queries.ts';

/** What is missing of one kind; each line opens what it is about. */
export function GapSection({ partyId, kind, count }: { partyId: string; kind: GapKind; count: number }) {
  const { data, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery({
    ...missingQuery(partyId, kind),
    throwOnError: true,
  });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="sheet">
      <h2 className="answer-head">
        {t(`missing.kind.${kind}`)} <span className="number quiet">{number(count)}</span>
      </h2>
      <p className="answer-none small quiet">{t(`missing.about.${kind}`)}</p>
      {!data && <p className="answer-none quiet">{t('list.loading')}</p>}
      <ul className="course-quotes missing-lines">
        {items.map((gap) => (
          <li key={gap.id}>
            <GapLine partyId={partyId} gap={gap} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button
          type="button"
          className="link-button missing-more"
          {...staying(isFetching)}
          onClick={() => void fetchNextPage()}
        >
          {t('list.more')}
        </button>
      )}
    </div>
  );
}
