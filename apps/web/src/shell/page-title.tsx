import { useEffect } from 'react';
import { t } from '../words/t.ts';
import { arrivedAt } from './arrival.tsx';

/** The window's name: first what is shown, so that tabs can be told apart; said where one has come from another page. */
export function PageTitle({ says }: { says: string }) {
  useEffect(() => arrivedAt(says), [says]);
  return <title>{says ? t('app.page', { page: says }) : t('app.name')}</title>;
}
