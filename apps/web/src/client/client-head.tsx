import { Link } from '@tanstack/react-router';
import type { Party } from '../api/shapes.ts';
import { MissingLink } from '../missing/missing-link.tsx';
import type { TimelineFilter } from '../router.tsx';
import { KnownAs } from '../session/known-as.tsx';
import { KeyCap } from '../shell/key-cap.tsx';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { dateOf, READER_ZONE } from '../words/when.ts';
import { ClientStanding } from './client-standing.tsx';
import { PartyStateChoice } from './party-state.tsx';
import { PointFilter } from './point-filter.tsx';
import { ReachedBy } from './reached-by.tsx';

/**
 * Who this is, how much there is of whom, and what can be done with all of it.
 *
 * @param isTitle The page is about the client; what is opened beside the timeline has a title of its own.
 */
export function ClientHead({ party, filter, isTitle }: Head) {
  const { inbound, outbound, unknown } = party.counts;
  return (
    <header className="client-head">
      <div className="client-title">
        {isTitle ? <h1>{party.name}</h1> : <p className="client-name">{party.name}</p>}
        <PartyStateChoice party={party} />
        <nav className="client-actions" aria-label={t('client.actions')}>
          <Link to="/by-hand" search={{ kind: 'call', party: party.id }} className="action">
            {t('room.call')} <KeyCap says="c" />
          </Link>
          <Link
            to="/clients/$partyId/course"
            params={{ partyId: party.id }}
            search={filter}
            className="action"
          >
            {t('client.course')} <KeyCap says="g" />
          </Link>
          <Link to="/record" search={{ party: party.id }} className="action">
            {t('client.search')} <KeyCap says="/" />
          </Link>
          <Link
            to="/clients/$partyId/bundle"
            params={{ partyId: party.id }}
            search={filter}
            className="action"
          >
            {t('client.bundle')} <KeyCap says="b" />
          </Link>
        </nav>
      </div>
      <div className="client-facts small quiet">
        <ReachedBy party={party} />
        <span>
          {party.firstAt && party.lastAt && (
            <>{t('client.period', { first: dateOf(party.firstAt), last: dateOf(party.lastAt) })} · </>
          )}
          <KnownAs partyId={party.id} />
        </span>
      </div>
      <ClientStanding partyId={party.id} />
      <nav className="client-filters" aria-label={t('client.filters')}>
        <Filter
          says={t('client.all')}
          count={party.interactions}
          isOn={!filter.from && !filter.point}
          to={{}}
        />
        <Filter
          says={t('client.fromThem')}
          count={inbound}
          isOn={filter.from === 'them'}
          to={{ ...filter, from: 'them' }}
        />
        <Filter
          says={t('client.fromUs')}
          count={outbound}
          isOn={filter.from === 'us'}
          to={{ ...filter, from: 'us' }}
        />
        <Link
          to="/clients/$partyId/marked"
          params={{ partyId: party.id }}
          search={filter}
          className="client-filter"
          activeProps={{ 'aria-current': 'true' }}
        >
          {t('client.marked')}
        </Link>
        <MissingLink partyId={party.id} filter={filter} />
        <PointFilter partyId={party.id} filter={filter} />
        {unknown > 0 && <span className="small quiet">{t('client.unknownSide', { count: unknown })}</span>}
        <span className="client-zone small quiet">{t('client.zone', { zone: READER_ZONE })}</span>
      </nav>
    </header>
  );
}

type Head = { party: Party; filter: TimelineFilter; isTitle: boolean };

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
