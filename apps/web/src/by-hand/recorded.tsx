import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { interactionQuery } from '../interaction/interaction.queries.ts';
import { StartProcedure } from '../procedure/start-procedure.tsx';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { distance } from './distance.ts';
import type { Kind } from './draft.ts';

/** What was recorded a moment ago. */
export type Kept = { readonly id: string; readonly kind: Kind };

/** It is in the record; and what can follow from it. */
export function Recorded({ kept, onAnother }: { kept: Kept; onAnother: () => void }) {
  const { data } = useQuery({ ...interactionQuery(kept.id), throwOnError: true });
  const party = data?.row.parties[0];
  return (
    <>
      <h1>{t('byhand.kept')}</h1>
      {data && (
        <p role="status">
          {named('kind', kept.kind)} · {momentOf(data.row.at)}
          {data.lateByMin !== null && ` · ${t('late.mark', { by: distance(data.lateByMin) })}`}
        </p>
      )}
      {party && <StartProcedure subject={kept.kind} partyId={party.id} subjectId={kept.id} />}
      <div className="by-hand-next">
        {party && (
          <Link
            className="action by-hand-big"
            to="/clients/$partyId/interactions/$interactionId"
            params={{ partyId: party.id, interactionId: kept.id }}
          >
            {t('byhand.open')}
          </Link>
        )}
        <button type="button" className="action by-hand-big" onClick={onAnother}>
          {t('byhand.another')}
        </button>
      </div>
    </>
  );
}
