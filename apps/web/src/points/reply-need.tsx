import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { InteractionInPlace } from '../api/shapes.ts';
import { t } from '../words/t.ts';
import { noveltyQuery } from './points.queries.ts';

type Shown = { interaction: InteractionInPlace; partyId: string };

/** Whether a message needs a reply at all: what was answered before is not answered anew. */
export function ReplyNeed({ interaction: { row }, partyId }: Shown) {
  const need = useQuery(noveltyQuery(row.id, partyId)).data?.need;
  if (!need) return null;
  if (need.is === 'partly-new')
    return <p className="reply-says small">{t('reply.onlyNew', { count: need.count })}</p>;
  return (
    <p className="reply-says small">
      {need.is === 'answered' ? t('reply.notNeeded') : t('reply.nothingAsked')}{' '}
      {need.mayBeFiled && (
        <Link to="/clients/$partyId/restrictions" params={{ partyId }}>
          {t('filed.begin')}
        </Link>
      )}
    </p>
  );
}
