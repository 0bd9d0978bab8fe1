import { useState } from 'react';
import { BecauseForm } from '../promises/because-form.tsx';
import { t } from '../words/t.ts';
import { type Fact, withdrawFact } from './chronology.queries.ts';
import { FactForm } from './fact-form.tsx';
import { FactSources } from './fact-sources.tsx';
import { whenWords } from './fact-words.ts';

type Item = { fact: Fact; number: number; partyId: string; isWorker: boolean };

/** One stated fact; it can be put otherwise or taken out, and what stood there stays in the record. */
export function FactItem({ fact, number, partyId, isWorker }: Item) {
  const [doing, setDoing] = useState<'change' | 'withdraw' | null>(null);
  const done = () => setDoing(null);
  const { id, date, time, says, isDisputed, cites, records, entry, proposal } = fact;
  if (doing === 'change')
    return (
      <li>
        <FactForm
          partyId={partyId}
          start={{ date, time, says, isDisputed, cites, records, entry, proposal, replaces: id }}
          onDone={done}
        />
      </li>
    );
  return (
    <li className="effort">
      <span className="number quiet">{number}</span>
      <div>
        <p className="small quiet">{whenWords(fact)}</p>
        <p>
          {says}
          {isDisputed && <span className="tag small">{t('chronology.disputed')}</span>}
        </p>
        <FactSources partyId={partyId} of={fact} />
        {isWorker && doing === null && (
          <p className="row small">
            <button type="button" className="link-button" onClick={() => setDoing('change')}>
              {t('chronology.change')}
            </button>
            <button type="button" className="link-button" onClick={() => setDoing('withdraw')}>
              {t('chronology.withdraw')}
            </button>
          </p>
        )}
        {doing === 'withdraw' && (
          <BecauseForm
            partyId={partyId}
            says={t('chronology.withdraw')}
            words={null}
            isReasonNeeded
            onGive={({ reason }) => withdrawFact(id, reason)}
            onDone={done}
          />
        )}
      </div>
    </li>
  );
}
