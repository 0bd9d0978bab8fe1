import type { Invited } from '../generated/types.gen.ts';
import { Address, isHere } from '../live/address.tsx';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import './us.css';

/** The link of an invitation, to be handed over: it is shown this once. */
export function InvitedNow({ invited: { code, until } }: { invited: Invited }) {
  return (
    <div className="sheet stack people-link" role="status">
      <p>{t('people.handOver')}</p>
      <Address url={`${location.origin}/join#code=${code}`} says={t('people.handOver')} />
      {isHere() && <p className="notice small">{t('people.hereOnly')}</p>}
      <p className="small">
        {t('people.orType', { address: `${location.origin}/join` })} <strong className="mono">{code}</strong>
      </p>
      <p className="quiet small">{t('people.linkUntil', { at: momentOf(until) })}</p>
    </div>
  );
}
