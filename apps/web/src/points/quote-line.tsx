import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';

type Words = { interactionId: string; quote: string; at: string | null; direction?: string | null };

/** Somebody's words with whose they are and when; they open the message they stand in. */
export function QuoteLine({
  partyId,
  cite,
  side,
  children,
}: {
  partyId: string;
  cite: Words;
  side?: 'theirs' | 'ours';
  children?: ReactNode;
}) {
  const whose = side ?? (cite.direction === 'outbound' ? 'ours' : 'theirs');
  return (
    <div className={whose === 'ours' ? 'quote-line quote-ours' : 'quote-line'}>
      <span className="small quiet">{whose === 'ours' ? t('point.us') : t('point.them')} </span>
      {cite.at === null ? (
        <q>{cite.quote}</q>
      ) : (
        <Link
          to="/clients/$partyId/interactions/$interactionId"
          params={{ partyId, interactionId: cite.interactionId }}
          search={(now) => now}
        >
          <q>{cite.quote}</q>
        </Link>
      )}
      <span className="small quiet"> {cite.at ? momentOf(cite.at) : t('point.erased')}</span>
      {children}
    </div>
  );
}
