import { Link } from '@tanstack/react-router';
import type { TimelineRow } from '../api/shapes.ts';
import { MessageBody } from './message-body.tsx';

/** A message in a short list; it opens beside its client's timeline. */
export function MessageLine({ row }: { row: TimelineRow }) {
  const party = row.parties[0];
  const look = row.direction === 'outbound' ? 'message message-ours' : 'message';
  return (
    <li>
      {party ? (
        <Link
          className={look}
          to="/clients/$partyId/interactions/$interactionId"
          params={{ partyId: party.id, interactionId: row.id }}
        >
          <MessageBody row={row} startsDay showsParty />
        </Link>
      ) : (
        <Link className={look} to="/interactions/$interactionId" params={{ interactionId: row.id }}>
          <MessageBody row={row} startsDay showsParty />
        </Link>
      )}
    </li>
  );
}
