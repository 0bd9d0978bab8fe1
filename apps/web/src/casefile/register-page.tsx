import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useKeys } from '../shell/keys.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { stepFocus } from '../shell/step-focus.ts';
import { t } from '../words/t.ts';
import { type RegisterFilter, registerFile, registerQuery } from './casefile.queries.ts';
import { CasefileTabs } from './casefile-tabs.tsx';
import { ComplaintLines } from './complaint-lines.tsx';
import type { RegisterSearch } from './search.ts';

const route = getRouteApi('/complaints');

/** The complaint register, the newest receipt first. */
export function RegisterPage() {
  const search = route.useSearch();
  const filter = filterOf(search);
  const found = useInfiniteQuery({ ...registerQuery(filter), throwOnError: true });
  const list = useRef<HTMLUListElement>(null);
  useKeys([
    { keys: 'j', says: 'keys.next', run: () => stepFocus(list.current, 1) },
    { keys: 'k', says: 'keys.previous', run: () => stepFocus(list.current, -1) },
  ]);
  const complaints = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <PageTitle says={t('complaint.register')} />
      <CasefileTabs says={t('complaint.register')} />
      <nav className="client-filters" aria-label={t('casefile.filters')}>
        <Filter says={t('client.all')} search={{}} now={search} />
        <Filter says={t('complaint.open')} search={{ only: 'open' }} now={search} />
        <Filter says={t('complaint.overdue')} search={{ only: 'overdue' }} now={search} />
        <Filter says={t('complaint.stage', { stage: 2 })} search={{ only: 'second' }} now={search} />
        <a className="action register-file" href={registerFile(filter)} download>
          {t('complaint.export')}
        </a>
      </nav>
      {found.isSuccess && complaints.length === 0 && (
        <p className="quiet">
          {search.only ? t('complaint.noneSuch') : t('complaint.none')}{' '}
          {!search.only && <Link to="/clients">{t('room.clients')}</Link>}
        </p>
      )}
      {complaints.length > 0 && <ComplaintLines lines={complaints} list={list} />}
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
    </div>
  );
}

function filterOf({ only }: RegisterSearch): RegisterFilter {
  if (only === 'overdue') return { overdue: 'only' };
  if (only === 'second') return { stage: 2 };
  return only === 'open' ? { state: 'open' } : {};
}

function Filter({ says, search, now }: { says: string; search: RegisterSearch; now: RegisterSearch }) {
  return (
    <Link
      to="/complaints"
      search={search}
      className="client-filter"
      aria-current={search.only === now.only ? 'true' : undefined}
    >
      {says}
    </Link>
  );
}
