import { t } from '../words/t.ts';
import { keyCaps, useBoundKeys } from './keys.ts';
import { Over } from './over.tsx';

/** Every key that works here and now. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const bound = useBoundKeys();
  return (
    <Over label={t('keys.title')} onClose={onClose}>
      <div className="keys-body">
        <h2>{t('keys.title')}</h2>
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
