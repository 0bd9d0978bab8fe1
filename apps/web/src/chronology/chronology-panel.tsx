import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { partyQuery } from '../client/client.queries.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { useSession } from '../session/session.queries.ts';
import { useKeys } from '../shell/keys.ts';
import { t } from '../words/t.ts';
import { factsQuery } from './chronology.queries.ts';
import { FactForm, NOTHING_YET } from './fact-form.tsx';
import { FactItem } from './fact-item.tsx';
import { FactProposals } from './fact-proposals.tsx';
import '../promises/promises.css';
import '../promises/efforts.css';
import './chronology.css';

const route = getRouteApi('/clients/$partyId/chronology');

/** The facts of a chronology, one assertion each with what shows it, and what the record proposes. */
export function ChronologyPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const [isAdding, setAdding] = useState(false);
  const party = useQuery(partyQuery(partyId)).data?.name ?? '';
  const facts = useQuery({ ...factsQuery(partyId), throwOnError: true }).data;
  const role = useSession().data?.member?.role;
  const isWorker = role === 'owner' || role === 'manager' || role === 'agent';
  useKeys([{ keys: 'a', says: 'chronology.add', run: () => isWorker && setAdding(true) }]);
  const leave = () => navigate({ to: '/clients/$partyId/bundle', params: { partyId }, search: (now) => now });
  return (
    <section className="chronology stack" aria-labelledby="chronology-title">
      <PaneTitle
        id="chronology-title"
        says={t('chronology.title', { party })}
        closeSays={t('chronology.close')}
        onClose={leave}
      />
      <p className="small quiet">
        {t('chronology.what')}{' '}
        <Link to="/clients/$partyId/bundle" params={{ partyId }} search={(now) => now}>
          {t('chronology.toBundle')}
        </Link>
      </p>
      {isWorker && !isAdding && (
        <p className="row">
          <button type="button" className="action" onClick={() => setAdding(true)}>
            {t('chronology.add')}
          </button>
        </p>
      )}
      {isAdding && <FactForm partyId={partyId} start={NOTHING_YET} onDone={() => setAdding(false)} />}
      {!facts && <p className="quiet">{t('list.loading')}</p>}
      {facts && (
        <>
          <h2 className="answer-head">{t('chronology.facts', { count: facts.statements.length })}</h2>
          {facts.statements.length === 0 && <p className="quiet">{t('chronology.empty')}</p>}
          {facts.statements.length > 0 && (
            <ol className="sheet effort-list">
              {facts.statements.map((fact, i) => (
                <FactItem key={fact.id} fact={fact} number={i + 1} partyId={partyId} isWorker={isWorker} />
              ))}
            </ol>
          )}
          {isWorker && <FactProposals partyId={partyId} party={party} {...facts} />}
        </>
      )}
    </section>
  );
}
