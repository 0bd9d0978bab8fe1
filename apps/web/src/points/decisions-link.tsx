import { Link } from '@tanstack/react-router';
import type { Signal } from '../api/shapes.ts';
import { t } from '../words/t.ts';

/** To what they decided, one after the other. */
export function DecisionsLink({ partyId }: { partyId: string }) {
  return (
    <Link to="/clients/$partyId/decisions" params={{ partyId }} search={(now) => now}>
      {t('decided.link')}
    </Link>
  );
}

/** Beside words that show no decision: what was decided until then. */
export function DecidedBefore({ kind, partyId }: { kind: Signal['kind']; partyId: string | null }) {
  if (kind !== 'indecision' || partyId === null) return null;
  return (
    <>
      {' '}
      · <DecisionsLink partyId={partyId} />
    </>
  );
}
