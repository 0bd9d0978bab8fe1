import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { PaneTitle } from '../client/pane-title.tsx';
import { t } from '../words/t.ts';
import { holdsQuery } from './casefile.queries.ts';
import { Holds } from './holds.tsx';
import './casefile.css';

const route = getRouteApi('/clients/$partyId/holds');

/** Legal holds over a client, beside the timeline. */
export function HoldsPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const found = useQuery({ ...holdsQuery(partyId), throwOnError: true }).data;
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  return (
    <section className="casefile-pane" aria-labelledby="holds-pane">
      <PaneTitle id="holds-pane" says={t('hold.panel')} closeSays={t('casefile.close')} onClose={leave} />
      {found && <Holds holds={found.items} over={{ scope: 'party', party: partyId }} />}
      <section className="section">
        <Link to="/erase" search={{ party: partyId }} className="action">
          {t('erasure.look')}
        </Link>
      </section>
    </section>
  );
}
