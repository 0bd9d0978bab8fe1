import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { t } from '../words/t.ts';
import { dayOf } from '../words/when.ts';
import { keptDraftsQuery } from './kept-drafts.queries.ts';

/** The drafts that one keeps of answers to a client, each with the way to the message it answers. */
export function KeptDraftsLine({ partyId }: { partyId: string }) {
  const kept = useQuery(keptDraftsQuery()).data?.filter((draft) => draft.partyId === partyId) ?? [];
  if (kept.length === 0) return null;
  return (
    <p className="small row">
      {kept.map(({ id, interactionId, keptAt }) => (
        <Link
          key={id}
          to="/clients/$partyId/interactions/$interactionId"
          params={{ partyId, interactionId }}
          search={(now) => now}
        >
          {t('keptDraft.line', { date: dayOf(keptAt) })}
        </Link>
      ))}
    </p>
  );
}
