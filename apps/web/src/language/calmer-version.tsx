import { useState } from 'react';
import { t } from '../words/t.ts';
import { calmerVersion, type Instead } from './calmer.ts';

type Versions = { readonly mine: string; readonly calm: string };
type Shown = {
  draft: string;
  found: readonly Instead[];
  /** The versions that were chosen between last; null before. */
  versions: Versions | null;
  onTake: (draft: string, versions: Versions) => void;
};

/** The draft said more calmly, by the sentences beside what was marked; taken by a press, and taken back by one. */
export function CalmerVersion({ draft, found, versions, onTake }: Shown) {
  const [isOpen, setOpen] = useState(false);
  const calm = calmerVersion(draft, found);
  const canGoBack = versions !== null && versions.calm === draft;
  if (calm === null && !canGoBack) return null;
  const take = (words: string) => {
    setOpen(false);
    onTake(words, { mine: draft, calm: words });
  };
  return (
    <div className="reply-says small stack-small">
      <p className="row">
        {calm !== null && (
          <button
            type="button"
            className="link-button"
            aria-expanded={isOpen}
            onClick={() => setOpen((now) => !now)}
          >
            {t('reply.calmer')}
          </button>
        )}
        {canGoBack && (
          <button type="button" className="link-button" onClick={() => onTake(versions.mine, versions)}>
            {t('reply.calmerBack')}
          </button>
        )}
      </p>
      {isOpen && calm !== null && (
        <>
          <p className="reply-calm">{calm}</p>
          <p className="row">
            <button type="button" className="action" onClick={() => take(calm)}>
              {t('reply.calmerTake')}
            </button>
            <span className="quiet">{t('reply.calmerNote')}</span>
          </p>
        </>
      )}
    </div>
  );
}
