import { t } from '../words/t.ts';

/** The window's name: first what is shown, so that tabs can be told apart. */
export function PageTitle({ says }: { says: string }) {
  return <title>{says ? t('app.page', { page: says }) : t('app.name')}</title>;
}
