import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { partyQuery } from '../client/client.queries.ts';
import { Icon } from '../shell/icon.tsx';
import { t } from '../words/t.ts';

/** Only one client's records are searched; one press searches all again. */
export function PartyFilter({ partyId }: { partyId: string }) {
  const name = useQuery(partyQuery(partyId)).data?.name ?? '';
  return (
    <Link
      from="/record"
      to="/record"
      search={({ party: _one, ...rest }) => rest}
      className="action"
      aria-label={t('search.allClients', { name })}
    >
      {t('search.only', { name })} <Icon name="close" />
    </Link>
  );
}
