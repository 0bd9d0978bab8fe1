import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';

/** A text that is handed over as it stands, with the button that copies it. */
export function CopyText({ text, lang }: { text: string; lang: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast(t('text.copied'));
  };
  return (
    <div className="stack">
      <pre className="terms-text" lang={lang}>
        {text}
      </pre>
      <button type="button" className="action copy-text" onClick={() => void copy()}>
        {t('text.copy')}
      </button>
    </div>
  );
}
