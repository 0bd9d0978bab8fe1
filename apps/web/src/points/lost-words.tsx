import { useEffect } from 'react';
import { t } from '../words/t.ts';
import type { Place } from './find-words.ts';
import { lostWords } from './selected-cite.ts';

type Offer = { interactionId: string; onLook: (near: Place | null) => void };

/** Selected words that the text of the record does not have: said, with the way to where they must stand. */
export function LostWords({ interactionId, onLook }: Offer) {
  const lost = lostWords.use();
  useEffect(() => () => lostWords.set(() => null), []);
  if (lost?.interactionId !== interactionId) return null;
  const look = () => {
    lostWords.set(() => null);
    onLook(lost.near);
  };
  return (
    <div className="notice small" role="alert">
      {t('select.lost', { words: lost.words.slice(0, 80) })}{' '}
      <button type="button" className="link-button" onClick={look}>
        {t(lost.near ? 'select.lookNear' : 'select.lookText')}
      </button>
    </div>
  );
}
