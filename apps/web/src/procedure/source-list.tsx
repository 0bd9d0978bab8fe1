import type { ProcedurePack } from '../generated/types.gen.ts';
import { nowIso } from '../words/clock.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { inReaders } from './in-three.ts';

/** Where a pack comes from, folded; that nobody compared it with its source is said outside of the fold. */
export function SourceList({ pack }: { pack: ProcedurePack }) {
  return (
    <>
      {!pack.isVerified && (
        <p className="small procedure-unverified">
          <strong>{t('procedure.unverified')}</strong> {t('procedure.unverifiedWhy')}
        </p>
      )}
      <details className="procedure-fold small">
        <summary>{t('procedure.sources')}</summary>
        <ul>
          {pack.sources.map(({ says, url, validUntil }) => (
            <li key={says.en}>
              {url ? (
                <a href={url} target="_blank" rel="noreferrer noopener">
                  {inReaders(says)}
                </a>
              ) : (
                inReaders(says)
              )}
              {validUntil && ` · ${t('procedure.validUntil', { day: dayWords(validUntil) })}`}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** Said of each date whose source is not known to hold any more. */
export function OutdatedLine({ validUntil }: { validUntil: string | null }) {
  if (!isOutdated(validUntil)) return null;
  return (
    <p className="small procedure-unverified">
      <strong>{t('procedure.outdated', { day: dayWords(validUntil) })}</strong>
    </p>
  );
}

export function isOutdated(validUntil: string | null): validUntil is string {
  return validUntil !== null && validUntil < nowIso().slice(0, 10);
}

function dayWords(date: string): string {
  return dateOf(`${date}T12:00:00`);
}
