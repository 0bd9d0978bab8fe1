import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Feed } from '../generated/types.gen.ts';
import { staying } from '../shell/staying.ts';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { language, t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { dropFeed, feedsQuery, newAddress, newFeed } from './calendar.queries.ts';

const FEED_LANGS = ['en', 'ru', 'fi'] as const;

/** Addresses at which a calendar program reads our dates. Each is shown once, when it is made. */
export function FeedSection() {
  const feeds = useQuery({ ...feedsQuery, throwOnError: true }).data;
  const [hasNames, setHasNames] = useState(false);
  const [address, setAddress] = useState<string>();
  const onError = (error: Error) => toast(problemWords(error));
  const show = ({ path }: { path: string }) => setAddress(`${location.origin}${path}`);
  const lang = FEED_LANGS.find((tag) => tag === language.get().tag) ?? 'en';
  const making = useMutation({ mutationFn: newFeed, onSuccess: show, onError });
  const renewing = useMutation({ mutationFn: newAddress, onSuccess: show, onError });
  const dropping = useMutation({
    mutationFn: dropFeed,
    onSuccess: () => setAddress(undefined),
    onError,
  });
  return (
    <section className="section">
      <h2>{t('feed.title')}</h2>
      <p className="quiet small">{t('feed.what')}</p>
      <div className="sheet">
        <div className="calendar-form">
          <label className="calendar-check">
            <input
              type="checkbox"
              checked={hasNames}
              onChange={(event) => setHasNames(event.currentTarget.checked)}
            />
            {t('feed.names')}
          </label>
          <button
            type="button"
            className="action"
            {...staying(making.isPending)}
            onClick={() => making.mutate({ hasNames, lang })}
          >
            {t('feed.make')}
          </button>
        </div>
        {address && <Address address={address} />}
        <ul className="calendar-rows">
          {feeds?.map((feed) => (
            <FeedRow
              key={feed.id}
              feed={feed}
              onRenew={() => renewing.mutate(feed.id)}
              onDrop={() => dropping.mutate(feed.id)}
            />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Address({ address }: { address: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    toast(t('feed.copied'));
  };
  return (
    <div className="calendar-address stack">
      <p>{t('feed.once')}</p>
      <output className="mono">{address}</output>
      <div>
        <button type="button" className="action" onClick={() => void copy()}>
          {t('feed.copy')}
        </button>
      </div>
    </div>
  );
}

type Row = { feed: Feed; onRenew: () => void; onDrop: () => void };

function FeedRow({ feed: { hasNames, madeAt, readAt }, onRenew, onDrop }: Row) {
  return (
    <li>
      <span className="calendar-what">
        {hasNames ? t('feed.withNames') : t('feed.withoutNames')}{' '}
        <span className="quiet small">
          {t('feed.made', { when: dateOf(madeAt) })}
          {' · '}
          {readAt ? t('feed.read', { when: momentOf(readAt) }) : t('feed.neverRead')}
        </span>
      </span>
      <button type="button" className="link-button small" onClick={onRenew}>
        {t('feed.renew')}
      </button>
      <button type="button" className="link-button small" onClick={onDrop}>
        {t('feed.revoke')}
      </button>
    </li>
  );
}
