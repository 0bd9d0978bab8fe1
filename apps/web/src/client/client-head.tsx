import { Link } from '@tanstack/react-router';
import type { Party } from '../api/shapes.ts';
import type { TimelineFilter } from '../router.tsx';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { dateOf, READER_ZONE } from '../words/when.ts';
import { PartyStateChoice } from './party-state.tsx';

/** Who this is, how much there is of whom, and what can be done with all of it. */
export function ClientHead({ party, filter }: { party: Party; filter: TimelineFilter }) {
  const { inbound, outbound } = party.counts;
  const unknown = party.interactions - inbound - outbound;
  return (
    <header className="client-head">
      <div className="client-title">
        <h1>{party.name}</h1>
        <PartyStateChoice party={party} />
        <nav className="client-actions">
          <Link
            to="/clients/$partyId/course"
            params={{ partyId: party.id }}
            search={filter}
            className="action"
          >
            {t('client.course')} <kbd>g</kbd>
          </Link>
          <Link to="/record" search={{ party: party.id }} className="action">
            {t('client.search')} <kbd>/</kbd>
          </Link>
          <Link
            to="/clients/$partyId/bundle"
            params={{ partyId: party.id }}
            search={filter}
            className="action"
          >
            {t('client.bundle')} <kbd>b</kbd>
          </Link>
        </nav>
      </div>
      <p className="client-facts small quiet">
        {party.identifiers.map(({ value }) => value).join(', ')}
        {party.firstAt &&
          party.lastAt &&
          ` · ${t('client.period', { first: dateOf(party.firstAt), last: dateOf(party.lastAt) })}`}
      </p>
      <nav className="client-filters" aria-label={t('client.filters')}>
        <Filter says={t('client.all')} count={party.interactions} isOn={!filter.from} to={{}} />
        <Filter
          says={t('client.fromThem')}
          count={inbound}
          isOn={filter.from === 'them'}
          to={{ from: 'them' }}
        />
        <Filter says={t('client.fromUs')} count={outbound} isOn={filter.from === 'us'} to={{ from: 'us' }} />
        <Link
          to="/clients/$partyId/marked"
          params={{ partyId: party.id }}
          search={filter}
          className="client-filter"
          activeProps={{ 'aria-current': 'true' }}
        >
          {t('client.marked')}
        </Link>
        {unknown > 0 && <span className="small quiet">{t('client.unknownSide', { count: unknown })}</span>}
        <span className="client-zone small quiet">{t('client.zone', { zone: READER_ZONE })}</span>
      </nav>
    </header>
  );
}

type FilterLink = { says: string; count: number; isOn: boolean; to: TimelineFilter };

function Filter({ says, count, isOn, to }: FilterLink) {
  return (
    <Link
      from="/clients/$partyId"
      to="."
      search={to}
      className="client-filter"
      aria-current={isOn ? 'true' : undefined}
    >
      {says} <span className="number">{number(count)}</span>
    </Link>
  );
}
