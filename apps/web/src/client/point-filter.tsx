import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { pointsQuery } from '../points/points.queries.ts';
import type { TimelineFilter } from '../router.tsx';
import { KeyCap } from '../shell/key-cap.tsx';
import { useKeys } from '../shell/keys.ts';
import { t } from '../words/t.ts';

/** Only the messages that have words of one point. `f` leads here; then its number is typed or chosen. */
export function PointFilter({ partyId, filter }: { partyId: string; filter: TimelineFilter }) {
  const { data } = useQuery(pointsQuery(partyId));
  const navigate = useNavigate();
  const choice = useRef<HTMLSelectElement>(null);
  useKeys([{ keys: 'f', says: 'keys.pointFilter', run: () => choice.current?.focus() }]);
  const { point, ...rest } = filter;
  const choose = (chosen: string) =>
    navigate({ to: '.', search: chosen === '' ? rest : { ...rest, point: Number(chosen) } });
  const points = data?.items ?? [];
  if (points.length === 0 && point === undefined) return null;
  const isListed = point === undefined || points.some(({ number }) => number === point);
  return (
    <label
      className="client-filter client-filter-point"
      aria-current={point === undefined ? undefined : 'true'}
    >
      <span className="unseen">{t('client.pointFilter')}</span>
      <select
        ref={choice}
        value={point ?? ''}
        onChange={(event) => void choose(event.currentTarget.value)}
        title={t('client.pointFilter')}
      >
        <option value="">{t('client.everyPoint')}</option>
        {!isListed && <option value={point}>#{point}</option>}
        {points.map(({ number, title }) => (
          <option key={number} value={number}>
            {`#${number} ${title}`}
          </option>
        ))}
      </select>
      <KeyCap says="f" />
    </label>
  );
}
