import { useQuery } from '@tanstack/react-query';
import { named, t } from '../words/t.ts';
import { choosablePointsQuery } from './casefile.queries.ts';

/** Which points are picked: their ids, with the numbers by which they are said. */
export type Picked = ReadonlyMap<string, number>;

type Picking = {
  readonly partyId: string;
  readonly picked: Picked;
  readonly onPick: (picked: Picked) => void;
};

/** A client's points to choose from, those that are settled last. */
export function PickPoints({ partyId, picked, onPick }: Picking) {
  const found = useQuery({ ...choosablePointsQuery(partyId), throwOnError: true }).data;
  const points = found?.items.filter(({ state }) => state !== 'withdrawn' && state !== 'merged') ?? [];
  const toggle = (id: string, number: number) => {
    const next = new Map(picked);
    if (!next.delete(id)) next.set(id, number);
    onPick(next);
  };
  return (
    <fieldset className="choices pick-points">
      <legend>{t('case.pointsTitle')}</legend>
      {found && points.length === 0 && <p className="small quiet">{t('case.noPointsYet')}</p>}
      {points.map(({ id, number, title, state }) => (
        <label key={id}>
          <input type="checkbox" checked={picked.has(id)} onChange={() => toggle(id, number)} />
          <span>
            <span className="number">#{number}</span> {title}{' '}
            <span className="small quiet">{named('pointstate', state)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
