import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TimelineFilter } from '../router.tsx';
import { KeyCap } from '../shell/key-cap.tsx';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { missingCountQuery } from './missing.queries.ts';

/** How much is missing about a client; it is counted beside everything else, and nobody waits for it. */
export function MissingLink({ partyId, filter }: { partyId: string; filter: TimelineFilter }) {
  const found = useQuery(missingCountQuery(partyId)).data;
  return (
    <Link
      to="/clients/$partyId/missing"
      params={{ partyId }}
      search={filter}
      className="client-filter"
      activeProps={{ 'aria-current': 'true' }}
    >
      {t('client.missing')}{' '}
      {found !== undefined && found.total > 0 && <span className="number">{number(found.total)}</span>}{' '}
      <KeyCap says="m" />
    </Link>
  );
}
