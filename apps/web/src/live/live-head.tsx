import type { ReactNode } from 'react';
import { t } from '../words/t.ts';
import type { LiveState } from './live.state.ts';
import { turnLook } from './look.ts';
import { offline } from './offline.ts';

type Head = { children: ReactNode; state: LiveState; onCover: () => void };

/** Whom this is about, what waits, and the cover. */
export function LiveHead({ children, state, onCover }: Head) {
  return (
    <header className="live-head">
      <div className="live-who">{children}</div>
      <button type="button" className="live-small" onClick={turnLook} aria-label={t('live.look')}>
        ◐
      </button>
      <button type="button" className="live-small" onClick={onCover}>
        {t('live.cover')}
      </button>
      <WaitLine state={state} />
    </header>
  );
}

/** How many notes wait here, and why. */
function WaitLine({ state: { reach, waiting } }: { state: LiveState }) {
  const isKept = offline.use();
  const count = waiting.length;
  const says =
    reach === 'silent'
      ? t('live.offline', { count })
      : reach === 'stranger'
        ? t('live.stranger', { count })
        : count > 0
          ? t('live.sending', { count })
          : t(isKept === 'kept' ? 'live.ready' : 'live.there');
  return (
    <p className="live-wait small quiet" role="status" data-reach={reach} data-kept={isKept}>
      {says}
    </p>
  );
}
