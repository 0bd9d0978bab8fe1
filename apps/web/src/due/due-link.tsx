import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Due } from '../api/shapes.ts';

type Props = { due: Due; className: string; children: ReactNode };

/** What a procedure stands beside is done in its own panel. */
const PLACES = {
  'restriction-review': '/clients/$partyId/restrictions',
  'filed-with-news': '/clients/$partyId/restrictions',
  'relation-ends': '/clients/$partyId/ending',
  'one-answer-after-end': '/clients/$partyId/ending',
  'first-days-money': '/clients/$partyId',
} as const;

/** Where a due thing is done: its message, or its own panel beside the client's timeline. */
export function DueLink({ due, className, children }: Props) {
  const { room, partyId, interactionId } = due;
  if (room === 'interaction' && interactionId)
    return (
      <Link
        to="/clients/$partyId/interactions/$interactionId"
        params={{ partyId, interactionId }}
        className={className}
      >
        {children}
      </Link>
    );
  if (room === 'point')
    return (
      <Link to="/clients/$partyId/promises" params={{ partyId }} className={className}>
        {children}
      </Link>
    );
  if (partyId === '')
    return (
      <Link to={due.code === 'policy-review' ? '/policies' : '/cases'} className={className}>
        {children}
      </Link>
    );
  if (room === 'agreement')
    return (
      <Link
        to={due.code === 'agreement-review' ? '/clients/$partyId/boundaries' : '/clients/$partyId/agreement'}
        params={{ partyId }}
        className={className}
      >
        {children}
      </Link>
    );
  if (room === 'procedure' && due.code.startsWith('warning'))
    return (
      <Link to="/screening/entries" className={className}>
        {children}
      </Link>
    );
  if (room === 'procedure' && due.code in PLACES)
    return (
      <Link to={PLACES[due.code as keyof typeof PLACES]} params={{ partyId }} className={className}>
        {children}
      </Link>
    );
  if (room === 'procedure')
    return (
      <Link to="/clients/$partyId/procedures/$id" params={{ partyId, id: due.id }} className={className}>
        {children}
      </Link>
    );
  if (due.code === 'retention-over')
    return (
      <Link to="/erase" search={{ party: partyId }} className={className}>
        {children}
      </Link>
    );
  if (room === 'casefile' && due.code.startsWith('complaint'))
    return (
      <Link to="/complaints/$complaintId" params={{ complaintId: due.id }} className={className}>
        {children}
      </Link>
    );
  return (
    <Link to="/clients/$partyId" params={{ partyId }} className={className}>
      {children}
    </Link>
  );
}
