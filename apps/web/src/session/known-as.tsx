import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { t } from '../words/t.ts';
import { knownNameQuery } from './our-names.queries.ts';

/** Says by which name a client knows us, where it is chosen. */
export function KnownAs({ partyId }: { partyId: string }) {
  const known = useQuery(knownNameQuery(partyId)).data?.known;
  return (
    <Link to="/clients/$partyId/our-name" params={{ partyId }} search={(now) => now}>
      {t('known.as', { name: known?.name ?? '…' })}
    </Link>
  );
}
