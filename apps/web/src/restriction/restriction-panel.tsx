import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PaneTitle } from '../client/pane-title.tsx';
import { t } from '../words/t.ts';
import { PlanForm } from './plan-form.tsx';
import { restrictionsQuery, silencesQuery } from './restriction.queries.ts';
import { RestrictionCard } from './restriction-card.tsx';
import { SilenceSection } from './silence-section.tsx';
import '../casefile/casefile.css';
import '../agreement/agreement.css';
import './restriction.css';

const route = getRouteApi('/clients/$partyId/restrictions');

/** How contact with a client is restricted, and what of theirs is read and not answered. */
export function RestrictionPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const [isPlanning, setPlanning] = useState(false);
  const items = useQuery({ ...restrictionsQuery(partyId), throwOnError: true }).data?.items;
  const silences = useQuery({ ...silencesQuery(partyId), throwOnError: true }).data?.items;
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  return (
    <section className="casefile-pane stack" aria-labelledby="restrictions">
      <PaneTitle
        id="restrictions"
        says={t('restriction.title')}
        closeSays={t('casefile.close')}
        onClose={leave}
      />
      <p className="small quiet">
        {t('restriction.about')}{' '}
        <Link to="/clients/$partyId/as-client" params={{ partyId }} search={(now) => now}>
          {t('asClient.link')}
        </Link>
      </p>
      {items?.length === 0 && !isPlanning && <p className="quiet">{t('restriction.none')}</p>}
      {items?.map((one) => (
        <RestrictionCard key={one.id} partyId={partyId} restriction={one} />
      ))}
      {isPlanning ? (
        <PlanForm partyId={partyId} onDone={() => setPlanning(false)} />
      ) : (
        <button type="button" className="action" onClick={() => setPlanning(true)}>
          {t('restriction.plan')}
        </button>
      )}
      {silences && <SilenceSection partyId={partyId} silences={silences} />}
    </section>
  );
}
