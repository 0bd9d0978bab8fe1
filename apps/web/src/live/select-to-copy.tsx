import { useEffect, useRef } from 'react';
import { t } from '../words/t.ts';

type Words = { words: string; lang: string; isCopied: boolean };

/** Words to paste into the chat: copied already, or marked so that one key or one tap copies them. */
export function SelectToCopy({ words, lang, isCopied }: Words) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isCopied) return;
    field.current?.focus();
    field.current?.select();
  }, [isCopied]);
  return (
    <label className="live-field">
      <span role="status">{t(isCopied ? 'live.copied' : 'live.selectToCopy')}</span>
      <textarea
        ref={field}
        rows={3}
        readOnly
        lang={lang}
        value={words}
        onFocus={(event) => event.currentTarget.select()}
      />
    </label>
  );
}
