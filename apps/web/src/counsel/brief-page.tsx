import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { Brief } from './brief.tsx';
import { briefQuery } from './counsel.queries.ts';
import { MediatorLetter } from './mediator-letter.tsx';
import '../casefile/casefile.css';
import '../client/client.css';
import '../shell/on-paper.css';
import './counsel.css';

const route = getRouteApi('/cases/$caseId/brief');

/** The brief of a case as counsel sees it, and the same as a letter to a mediator; either is read, and printed. */
export function BriefPage() {
  const { caseId } = route.useParams();
  const { reader = 'counsel' } = route.useSearch();
  const navigate = useNavigate();
  const { data: brief } = useQuery({ ...briefQuery(caseId, reader), throwOnError: true });
  const open = (interactionId: string) =>
    navigate({ to: '/interactions/$interactionId', params: { interactionId } });
  const to = { to: '/cases/$caseId/brief', params: { caseId } } as const;
  return (
    <div className="page on-paper">
      <PageTitle says={t('brief.title')} />
      <header className="page-head casefile-tabs no-print">
        <Link to="/cases/$caseId" params={{ caseId }} className="action">
          {t('counsel.back')}
        </Link>
        <nav className="page-tabs" aria-label={t('brief.title')}>
          <Link {...to} search={{}} activeOptions={{ exact: true }} className="client-filter">
            {t('brief.forCounsel')}
          </Link>
          <Link
            {...to}
            search={{ reader: 'mediator' }}
            activeOptions={{ exact: true }}
            className="client-filter"
          >
            {t('brief.forMediator')}
          </Link>
        </nav>
      </header>
      {!brief && <p className="quiet">{t('list.loading')}</p>}
      {brief && reader === 'counsel' && <Brief brief={brief} onOpen={open} />}
      {brief && reader === 'mediator' && <MediatorLetter brief={brief} onOpen={open} />}
    </div>
  );
}
