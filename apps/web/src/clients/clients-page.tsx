import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useRef, useState } from 'react';
import { Doors } from '../session/doors.tsx';
import { useKeys } from '../shell/keys.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { stepFocus } from '../shell/step-focus.ts';
import { t } from '../words/t.ts';
import { allPartiesQuery } from './clients.queries.ts';
import { PartyLine } from './party-line.tsx';
import './clients.css';

export function ClientsPage() {
  const [words, setWords] = useState('');
  const query = useDeferredValue(words.trim());
  const found = useInfiniteQuery(allPartiesQuery(query));
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  useKeys([
    { keys: 'j', says: 'keys.next', run: () => stepFocus(list.current, 1) },
    { keys: 'k', says: 'keys.previous', run: () => stepFocus(list.current, -1) },
    { keys: '/', says: 'keys.filterClients', run: () => field.current?.focus() },
  ]);
  const parties = found.data?.pages.flatMap((page) => page.items) ?? [];
  const first = parties[0];
  if (found.isSuccess && parties.length === 0 && query === '') return <NobodyYet />;
  return (
    <div className="page">
      <PageTitle says={t('clients.title')} />
      <header className="page-head">
        <h1>{t('clients.title')}</h1>
        <Link to="/screening" className="action">
          {t('screening.before')}
        </Link>
        <TextInput
          ref={field}
          className="clients-search"
          type="search"
          aria-label={t('clients.search')}
          placeholder={t('clients.searchHint')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && first)
              navigate({ to: '/clients/$partyId', params: { partyId: first.id } });
            if (event.key === 'ArrowDown') stepFocus(list.current, 1);
          }}
        />
      </header>
      <ul className="sheet clients" ref={list}>
        {parties.map((party) => (
          <PartyLine key={party.id} party={party} />
        ))}
        {found.isSuccess && parties.length === 0 && (
          <li className="clients-none">
            {t('clients.noMatch', { query })}{' '}
            <Link to="/record" search={{ q: query }}>
              {t('clients.searchRecord')}
            </Link>
          </li>
        )}
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
    </div>
  );
}

function NobodyYet() {
  return (
    <div className="page stack">
      <h1>{t('clients.emptyTitle')}</h1>
      <p className="quiet">{t('clients.emptyNext')}</p>
      <Doors />
      <Link to="/screening" className="action">
        {t('screening.before')}
      </Link>
    </div>
  );
}
