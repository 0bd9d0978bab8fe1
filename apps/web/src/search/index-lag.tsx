import { useQuery } from '@tanstack/react-query';
import { t } from '../words/t.ts';
import { behind, healthQuery } from './search.queries.ts';

/** Rows come first and the index right behind: said while it is behind. */
export function IndexLag() {
  const entries = behind(useQuery(healthQuery).data);
  if (entries === 0) return null;
  return (
    <p className="small quiet search-lag" role="status">
      {t('search.lag', { count: entries })}
    </p>
  );
}
