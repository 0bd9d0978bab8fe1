import { t } from '../words/t.ts';

/** The page that checks a bundle, to be saved and handed over apart from it. */
export function VerifierLink() {
  return (
    <p>
      {t('bundle.verifierWhy')}{' '}
      <a href="/api/bundles/verifier" download="verify.html">
        {t('bundle.verifier')}
      </a>
    </p>
  );
}
