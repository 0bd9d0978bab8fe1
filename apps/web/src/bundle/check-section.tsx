import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { checkFile } from './checking.ts';
import { type BundleMadeLine, bundleOf, ownKey } from './made.queries.ts';
import { Verdicts } from './verdicts.tsx';
import { VerifierLink } from './verifier-link.tsx';

/** Whether a file is still what was handed out; it is looked at here and goes nowhere. */
export function CheckSection() {
  const [share, setShare] = useState(0);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const checking = useMutation({
    mutationFn: async (file: File) => {
      stop.current = new AbortController();
      setShare(0);
      const found = await checkFile({ file, logKey: await ownKey() }, stop.current.signal, setShare);
      const hash = found.kind === 'done' ? found.manifestSha256 : null;
      return { found, name: file.name, made: hash === null ? null : await bundleOf(hash) };
    },
  });
  const { data, isPending, error } = checking;
  return (
    <section className="section stack" aria-labelledby="bundles-check">
      <h2 id="bundles-check">{t('bundles.check')}</h2>
      <p className="small quiet">{t('bundles.checkWhat')}</p>
      <p>
        <input
          type="file"
          accept=".zip,application/zip"
          aria-labelledby="bundles-check"
          {...staying(isPending)}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            currentTarget.value = '';
            if (file) checking.mutate(file);
          }}
        />
      </p>
      {isPending && (
        <p className="row" role="status">
          <progress value={share} aria-label={t('bundles.checking')} /> {t('bundles.checking')}
          <button type="button" className="link-button" onClick={() => stop.current.abort()}>
            {t('bundle.cancel')}
          </button>
        </p>
      )}
      {error && !stop.current.signal.aborted && (
        <p className="notice" role="alert">
          {problemWords(error)}
        </p>
      )}
      {data && (
        <div className="sheet bundles-verdict" role="status">
          <p>
            <strong>{data.name}</strong>
          </p>
          {data.found.kind === 'refused' ? (
            <p>{t('bundles.notABundle')}</p>
          ) : (
            <>
              <Which made={data.made} />
              <Verdicts report={data.found.report} />
            </>
          )}
        </div>
      )}
      <VerifierLink />
    </section>
  );
}

/** What the ledger knows of the file. */
function Which({ made }: { made: BundleMadeLine | null }) {
  if (!made) return <p>{t('bundles.notOurs')}</p>;
  const { partyId, partyName, at } = made;
  return (
    <p>
      {t('bundles.isOurs', { date: dateOf(at) })}{' '}
      <Link to="/clients/$partyId" params={{ partyId }}>
        {partyName}
      </Link>
    </p>
  );
}
