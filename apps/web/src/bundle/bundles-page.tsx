import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useKeys } from '../shell/keys.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { stepFocus } from '../shell/step-focus.ts';
import { t } from '../words/t.ts';
import { CheckSection } from './check-section.tsx';
import { bundlesQuery } from './made.queries.ts';
import { MadeLine } from './made-line.tsx';
import '../casefile/casefile.css';
import './bundles.css';

/** Every bundle that was made: when, by whom, of what; and whether a file is still the one that was handed out. */
export function BundlesPage() {
  const found = useInfiniteQuery({ ...bundlesQuery, throwOnError: true });
  const list = useRef<HTMLUListElement>(null);
  useKeys([
    { keys: 'j', says: 'keys.next', run: () => stepFocus(list.current, 1) },
    { keys: 'k', says: 'keys.previous', run: () => stepFocus(list.current, -1) },
  ]);
  const bundles = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page stack">
      <PageTitle says={t('bundles.title')} />
      <header className="page-head">
        <h1>{t('bundles.title')}</h1>
        <Link to="/custody" className="small">
          {t('custody.title')}
        </Link>
      </header>
      <p className="quiet">{t('bundles.what')}</p>
      {found.isSuccess && bundles.length === 0 && (
        <p>
          {t('bundles.none')} <Link to="/clients">{t('room.clients')}</Link>
        </p>
      )}
      {bundles.length > 0 && (
        <ul className="sheet lines" ref={list}>
          {bundles.map((each) => (
            <MadeLine key={each.id} made={each} />
          ))}
        </ul>
      )}
      {found.hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
      <CheckSection />
    </div>
  );
}
