import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { PageTitle } from '../shell/page-title.tsx';
import { language, t } from '../words/t.ts';
import { Brief } from './brief.tsx';
import { briefQuery, wordsQuery } from './counsel.queries.ts';
import { MediatorLetter } from './mediator-letter.tsx';
import '../casefile/casefile.css';
import '../client/client.css';
import '../shell/on-paper.css';
import './counsel.css';

const route = getRouteApi('/cases/$caseId/brief');

/** The brief of a case as counsel sees it, and the same as a letter to a mediator; either is read, and printed. */
export function BriefPage() {
  const { caseId } = route.useParams();
  const { reader = 'counsel', lang } = route.useSearch();
  const { tag: ofPage } = language.use();
  const navigate = useNavigate();
  const { data: brief } = useQuery({ ...briefQuery(caseId, reader), throwOnError: true });
  const isLetter = reader === 'mediator';
  const { data: spoken } = useQuery({
    ...wordsQuery(lang ?? ofPage),
    enabled: isLetter,
    throwOnError: true,
  });
  const open = (interactionId: string) =>
    navigate({ to: '/interactions/$interactionId', params: { interactionId } });
  const speakIn = (tag: string) =>
    navigate({ ...to, search: { reader: 'mediator', lang: tag }, replace: true });
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
            search={{ reader: 'mediator', lang }}
            activeOptions={{ exact: true }}
            className="client-filter"
          >
            {t('brief.forMediator')}
          </Link>
        </nav>
      </header>
      {(!brief || (isLetter && !spoken)) && <p className="quiet">{t('list.loading')}</p>}
      {brief && !isLetter && <Brief brief={brief} onOpen={open} />}
      {brief && spoken && isLetter && (
        <MediatorLetter brief={brief} onOpen={open} spoken={spoken} onSpeak={speakIn} />
      )}
    </div>
  );
}
