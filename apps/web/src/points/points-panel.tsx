import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PaneTitle } from '../client/pane-title.tsx';
import type { PointLine } from '../generated/types.gen.ts';
import { number } from '../words/how-much.ts';
import { named, t } from '../words/t.ts';
import { DecisionsLink } from './decisions-link.tsx';
import { pointsQuery } from './points.queries.ts';
import { stateWords } from './state-words.ts';
import '../course/course.css';
import '../language/language.css';
import './points.css';

const route = getRouteApi('/clients/$partyId/points');
const STATES = ['open', 'answered', 'agreed', 'closed'] as const;

/** Every point of a client, by number; those of one state when asked. */
export function PointsPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const [state, setState] = useState<(typeof STATES)[number]>();
  const { data } = useQuery({ ...pointsQuery(partyId), throwOnError: true });
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  const items = data?.items.filter((point) => !state || point.state === state) ?? [];
  return (
    <section className="course stack" aria-labelledby="points-title">
      <PaneTitle id="points-title" says={t('points.title')} closeSays={t('course.close')} onClose={leave} />
      <p className="small quiet">
        {t('points.how')} <DecisionsLink partyId={partyId} />
      </p>
      {data && data.items.length > 0 && (
        <nav className="kind-chips" aria-label={t('points.states')}>
          {STATES.map((each) => (
            <button
              key={each}
              type="button"
              className="kind-chip"
              aria-pressed={each === state}
              onClick={() => setState(each === state ? undefined : each)}
            >
              {named('pointState', each)} <span className="number">{number(data.counts[each])}</span>
            </button>
          ))}
        </nav>
      )}
      {data && items.length === 0 && <p className="quiet">{t('points.empty')}</p>}
      {items.length > 0 && (
        <ol className="sheet points-list">
          {items.map((point) => (
            <PointsLine key={point.id} point={point} partyId={partyId} />
          ))}
        </ol>
      )}
      {data?.next && <p className="small quiet">{t('points.cut', { count: data.items.length })}</p>}
    </section>
  );
}

function PointsLine({ point, partyId }: { point: PointLine; partyId: string }) {
  return (
    <li>
      <Link
        to="/clients/$partyId/points/$number"
        params={{ partyId, number: String(point.number) }}
        search={(now) => now}
        className="points-line"
      >
        <span className="number quiet">#{point.number}</span>
        <span>{point.title}</span>
        <span className="small quiet">{named('pointKind', point.kind)}</span>
        <span className="small points-line-state">{stateWords(point)}</span>
      </Link>
    </li>
  );
}
