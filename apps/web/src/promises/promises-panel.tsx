import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { partyQuery } from '../client/client.queries.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { useSession } from '../session/session.queries.ts';
import { t } from '../words/t.ts';
import { Allowances } from './allowances.tsx';
import { OfferForm } from './offer-form.tsx';
import { OfferItem } from './offer-item.tsx';
import { PromiseForm } from './promise-form.tsx';
import { PromiseItem } from './promise-item.tsx';
import { type Commitment, limitsQuery, promisesQuery, proposalsQuery } from './promises.queries.ts';
import { ProposalList } from './proposals.tsx';
import './promises.css';

const route = getRouteApi('/clients/$partyId/promises');

/** What both sides promised and offered, what looks like a promise, and how each ended. */
export function PromisesPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const [making, setMaking] = useState<'promise' | 'offer' | null>(null);
  const party = useQuery(partyQuery(partyId)).data;
  const promises = useQuery({ ...promisesQuery(partyId), throwOnError: true }).data;
  const role = useSession().data?.member?.role;
  const isWorker = role === 'owner' || role === 'manager' || role === 'agent';
  const proposals = useQuery({ ...proposalsQuery(partyId), enabled: isWorker }).data ?? [];
  const limits = useQuery({ ...limitsQuery(partyId), enabled: isWorker }).data ?? [];
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  const done = () => setMaking(null);
  return (
    <section className="promises stack" aria-labelledby="promises-title">
      <PaneTitle
        id="promises-title"
        says={t('promise.title')}
        closeSays={t('promise.close')}
        onClose={leave}
      />
      <p className="row">
        {isWorker && (
          <>
            <button type="button" className="action" onClick={() => setMaking('promise')}>
              {t('promise.new')}
            </button>
            <button type="button" className="action" onClick={() => setMaking('offer')}>
              {t('offer.new')}
            </button>
          </>
        )}
        <Link to="/clients/$partyId/efforts" params={{ partyId }} search={(now) => now} className="action">
          {t('effort.title')}
        </Link>
      </p>
      {making === 'promise' && party && (
        <PromiseForm partyId={partyId} partyName={party.name} start={null} onDone={done} />
      )}
      {making === 'offer' && <OfferForm partyId={partyId} onDone={done} />}
      {!promises && <p className="quiet">{t('list.loading')}</p>}
      {promises && (
        <>
          <PromiseSection says={t('promise.ours')} promises={promises.commitments} side="ours" />
          <PromiseSection says={t('promise.theirs')} promises={promises.commitments} side="theirs" />
          <Section
            says={t('offer.title')}
            isEmpty={promises.offers.length === 0}
            emptySays={t('offer.empty')}
          >
            {promises.offers.map((offer) => (
              <OfferItem
                key={offer.id}
                offer={offer}
                limit={limits.find(({ offerId }) => offerId === offer.id)}
                mayLimit={isWorker}
              />
            ))}
          </Section>
        </>
      )}
      {party && proposals.length > 0 && (
        <section className="sheet">
          <h2 className="answer-head">{t('promise.proposed', { count: proposals.length })}</h2>
          <ProposalList proposals={proposals} party={party} isElsewhere />
        </section>
      )}
      {(role === 'owner' || role === 'manager') && <Allowances />}
    </section>
  );
}

type OneSide = { says: string; promises: readonly Commitment[]; side: Commitment['side'] };

function PromiseSection({ says, promises, side }: OneSide) {
  const own = promises.filter((promise) => promise.side === side);
  return (
    <Section says={says} isEmpty={own.length === 0} emptySays={t('promise.empty')}>
      {own.map((promise) => (
        <PromiseItem key={promise.id} promise={promise} />
      ))}
    </Section>
  );
}

type Sheet = { says: string; isEmpty: boolean; emptySays: string; children: ReactNode };

function Section({ says, isEmpty, emptySays, children }: Sheet) {
  return (
    <section className="sheet">
      <h2 className="answer-head">{says}</h2>
      {isEmpty ? (
        <p className="answer-none quiet">{emptySays}</p>
      ) : (
        <ul className="promise-list">{children}</ul>
      )}
    </section>
  );
}
