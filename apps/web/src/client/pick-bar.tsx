import { Link } from '@tanstack/react-router';
import { t } from '../words/t.ts';
import { picks, picksOf, stopPicking } from './picks.ts';

/** How many are picked, and what to do with them. */
export function PickBar({ partyId, isBundleOpen }: { partyId: string; isBundleOpen: boolean }) {
  const { isPicking, ids } = picksOf(picks.use(), partyId);
  if (!isPicking) return null;
  return (
    <div className="pick-bar" role="status">
      <strong>{t('pick.count', { count: ids.size })}</strong>
      <span className="quiet small pick-hint">{t('pick.hint')}</span>
      <span className="bar-space" />
      {!isBundleOpen && (
        <Link className="action action-first" to="/clients/$partyId/bundle" params={{ partyId }}>
          {t('client.bundle')}
        </Link>
      )}
      <button type="button" className="link-button" onClick={() => stopPicking(partyId)}>
        {t('pick.stop')}
      </button>
    </div>
  );
}
