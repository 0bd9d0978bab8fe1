import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Opens a point beside its client's timeline. */
export function PointLink({
  partyId,
  number,
  children,
}: {
  partyId: string;
  number: number;
  children: ReactNode;
}) {
  return (
    <Link
      to="/clients/$partyId/points/$number"
      params={{ partyId, number: String(number) }}
      search={(now) => now}
    >
      {children}
    </Link>
  );
}
