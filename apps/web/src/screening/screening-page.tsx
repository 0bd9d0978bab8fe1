import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { DecisionSection } from './decision-section.tsx';
import { DeclineSection } from './decline-section.tsx';
import { FlagsSection } from './flags-section.tsx';
import { MatchesSection } from './matches-section.tsx';
import { OfferSection } from './offer-section.tsx';
import { QuestionsSection } from './questions-section.tsx';
import { screeningQuery } from './screening.queries.ts';
import { ScreeningTabs } from './screening-tabs.tsx';
import { WarningLines } from './warning-lines.tsx';

const route = getRouteApi('/screening/$screeningId');

/** One inquiry: their words, what to ask, whom it may be from, and what is decided. */
export function ScreeningPage() {
  const { screeningId } = route.useParams();
  const found = useQuery({ ...screeningQuery(screeningId), throwOnError: true }).data;
  if (!found) return null;
  const { partyId, interactionId } = found;
  return (
    <div className="page stack screening">
      <ScreeningTabs says={t('screening.from', { name: found.party })} isInquiry />
      <PageTitle says={t('screening.from', { name: found.party })} />
      <p className="row small quiet">
        <Link to="/clients/$partyId" params={{ partyId }}>
          {found.party}
        </Link>
        <span>{t(`state.${found.partyState as 'prospect'}`)}</span>
        <Link to="/clients/$partyId/interactions/$interactionId" params={{ partyId, interactionId }}>
          {momentOf(found.writtenAt)}
        </Link>
        <span>{t(`screeningstate.${found.state}`)}</span>
      </p>
      <FlagsSection found={found} />
      <MatchesSection found={found} />
      {found.warnings.length > 0 && (
        <section className="sheet">
          <h2 className="answer-head">{t('warning.aboutThem')}</h2>
          <WarningLines warnings={found.warnings} />
        </section>
      )}
      <QuestionsSection found={found} />
      <DecisionSection found={found} />
      {found.state === 'declined' && <DeclineSection found={found} />}
      {found.state === 'accepted' && <OfferSection found={found} />}
    </div>
  );
}
