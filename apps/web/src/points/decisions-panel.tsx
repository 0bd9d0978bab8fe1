import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PaneTitle } from '../client/pane-title.tsx';
import type { PointLine } from '../generated/types.gen.ts';
import { useKeys } from '../shell/keys.ts';
import { t } from '../words/t.ts';
import { Decided, isChanged, timesDecided } from './decided.tsx';
import { PointLink } from './point-link.tsx';
import { pointsQuery } from './points.queries.ts';
import '../course/course.css';
import './points.css';

const route = getRouteApi('/clients/$partyId/decisions');

/** What they decided, question by question, with days and words; what was decided more than once stands first. */
export function DecisionsPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const { data } = useQuery({ ...pointsQuery(partyId), throwOnError: true });
  const leave = () => navigate({ to: '/clients/$partyId/points', params: { partyId }, search: (now) => now });
  useKeys([{ keys: 'Escape', says: 'keys.close', run: leave }]);
  const decided = data?.items.filter((point) => point.decided.length > 0) ?? [];
  const shown = decided.toSorted((one, other) => Number(isChanged(other)) - Number(isChanged(one)));
  return (
    <section className="course stack" aria-labelledby="decided-title">
      <PaneTitle id="decided-title" says={t('decided.title')} closeSays={t('course.close')} onClose={leave} />
      <p className="small quiet">{t('decided.how')}</p>
      {!data && <p className="quiet">{t('list.loading')}</p>}
      {data && shown.length === 0 && <p className="quiet">{t('decided.empty')}</p>}
      {shown.map((point) => (
        <Question key={point.id} point={point} />
      ))}
      {data?.next && <p className="small quiet">{t('points.cut', { count: data.items.length })}</p>}
    </section>
  );
}

function Question({ point }: { point: PointLine }) {
  return (
    <section className="sheet" aria-label={point.title}>
      <h2 className="answer-head">
        <PointLink partyId={point.partyId} number={point.number}>
          #{point.number} {point.title}
        </PointLink>
        {isChanged(point) && (
          <span className="small quiet decided-times">
            {' '}
            {t('decided.times', { count: timesDecided(point) })}
          </span>
        )}
      </h2>
      <Decided point={point} />
    </section>
  );
}
