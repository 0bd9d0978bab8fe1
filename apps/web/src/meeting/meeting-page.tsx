import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { partyQuery } from '../client/client.queries.ts';
import type { Procedure } from '../generated/types.gen.ts';
import { inReaders } from '../procedure/in-three.ts';
import { type Now, procedureQuery } from '../procedure/procedure.queries.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { LiveCard } from './live-card.tsx';
import { PreparationCard } from './preparation-card.tsx';
import { WriteDown } from './write-down.tsx';
import './meeting.css';

const route = getRouteApi('/clients/$partyId/meeting/$id');

/** A meeting on a page of its own, for a phone in one hand: before it, in it, and what is written down after it. */
export function MeetingPage() {
  const { partyId, id } = route.useParams();
  const party = useQuery({ ...partyQuery(partyId), throwOnError: true }).data;
  const { data } = useQuery({ ...procedureQuery(id), throwOnError: true });
  return (
    <div className="meeting stack">
      <PageTitle says={party ? t('meeting.with', { who: party.name }) : ''} />
      <header className="meeting-head">
        <h1>{party && t('meeting.with', { who: party.name })}</h1>
        <Link to="/clients/$partyId/procedures/$id" params={{ partyId, id }} className="small">
          {t('meeting.steps')}
        </Link>
      </header>
      {data ? <Card procedure={data} partyId={partyId} /> : <p className="quiet">{t('list.loading')}</p>}
    </div>
  );
}

/** Which card it is, the pack says. */
function Card({ procedure, partyId }: { procedure: Procedure; partyId: string }) {
  const { now } = procedure;
  const step = procedure.steps.find(({ id }) => id === now?.step);
  if (now && step?.shown === 'preparation')
    return <PreparationCard procedure={procedure} now={now as Now} step={step} />;
  if (now && step?.shown === 'live')
    return <LiveCard key={now.step} procedure={procedure} now={now as Now} step={step} />;
  return (
    <>
      {procedure.outcome && (
        <p className="sheet meeting-sheet" role="status">
          <strong>{inReaders(procedure.outcome.title)}</strong>
        </p>
      )}
      <WriteDown procedure={procedure} partyId={partyId} />
    </>
  );
}
