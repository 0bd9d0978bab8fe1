import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { PointLine } from '../generated/types.gen.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useKeys } from '../shell/keys.ts';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { maker } from './making.ts';
import { pointsQuery } from './points.queries.ts';
import { stateWords } from './state-words.ts';
import './points.css';

const SHOWN = 6;

/** The points of a client in one line: those that wait, how each stands, and how many are settled. */
export function PointsStrip({ partyId }: { partyId: string }) {
  const { data } = useQuery(pointsQuery(partyId));
  const navigate = useNavigate();
  useKeys([
    {
      keys: '#',
      says: 'keys.point',
      run: () => {
        if (maker.get()?.()) return;
        void navigate({ to: '/clients/$partyId/points', params: { partyId }, search: (now) => now });
      },
    },
  ]);
  if (!data) return null;
  const live = data.items.filter(({ state }) => state === 'open' || state === 'answered');
  const { agreed, closed } = data.counts;
  return (
    <nav className="points-strip small" aria-label={t('points.title')}>
      {live.slice(0, SHOWN).map((point) => (
        <StripPoint key={point.id} point={point} partyId={partyId} />
      ))}
      <Link
        to="/clients/$partyId/points"
        params={{ partyId }}
        search={(now) => now}
        className="points-strip-all"
      >
        {[
          ...(live.length > SHOWN ? [t('points.more', { count: live.length - SHOWN })] : []),
          ...(agreed > 0 ? [t('points.agreed', { count: number(agreed) })] : []),
          ...(closed > 0 ? [t('points.closed', { count: number(closed) })] : []),
          ...(data.items.length === 0 ? [t('points.none')] : []),
        ].join(' · ') || t('points.title')}{' '}
        <KeyCap says="#" />
      </Link>
    </nav>
  );
}

function StripPoint({ point, partyId }: { point: PointLine; partyId: string }) {
  return (
    <Link
      to="/clients/$partyId/points/$number"
      params={{ partyId, number: String(point.number) }}
      search={(now) => now}
      className="points-strip-one"
    >
      <span className="number">#{point.number}</span> {point.title}{' '}
      <span className="quiet">{stateWords(point)}</span>
    </Link>
  );
}
