import { useQuery } from '@tanstack/react-query';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { caseBundlesQuery } from './counsel.queries.ts';

/** The bundles that were made, with what tells one file from another. The files are kept nowhere: who made one hands it over. */
export function CaseBundles({ caseId }: { caseId: string }) {
  const items = useQuery(caseBundlesQuery(caseId)).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <>
      <p className="small quiet">{t('counsel.bundles')}</p>
      <ul className="sheet lines">
        {items.map(({ id, at, exhibits, bates, manifestSha256 }) => (
          <li key={id} className="line-block">
            {momentOf(at)}{' '}
            <span className="small quiet">
              {t('counsel.exhibits', { count: exhibits })}
              {bates && ` · ${bates.first}–${bates.last}`}
            </span>
            <div className="small counsel-digest">
              {t('bundles.manifest')} <code className="mono">{manifestSha256}</code>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
