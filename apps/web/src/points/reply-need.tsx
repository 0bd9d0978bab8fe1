import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { InteractionInPlace, Signal } from '../api/shapes.ts';
import { t } from '../words/t.ts';
import { noveltyQuery } from './points.queries.ts';
import { needOf } from './reply-need.ts';

type Shown = { interaction: InteractionInPlace; partyId: string; marks: readonly Signal[] };

/** Whether a message needs a reply at all: what was answered before is not answered anew. */
export function ReplyNeed({ interaction: { row }, partyId, marks }: Shown) {
  const novelty = useQuery(noveltyQuery(row.id, partyId)).data;
  const need = novelty && needOf(novelty, marks);
  if (!need) return null;
  if (need.is === 'partly-new')
    return <p className="reply-says small">{t('reply.onlyNew', { count: need.count })}</p>;
  return (
    <p className="reply-says small">
      {need.is === 'answered' ? t('reply.notNeeded') : t('reply.nothingAsked')}{' '}
      {need.is === 'answered' && (
        <Link to="/clients/$partyId/restrictions" params={{ partyId }}>
          {t('filed.begin')}
        </Link>
      )}
    </p>
  );
}
