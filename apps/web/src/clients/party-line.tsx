import { Link } from '@tanstack/react-router';
import type { PartyRow } from '../api/shapes.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';

/** One client in the list; the whole line is the link. */
export function PartyLine({ party }: { party: PartyRow }) {
  const [first, ...others] = party.identifiers;
  return (
    <li>
      <Link className="clients-line" to="/clients/$partyId" params={{ partyId: party.id }}>
        <span className="clients-name">{party.name}</span>
        <span className="clients-address quiet small">
          {first?.value === party.name ? '' : first?.value}
          {others.length > 0 && ` ${t('clients.moreAddresses', { count: others.length })}`}
        </span>
        <span className="clients-state small">{t(`state.${party.state}`)}</span>
        <span className="clients-count number">{t('count.interactions', { count: party.interactions })}</span>
        <span className="clients-last number quiet">
          {party.lastAt ? dateOf(party.lastAt) : t('clients.noContact')}
        </span>
      </Link>
    </li>
  );
}
