import { Link } from '@tanstack/react-router';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';

type Place = { interactionId: string; at: string; quote: string | null };

/** The words behind a figure; they open the message they stand in. */
export function QuoteLink({ partyId, place }: { partyId: string; place: Place }) {
  return (
    <Link
      to="/clients/$partyId/interactions/$interactionId"
      params={{ partyId, interactionId: place.interactionId }}
    >
      {place.quote ? <q>{place.quote}</q> : t('kind.message')}
      <span className="small quiet"> {momentOf(place.at)}</span>
    </Link>
  );
}
