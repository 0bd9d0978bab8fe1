import { Act, DecidersOnly, wordsOf } from '../casefile/act.tsx';
import { logWarning, removeWarning } from '../generated/sdk.gen.ts';
import { nowIso } from '../words/clock.ts';
import { t } from '../words/t.ts';
import type { Warning } from './screening.queries.ts';

const LINES = ['told', 'objected', 'answered', 'rectified'] as const;

/** What is done about an entry: said to them, objected to, answered, put right; and taken off when it has run out. */
export function WarningActs({ warning }: { warning: Warning }) {
  const path = { id: warning.id };
  if (warning.expiresAt <= nowIso())
    return (
      <DecidersOnly>
        <Act says={t('warning.remove')} run={() => removeWarning({ path })}>
          <p className="small">{t('warning.removeNote')}</p>
        </Act>
      </DecidersOnly>
    );
  const hasObjection = warning.log.some(({ kind }) => kind === 'objected');
  return (
    <div className="acts">
      {LINES.filter((line) => line !== 'answered' || hasObjection).map((line) => (
        <Act
          key={line}
          says={t(`warning.do-${line}`)}
          run={(fields) =>
            logWarning({
              path,
              body: { line, says: wordsOf(fields, 'says'), ends: fields.get('ends') === 'on' },
            })
          }
        >
          <label className="field">
            {t('warning.says')}
            <textarea name="says" rows={2} required />
          </label>
          {line === 'answered' && (
            <label className="check">
              <input type="checkbox" name="ends" />
              {t('warning.ends')}
            </label>
          )}
        </Act>
      ))}
    </div>
  );
}
