import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session/session.queries.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { BringFiles } from './bring-files.tsx';
import { Correspondents } from './correspondents.tsx';
import { survey } from './import.queries.ts';
import { ParcelList } from './parcel-list.tsx';
import { ReadAnewSection } from './read-anew-section.tsx';
import { forgetParcels, parcels } from './uploads.ts';
import './import.css';

/** Bring a client: files, then whose they are, then the run. Nothing is kept before the choice. */
export function ImportPage() {
  const brought = parcels.use();
  const me = useSession().data?.member?.name ?? '';
  const arrived = brought.flatMap(({ upload }) => (upload ? [upload.id] : []));
  const isSending = brought.some(({ upload, error }) => !upload && !error);
  const [looked, setLooked] = useState<readonly string[]>([]);
  const looking = useMutation({ mutationFn: survey, onSuccess: (_found, uploads) => setLooked(uploads) });
  const startOver = () => {
    forgetParcels();
    looking.reset();
    setLooked([]);
  };
  const isLooked = looking.data !== undefined && looked.length === arrived.length;
  return (
    <div className="page import">
      <PageTitle says={t('import.title')} />
      <header className="page-head">
        <h1>{t('import.title')}</h1>
        {brought.length > 0 && (
          <button type="button" className="link-button small" onClick={startOver}>
            {t('import.startOver')}
          </button>
        )}
      </header>
      <p className="unseen" role="status">
        {arrived.length > 0 && !isSending && t('import.taken', { count: arrived.length })}
      </p>
      {!isLooked && (
        <div className="stack">
          <BringFiles isFirst={brought.length === 0} />
          {brought.length > 0 && <ParcelList parcels={brought} />}
          {looking.error && (
            <p className="notice" role="alert">
              {problemWords(looking.error)}
            </p>
          )}
          {brought.length > 0 && (
            <div className="row">
              <Button
                disabled={isSending || arrived.length === 0}
                loading={looking.isPending}
                onClick={() => looking.mutate(arrived)}
              >
                {t('import.look')}
              </Button>
              <span className="quiet small">{isSending ? t('import.sending') : t('import.lookWhy')}</span>
            </div>
          )}
        </div>
      )}
      {brought.length === 0 && <ReadAnewSection />}
      {isLooked && <Correspondents key={looked.join()} survey={looking.data} uploads={[...looked]} me={me} />}
    </div>
  );
}
