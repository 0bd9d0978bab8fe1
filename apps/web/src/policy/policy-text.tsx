import { useRef } from 'react';
import type { PolicyDocument } from '../generated/types.gen.ts';
import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';
import { markdownOf, printText, saveMarkdown } from './hand-out.ts';
import { Markdown } from './markdown.tsx';

type Given = { text: PolicyDocument; lang: string; canHandOut: boolean };

/** One text as it reads, and the ways to hand it out. */
export function PolicyText({ text, lang, canHandOut }: Given) {
  const shown = useRef<HTMLDivElement>(null);
  const copy = async () => {
    await navigator.clipboard.writeText(markdownOf(text));
    toast(t('text.copied'));
  };
  return (
    <article className="sheet policy-text" aria-label={text.title}>
      <header className="policy-text-head">
        <h2 lang={lang}>{text.title}</h2>
        <span className="small quiet">{t(text.forClients ? 'policy.forClients' : 'policy.forUs')}</span>
      </header>
      <div ref={shown} className="policy-words" lang={lang}>
        <Markdown text={text.text} />
      </div>
      {canHandOut && (
        <footer className="row">
          <button
            type="button"
            className="action"
            onClick={() => shown.current && printText(shown.current, text.title, lang)}
          >
            {t('policy.print')}
          </button>
          <button type="button" className="action" onClick={() => saveMarkdown(text)}>
            {t('policy.save')}
          </button>
          <button type="button" className="action" onClick={() => void copy()}>
            {t('text.copy')}
          </button>
        </footer>
      )}
    </article>
  );
}
