import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { SearchWords } from '../router.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { HitLine } from './hit-line.tsx';
import { searchCountQuery, searchQuery } from './search.queries.ts';

export function Hits({ words }: { words: SearchWords }) {
  const found = useInfiniteQuery(searchQuery(words));
  const total = useQuery(searchCountQuery(words)).data?.count;
  const hits = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (found.error) return <p className="notice">{problemWords(found.error)}</p>;
  return (
    <section aria-busy={found.isPlaceholderData}>
      <p className="small quiet search-count" role="status">
        {total === undefined ? t('search.looking') : t('search.found', { count: total })}
      </p>
      {found.isSuccess && hits.length === 0 && <p>{t('search.nothing')}</p>}
      <ul className={hits.length > 0 ? 'sheet lines' : undefined}>
        {hits.map((hit) => (
          <HitLine key={hit.id} hit={hit} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          variant="default"
          mt={12}
          loading={found.isFetchingNextPage}
          onClick={() => found.fetchNextPage()}
        >
          {t('list.more')}
        </Button>
      )}
    </section>
  );
}
