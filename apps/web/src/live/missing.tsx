import { t } from '../words/t.ts';

/**
 * Over plain HTTP from another machine a browser gives a page less; which, is said, and how to have it.
 *
 * @param isFolded while a session goes on, when the buttons need the room
 */
export function Missing({ isFolded = false }: { isFolded?: boolean }) {
  if (isSecureContext) return null;
  return (
    <details className="notice small live-missing" open={!isFolded}>
      <summary>{t('live.plain')}</summary>
      <ul>
        <li>{t('live.plainClipboard')}</li>
        <li>{t('live.plainOffline')}</li>
        <li>{t('live.plainOpen')}</li>
      </ul>
      <p>{t('live.plainHow')}</p>
    </details>
  );
}
