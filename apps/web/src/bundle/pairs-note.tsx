import { useQuery } from '@tanstack/react-query';
import { togglePick } from '../client/picks.ts';
import { t } from '../words/t.ts';
import { pairsQuery } from './bundle.queries.ts';

type Shown = { partyId: string; takesAll: boolean; ids: ReadonlySet<string> };

/** How many pairs the bundle shows side by side, and which halves are not picked. */
export function PairsNote({ partyId, takesAll, ids }: Shown) {
  const pairs = useQuery(pairsQuery(partyId)).data?.items ?? [];
  const whole = pairs.filter(({ first, second }) => takesAll || (ids.has(first) && ids.has(second)));
  const lacking = takesAll
    ? []
    : pairs.flatMap(({ first, second }) =>
        ids.has(first) === ids.has(second) ? [] : [ids.has(first) ? second : first],
      );
  return (
    <>
      {whole.length > 0 && <p className="small quiet">{t('bundle.pairs', { count: whole.length })}</p>}
      {lacking.length > 0 && (
        <p className="small">
          {t('bundle.pairHalf', { count: lacking.length })}{' '}
          <button
            type="button"
            className="link-button"
            onClick={() => {
              for (const id of new Set(lacking)) togglePick(partyId, id);
            }}
          >
            {t('bundle.pairTake')}
          </button>
        </p>
      )}
    </>
  );
}
