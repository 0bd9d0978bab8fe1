import { t } from '../words/t.ts';

/** What else is open to them: told when something is closed, so that closing closes no door. */
export function NextRoute() {
  return (
    <label className="field">
      {t('casefile.nextRouteAsk')}
      <input name="nextRoute" maxLength={300} />
    </label>
  );
}
