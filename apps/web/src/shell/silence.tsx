import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getSession } from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';
import { connection } from './connection.ts';

const ASK_AGAIN_MS = 2000;

/** Said while the program does not answer; it asks again by itself and goes on when there is an answer. */
export function Silence() {
  const state = connection.use();
  const queries = useQueryClient();
  useEffect(() => {
    if (state === 'there') return;
    const asking = setInterval(async () => {
      const answered = await getSession().then(
        () => true,
        () => connection.get() === 'there',
      );
      if (answered) await queries.invalidateQueries();
    }, ASK_AGAIN_MS);
    return () => clearInterval(asking);
  }, [state, queries]);
  if (state === 'there') return null;
  return (
    <div className="silence" role="alert">
      <strong>{t('silence.title')}</strong> {t('silence.kept')} <code>{t('silence.command')}</code>{' '}
      {t('silence.self')}
    </div>
  );
}
