import { toast } from '../shell/toasts.tsx';
import { size } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { type MadeBundle, saveFile } from './bundle.queries.ts';
import { VerifierLink } from './verifier-link.tsx';

/** What came out, and how anyone can check it without us. */
export function BundleMade({ made }: { made: MadeBundle }) {
  const { file, fileName, key } = made;
  const copyKey = async () => {
    await navigator.clipboard.writeText(key);
    toast(t('bundle.keyCopied'));
  };
  return (
    <section className="sheet bundle-made stack" aria-labelledby="bundle-made">
      <h2 id="bundle-made" ref={shown} tabIndex={-1}>
        {t('bundle.made', { name: fileName, size: size(file.size) })}
      </h2>
      <p>
        <button type="button" className="link-button" onClick={() => saveFile(file, fileName)}>
          {t('bundle.again')}
        </button>
      </p>
      <h2>{t('bundle.check')}</h2>
      <p>{t('bundle.checkHow')}</p>
      <pre className="mono bundle-command">{t('bundle.command', { name: fileName, key })}</pre>
      <VerifierLink />
      <h2>{t('bundle.key')}</h2>
      <p>{t('bundle.keyWhy')}</p>
      <code className="mono bundle-key">{key}</code>
      <p>
        <button type="button" className="link-button" onClick={() => void copyKey()}>
          {t('bundle.copyKey')}
        </button>
      </p>
    </section>
  );
}

/** It is read from its beginning, and comes below everything that was chosen. */
function shown(title: HTMLElement | null): void {
  title?.focus({ preventScroll: true });
  title?.scrollIntoView({ block: 'start' });
}
