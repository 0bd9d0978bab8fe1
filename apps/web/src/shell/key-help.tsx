import { t } from '../words/t.ts';
import { Icon } from './icon.tsx';
import { keyCaps, useBoundKeys } from './keys.ts';
import { Over } from './over.tsx';
import '../client/pane.css';

/** Every key that works here and now. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const bound = useBoundKeys();
  return (
    <Over label={t('keys.title')} onClose={onClose}>
      <div className="keys-body">
        <div className="pane-title">
          <h2>{t('keys.title')}</h2>
          <button
            type="button"
            className="plain-button pane-close"
            onClick={onClose}
            aria-label={t('keys.closeHelp')}
          >
            <Icon name="close" />
          </button>
        </div>
        <dl className="keys-list">
          {bound.map(({ keys, says }) => (
            <div key={keys}>
              <dt>{t(says)}</dt>
              <dd>
                {keyCaps(keys).map((cap) => (
                  <kbd key={cap}>{cap}</kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Over>
  );
}
