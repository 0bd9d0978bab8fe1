import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { CaseLine } from '../generated/types.gen.ts';
import { useKeys } from '../shell/keys.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { stepFocus } from '../shell/step-focus.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { casesQuery } from './casefile.queries.ts';
import { CasefileTabs } from './casefile-tabs.tsx';

const route = getRouteApi('/cases');

/** Every case, the last changed first. */
export function CasesPage() {
  const { closed } = route.useSearch();
  const found = useInfiniteQuery({
    ...casesQuery({ closed: closed ? 'shown' : 'hidden' }),
    throwOnError: true,
  });
  const list = useRef<HTMLUListElement>(null);
  useKeys([
    { keys: 'j', says: 'keys.next', run: () => stepFocus(list.current, 1) },
    { keys: 'k', says: 'keys.previous', run: () => stepFocus(list.current, -1) },
  ]);
  const cases = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <PageTitle says={t('room.cases')} />
      <CasefileTabs says={t('room.cases')} />
      <nav className="client-filters" aria-label={t('casefile.filters')}>
        <Link to="/cases" className="client-filter" aria-current={closed ? undefined : 'true'}>
          {t('case.openOnes')}
        </Link>
        <Link
          to="/cases"
          search={{ closed: true }}
          className="client-filter"
          aria-current={closed ? 'true' : undefined}
        >
          {t('client.all')}
        </Link>
      </nav>
      {found.isSuccess && cases.length === 0 && (
        <p className="quiet">
          {t('case.none')} <Link to="/clients">{t('room.clients')}</Link>
        </p>
      )}
      {cases.length > 0 && (
        <ul className="sheet lines" ref={list}>
          {cases.map((each) => (
            <CaseRow key={each.id} line={each} />
          ))}
        </ul>
      )}
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

function CaseRow({ line }: { line: CaseLine }) {
  return (
    <li>
      <Link className="case-line" to="/cases/$caseId" params={{ caseId: line.id }}>
        <span className="case-title">{line.title}</span>
        <span className="case-party quiet">{line.partyName}</span>
        <span className="small">
          {t(`stage.${line.stage}`)}
          {line.isHeld && ` · ${t('hold.held')}`}
        </span>
        <span className="small quiet case-counts">
          {t('case.points', { count: line.points })}
          {line.complaints > 0 && ` · ${t('case.complaints', { count: line.complaints })}`}
        </span>
        <span className="small quiet number case-date">{dateOf(line.at)}</span>
      </Link>
    </li>
  );
}
