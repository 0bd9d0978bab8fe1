import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Problem } from '../api/problem.ts';
import type { TimelineRow } from '../api/shapes.ts';
import { partyQuery } from '../client/client.queries.ts';
import { openScreening } from '../generated/sdk.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';

/** Takes a message of somebody who is no client yet for an inquiry; one that is taken already is shown. */
export function StartInquiry({ row }: { row: TimelineRow }) {
  const partyId = row.parties[0]?.id;
  const party = useQuery({ ...partyQuery(partyId ?? ''), enabled: partyId !== undefined }).data;
  const navigate = useNavigate();
  const show = (screeningId: string) => navigate({ to: '/screening/$screeningId', params: { screeningId } });
  const opening = useMutation({
    mutationFn: () => openScreening({ body: { partyId: partyId!, interactionId: row.id } }),
    onSuccess: ({ id }) => show(id),
    onError: (error) => {
      const id = error instanceof Problem && error.code === 'screened-already' ? error.params.id : null;
      if (typeof id === 'string') void show(id);
    },
  });
  if (row.direction !== 'inbound' || !party || party.state === 'client') return null;
  return (
    <p className="row small">
      <button type="button" className="link-button" onClick={() => opening.mutate()}>
        {t('screening.startHere')}
      </button>
      {opening.error && <span role="alert">{problemWords(opening.error)}</span>}
    </p>
  );
}
