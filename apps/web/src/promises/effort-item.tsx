import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { BecauseForm } from './because-form.tsx';
import { effortWords, isQuote } from './effort-words.ts';
import { type Effort, withdrawEffort } from './efforts.queries.ts';

type Item = { effort: Effort; partyId: string; isWorker: boolean };

/** One line: number, date, what was done, and the words, which open their record. */
export function EffortItem({ effort, partyId, isWorker }: Item) {
  const [isTakingBack, setTakingBack] = useState(false);
  const { number, at, says, interactionId, isWithoutPrejudice, effortId } = effort;
  return (
    <li className="effort">
      <span className="number quiet">{number}</span>
      <div>
        <p>
          {effortWords(effort)}
          {isWithoutPrejudice && <span className="tag small">{t('offer.withoutPrejudice')}</span>}{' '}
          <span className="small quiet">{momentOf(at)}</span>
        </p>
        <p className="small">
          {interactionId ? (
            <Link
              to="/clients/$partyId/interactions/$interactionId"
              params={{ partyId, interactionId }}
              search={(now) => now}
            >
              {isQuote(effort) ? <q>{says}</q> : says}
            </Link>
          ) : (
            <Link to="/clients/$partyId/promises" params={{ partyId }} search={(now) => now}>
              {says}
            </Link>
          )}
        </p>
        {effortId && isWorker && !isTakingBack && (
          <button type="button" className="link-button small no-print" onClick={() => setTakingBack(true)}>
            {t('effort.takeBack')}
          </button>
        )}
        {effortId && isTakingBack && (
          <BecauseForm
            partyId={partyId}
            says={t('effort.takeBack')}
            words={null}
            isReasonNeeded
            onGive={({ reason }) => withdrawEffort(effortId, reason)}
            onDone={() => setTakingBack(false)}
          />
        )}
      </div>
    </li>
  );
}
