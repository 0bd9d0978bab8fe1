import { getRouteApi } from '@tanstack/react-router';
import { useRef } from 'react';
import { useKeys } from '../shell/keys.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { stepFocus } from '../shell/step-focus.ts';
import { t } from '../words/t.ts';
import { Hits } from './hits.tsx';
import { IndexLag } from './index-lag.tsx';
import { PartyFilter } from './party-filter.tsx';
import { RecordOverview } from './record-overview.tsx';
import { SearchField } from './search-field.tsx';
import './search.css';

const route = getRouteApi('/record');

/** The whole record: searched as one types; without words, what is in it and whether it holds. */
export function RecordPage() {
  const words = route.useSearch();
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const step = (by: 1 | -1) => stepFocus(results.current, by);
  useKeys([
    { keys: '/', says: 'keys.search', run: () => field.current?.select() },
    { keys: 'j', says: 'keys.next', run: () => step(1) },
    { keys: 'k', says: 'keys.previous', run: () => step(-1) },
  ]);
  return (
    <div className="page">
      <PageTitle says={words.q || t('record.title')} />
      <h1 className="unseen">{t('record.title')}</h1>
      <div className="search-bar">
        <SearchField ref={field} words={words} onDown={() => step(1)} />
        {words.party && <PartyFilter partyId={words.party} />}
      </div>
      <IndexLag />
      <div ref={results}>{words.q ? <Hits words={words} /> : <RecordOverview />}</div>
    </div>
  );
}
