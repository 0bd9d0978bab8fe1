import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { makeBundle, saveFile } from '../bundle/bundle.queries.ts';
import { BundleMade } from '../bundle/bundle-made.tsx';
import { PaneTitle } from '../client/pane-title.tsx';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { asClientQuery } from './apart.queries.ts';
import { AsClientItem } from './as-client-item.tsx';
import '../bundle/bundle.css';
import './apart.css';

const route = getRouteApi('/clients/$partyId/as-client');

/** The record as its client would read it, and the way to hand it over. */
export function AsClientPane() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const read = useInfiniteQuery({ ...asClientQuery(partyId), throwOnError: true });
  const [letThrough, setLetThrough] = useState<ReadonlySet<string>>(new Set());
  const making = useMutation({
    mutationFn: () =>
      makeBundle(
        {
          ...{ party: partyId, exhibits: null, withMatters: true, zone: 'UTC', disclosure: 'careful' },
          ...{ carries: null, confirmedNames: [], forSubject: true, letThrough: [...letThrough] },
          remaining: 'withhold',
        },
        new AbortController().signal,
      ),
    onSuccess: ({ file, fileName }) => saveFile(file, fileName),
  });
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  const toggle = (id: string) =>
    setLetThrough(
      (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
    );
  const first = read.data?.pages[0];
  return (
    <section className="bundle stack" aria-labelledby="as-client-title">
      <PaneTitle
        id="as-client-title"
        says={first ? t('asClient.title', { name: first.name }) : ''}
        closeSays={t('bundle.close')}
        onClose={leave}
      />
      <p className="quiet">{t('asClient.about')}</p>
      {first && (
        <>
          <p>
            {t('asClient.counts', { ...first.counts })} {t('asClient.own', { ...first.own })}
          </p>
          <div className="row">
            <Button loading={making.isPending} onClick={() => making.mutate()}>
              {t('asClient.make')}
            </Button>
            <span className="small quiet">{t('asClient.makeWhy')}</span>
          </div>
        </>
      )}
      {making.error && (
        <p className="notice" role="alert">
          {problemWords(making.error)}
        </p>
      )}
      {making.data && <BundleMade made={making.data} />}
      {!first && <p className="quiet">{t('list.loading')}</p>}
      {read.data?.pages.flatMap(({ items }) =>
        items.map((item) => (
          <AsClientItem
            key={item.id}
            item={item}
            partyId={partyId}
            isLetThrough={letThrough.has(item.id)}
            onLetThrough={() => toggle(item.id)}
          />
        )),
      )}
      {read.hasNextPage && (
        <p>
          <button
            type="button"
            className="action"
            {...staying(read.isFetchingNextPage)}
            onClick={() => void read.fetchNextPage()}
          >
            {t('asClient.more')}
          </button>
        </p>
      )}
    </section>
  );
}
