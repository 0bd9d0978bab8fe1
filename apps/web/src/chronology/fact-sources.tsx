import { Link } from '@tanstack/react-router';
import { t } from '../words/t.ts';
import type { FactWish } from './chronology.queries.ts';

type Sources = Pick<FactWish, 'cites' | 'records' | 'entry'>;

/** What shows a fact; each opens its record. */
export function FactSources({
  partyId,
  of: { cites = [], records = [], entry },
}: {
  partyId: string;
  of: Sources;
}) {
  const shown = [
    ...cites.map(({ interactionId, start, quote }) => ({
      interactionId,
      quote,
      key: `${interactionId} ${start}`,
    })),
    ...records.map((interactionId) => ({ interactionId, quote: null, key: interactionId })),
  ];
  return (
    <p className="small fact-sources">
      {shown.map(({ interactionId, quote, key }) => (
        <Link
          key={key}
          to="/clients/$partyId/interactions/$interactionId"
          params={{ partyId, interactionId }}
          search={(now) => now}
        >
          {quote ? <q>{quote}</q> : t('chronology.record')}
        </Link>
      ))}
      {entry && <span className="quiet">{t('chronology.ownEntry')}</span>}
    </p>
  );
}
