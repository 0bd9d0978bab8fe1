import { useDeferredValue, useMemo } from 'react';
import { useLanguage } from '../language/engine.ts';
import { FindingList } from '../language/finding-list.tsx';
import { t } from '../words/t.ts';

/** What reads as judgement in a note that should say what was seen and heard. Says so, and keeps nobody from saving. */
export function NeutralCheck({ text }: { text: string }) {
  const settled = useDeferredValue(text);
  const language = useLanguage();
  const read = useMemo(
    () => (language && settled.trim() !== '' ? language.read.checkNote(language.engine, settled) : null),
    [language, settled],
  );
  if (!read || read.findings.length === 0) return null;
  return (
    <section className="sheet by-hand-neutral" role="status" aria-label={t('byhand.neutral')}>
      <p className="answer-head small">{t('byhand.neutral')}</p>
      <FindingList
        findings={read.findings}
        help={({ advice }) => {
          const words = advice ? language?.phrase(read.lang, advice) : null;
          return words ? <span className="small">{words}</span> : null;
        }}
      />
    </section>
  );
}
