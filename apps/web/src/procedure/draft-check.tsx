import { useCallback, useDeferredValue } from 'react';
import { type Language, useLearnt } from '../language/engine.ts';
import { FindingList } from '../language/finding-list.tsx';
import { t } from '../words/t.ts';

/** What to look at in our own words before they leave; nothing of them is kept for it. */
export function DraftCheck({ text }: { text: string }) {
  const later = useDeferredValue(text);
  const check = useCallback(({ read, engine }: Language) => read.checkDraft(engine, later, {}), [later]);
  const { language, seen: found, isRulesOnly } = useLearnt(check);
  if (!language || !found) return null;
  const warnings = found.findings.filter(({ level }) => level !== 'note');
  return (
    <div>
      <p className="small quiet" role="status">
        {warnings.length === 0 ? t('reply.nothing') : t('letter.look', { count: warnings.length })}
      </p>
      {isRulesOnly && <p className="small quiet">{t('answer.rulesOnly')}</p>}
      {warnings.length > 0 && (
        <FindingList
          findings={warnings}
          help={({ advice }) => {
            const words = advice ? language.phrase(found.lang, advice) : null;
            return words ? <span className="small">{words}</span> : null;
          }}
        />
      )}
    </div>
  );
}
