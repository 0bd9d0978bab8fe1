import { useCallback, useDeferredValue } from 'react';
import { type Language, useLearnt } from '../language/engine.ts';
import { FindingList } from '../language/finding-list.tsx';
import { RecordList } from '../language/record-list.tsx';
import { forReader, useAgainstRecord } from '../language/use-draft-check.ts';
import { t } from '../words/t.ts';

/**
 * What to look at in our own words before they leave; nothing of them is kept for it.
 *
 * @param partyId whose record they are held against; without it only the words are looked at
 */
export function DraftCheck({ text, partyId }: { text: string; partyId?: string }) {
  const later = useDeferredValue(text);
  const check = useCallback(({ read, engine }: Language) => read.checkDraft(engine, later, {}), [later]);
  const { language, seen: found, isRulesOnly } = useLearnt(check);
  const beside = useAgainstRecord(text, partyId);
  const { against, is: compared } = beside;
  if (!language || !found) return null;
  const warnings = forReader(found.findings, beside).filter(({ level }) => level !== 'note');
  return (
    <div>
      <p className="small quiet" role="status">
        {warnings.length === 0 ? t('reply.nothing') : t('letter.look', { count: warnings.length })}
      </p>
      {compared === 'failed' && <p className="small quiet">{t('reply.notCompared')}</p>}
      {partyId !== undefined && against.length > 0 && <RecordList partyId={partyId} findings={against} />}
      {isRulesOnly && <p className="small quiet">{t('answer.rulesOnly')}</p>}
      {warnings.length > 0 && (
        <FindingList
          findings={warnings}
          help={({ advice, instead }) => {
            const words = instead?.[0] ?? (advice ? language.phrase(found.lang, advice) : null);
            return words ? <span className="small">{words}</span> : null;
          }}
        />
      )}
    </div>
  );
}
